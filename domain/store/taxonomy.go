package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Taxonomy keeps concepts. It implements taxonomy.Store and
// taxonomy.ImportStore.
type Taxonomy struct{}

// Taxonomy gives the store of concepts.
func (d *DB) Taxonomy() Taxonomy { return Taxonomy{} }

// Concept implements taxonomy.Store.
func (s Taxonomy) Concept(ctx context.Context, t domain.Tx, id domain.ID) (taxonomy.Concept, error) {
	found, err := s.Concepts(ctx, t, []domain.ID{id})
	if err != nil {
		return taxonomy.Concept{}, err
	}
	c, ok := found[id]
	if !ok {
		return taxonomy.Concept{}, domain.NotFound("store.Taxonomy.Concept")
	}
	return c, nil
}

// Concepts implements taxonomy.Store.
func (s Taxonomy) Concepts(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]taxonomy.Concept, error) {
	var rows []conceptRow
	if err := on(ctx, t).Where("id = ANY(?::uuid[])", idArray(ids)).Find(&rows).Error; err != nil {
		return nil, fault("store.Taxonomy.Concepts", err)
	}
	labels, err := s.Labels(ctx, t, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[domain.ID]taxonomy.Concept, len(rows))
	for _, r := range rows {
		out[domain.ID(r.ID)] = r.toDomain(labels[domain.ID(r.ID)])
	}
	return out, nil
}

// Labels implements taxonomy.ImportStore.
func (Taxonomy) Labels(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID][]taxonomy.Label, error) {
	var rows []labelRow
	err := on(ctx, t).Where("concept_id = ANY(?::uuid[])", idArray(ids)).
		Order("concept_id, lang, preferred DESC, source DESC, label").Find(&rows).Error
	if err != nil {
		return nil, fault("store.Taxonomy.Labels", err)
	}
	out := make(map[domain.ID][]taxonomy.Label, len(ids))
	for _, r := range rows {
		id := domain.ID(r.ConceptID)
		out[id] = append(out[id], r.toDomain())
	}
	return out, nil
}

// ByURI implements taxonomy.Store.
func (Taxonomy) ByURI(ctx context.Context, t domain.Tx, uris []string) (map[string]domain.ID, error) {
	var rows []conceptRow
	err := on(ctx, t).Select("id, uri").Where("uri = ANY(?::text[])", textArray(uris)).Find(&rows).Error
	out := make(map[string]domain.ID, len(rows))
	for _, r := range rows {
		out[r.URI] = domain.ID(r.ID)
	}
	return out, fault("store.Taxonomy.ByURI", err)
}

// Relations implements taxonomy.Store.
func (Taxonomy) Relations(ctx context.Context, t domain.Tx, id domain.ID) ([]taxonomy.Relation, error) {
	return relations(ctx, t, `SELECT r.* FROM concept_relations r JOIN concepts c ON c.id = r.to_id WHERE r.from_id = ? AND c.status = 'active'
		UNION ALL SELECT r.* FROM concept_relations r JOIN concepts c ON c.id = r.from_id WHERE r.to_id = ? AND c.status = 'active'`,
		string(id), string(id))
}

func relations(ctx context.Context, t domain.Tx, query string, args ...any) ([]taxonomy.Relation, error) {
	var rows []relationRow
	if err := on(ctx, t).Raw(query, args...).Scan(&rows).Error; err != nil {
		return nil, fault("store.Taxonomy.relations", err)
	}
	out := make([]taxonomy.Relation, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}

// EachLabel implements taxonomy.Store.
func (Taxonomy) EachLabel(ctx context.Context, t domain.Tx, fn func(taxonomy.Concept, taxonomy.Label) error) error {
	const op = "store.Taxonomy.EachLabel"
	rows, err := on(ctx, t).Raw(`SELECT c.id, c.kind, c.uri, c.starter_id, c.isco, c.skill_kind, c.status, l.lang, l.label, l.preferred, l.reviewed, l.source
		FROM concepts c JOIN concept_labels l ON l.concept_id = c.id WHERE c.status = 'active'
		ORDER BY c.id, l.lang, l.preferred DESC, l.label`).Rows()
	if err != nil {
		return fault(op, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c conceptRow
		var l labelRow
		if err := rows.Scan(&c.ID, &c.Kind, &c.URI, &c.StarterID, &c.ISCO, &c.SkillKind, &c.Status,
			&l.Lang, &l.Label, &l.Preferred, &l.Reviewed, &l.Source); err != nil {
			return fault(op, err)
		}
		if err := fn(c.toDomain(nil), l.toDomain()); err != nil {
			return err
		}
	}
	return fault(op, rows.Err())
}

// Versions implements taxonomy.Store.
func (Taxonomy) Versions(ctx context.Context, t domain.Tx) ([]taxonomy.Version, error) {
	var rows []versionRow
	if err := on(ctx, t).Order("imported_at DESC, id DESC").Find(&rows).Error; err != nil {
		return nil, fault("store.Taxonomy.Versions", err)
	}
	out := make([]taxonomy.Version, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, nil
}
