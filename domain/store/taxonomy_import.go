package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// Known implements taxonomy.ImportStore.
func (Taxonomy) Known(ctx context.Context, t domain.Tx) ([]taxonomy.Known, error) {
	const op = "store.Taxonomy.Known"
	var rows []conceptRow
	if err := on(ctx, t).Order("id").Find(&rows).Error; err != nil {
		return nil, fault(op, err)
	}
	var titles []labelRow
	if err := on(ctx, t).Select("concept_id, lang, folded").Where("preferred").Order("concept_id, lang").Find(&titles).Error; err != nil {
		return nil, fault(op, err)
	}
	out := make([]taxonomy.Known, len(rows))
	at := make(map[string]int, len(rows))
	for i, r := range rows {
		out[i].Concept, at[r.ID] = r.toDomain(nil), i
	}
	for _, l := range titles {
		k := &out[at[l.ConceptID]]
		k.Titles = append(k.Titles, l.Lang+":"+l.Folded)
	}
	return out, nil
}

// SaveConcepts implements taxonomy.ImportStore. New successors are stored
// before what they replace: one statement holds all.
func (Taxonomy) SaveConcepts(ctx context.Context, t domain.Tx, concepts []taxonomy.Concept, version domain.ID) error {
	if len(concepts) == 0 {
		return nil
	}
	var id, kind, uri, starter, isco, skillKind, status, replacedBy textArray
	for _, c := range concepts {
		id, kind, uri, starter = append(id, string(c.ID)), append(kind, string(c.Kind)), append(uri, c.URI), append(starter, c.StarterID)
		isco, skillKind = append(isco, c.ISCO), append(skillKind, c.SkillKind)
		status, replacedBy = append(status, string(c.Status)), append(replacedBy, string(c.ReplacedBy))
	}
	return fault("store.Taxonomy.SaveConcepts", on(ctx, t).Exec(`
		INSERT INTO concepts (id, kind, uri, starter_id, isco, skill_kind, status, replaced_by, version_id)
		SELECT i, k, u, nullif(b, ''), nullif(o, ''), nullif(s, ''), a, nullif(r, '')::uuid, ?::uuid
		FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS n(i, k, u, b, o, s, a, r)
		ON CONFLICT (id) DO UPDATE SET uri = excluded.uri, starter_id = excluded.starter_id, isco = excluded.isco, skill_kind = excluded.skill_kind,
			status = excluded.status, replaced_by = excluded.replaced_by, version_id = excluded.version_id`,
		string(version), id, kind, uri, starter, isco, skillKind, status, replacedBy).Error)
}

// ChangeLabels implements taxonomy.ImportStore. A label that stops being
// preferred is written before the one that takes its place.
func (Taxonomy) ChangeLabels(ctx context.Context, t domain.Tx, remove, save []taxonomy.ConceptLabel) error {
	const op = "store.Taxonomy.ChangeLabels"
	if len(remove) > 0 {
		var id, lang, label textArray
		for _, l := range remove {
			id, lang, label = append(id, string(l.ConceptID)), append(lang, l.Lang), append(label, l.Text)
		}
		err := on(ctx, t).Exec(`DELETE FROM concept_labels l USING unnest(?::uuid[], ?::text[], ?::text[]) AS n(i, g, w)
			WHERE l.concept_id = n.i AND l.lang = n.g AND l.label = n.w`, id, lang, label).Error
		if err != nil {
			return fault(op, err)
		}
	}
	for _, preferred := range []bool{false, true} {
		var id, lang, label, folded, source textArray
		var reviewed boolArray
		for _, l := range save {
			if l.Preferred != preferred {
				continue
			}
			id, lang, label = append(id, string(l.ConceptID)), append(lang, l.Lang), append(label, l.Text)
			folded, source, reviewed = append(folded, text.Fold(l.Text)), append(source, string(l.Source)), append(reviewed, l.Reviewed)
		}
		if len(id) == 0 {
			continue
		}
		err := on(ctx, t).Exec(`INSERT INTO concept_labels (concept_id, lang, label, folded, preferred, reviewed, source)
			SELECT i, g, w, f, ?, v, s FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[]) AS n(i, g, w, f, v, s)
			ON CONFLICT (concept_id, lang, label) DO UPDATE SET folded = excluded.folded, preferred = excluded.preferred,
				reviewed = excluded.reviewed, source = excluded.source`, preferred, id, lang, label, folded, reviewed, source).Error
		if err != nil {
			return fault(op, err)
		}
	}
	return nil
}

// AllRelations implements taxonomy.ImportStore.
func (Taxonomy) AllRelations(ctx context.Context, t domain.Tx) ([]taxonomy.Relation, error) {
	return relations(ctx, t, `SELECT from_id, to_id, kind, source FROM concept_relations`)
}

// ChangeRelations implements taxonomy.ImportStore.
func (Taxonomy) ChangeRelations(ctx context.Context, t domain.Tx, remove, save []taxonomy.Relation) error {
	const op = "store.Taxonomy.ChangeRelations"
	if len(remove) > 0 {
		from, to, kind, _ := relationArrays(remove)
		err := on(ctx, t).Exec(`DELETE FROM concept_relations r USING unnest(?::uuid[], ?::uuid[], ?::text[]) AS n(f, t, k)
			WHERE r.from_id = n.f AND r.to_id = n.t AND r.kind = n.k`, from, to, kind).Error
		if err != nil {
			return fault(op, err)
		}
	}
	if len(save) == 0 {
		return nil
	}
	from, to, kind, source := relationArrays(save)
	return fault(op, on(ctx, t).Exec(`INSERT INTO concept_relations (from_id, to_id, kind, source)
		SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[])
		ON CONFLICT (from_id, to_id, kind) DO UPDATE SET source = excluded.source`, from, to, kind, source).Error)
}

func relationArrays(relations []taxonomy.Relation) (from, to, kind, source textArray) {
	for _, r := range relations {
		from, to = append(from, string(r.From)), append(to, string(r.To))
		kind, source = append(kind, string(r.Kind)), append(source, string(r.Source))
	}
	return from, to, kind, source
}

// OutdateIndex implements taxonomy.ImportStore. The note says which transaction it is and of which database: in one that was put back, the numbers
// of transactions mean others.
func (Taxonomy) OutdateIndex(ctx context.Context, t domain.Tx, whole bool) error {
	patience := cutOffAfter
	if whole {
		patience = 0
	}
	return fault("store.Taxonomy.OutdateIndex", on(ctx, t).Exec(`INSERT INTO installation (key, value)
		SELECT ?, jsonb_build_object('xid', pg_current_xact_id()::text, 'epoch', epoch, 'due', clock_timestamp() + make_interval(secs => ?)) FROM database_epoch
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, outdatedFact, patience.Seconds()).Error)
}

// SaveVersion implements taxonomy.ImportStore.
func (Taxonomy) SaveVersion(ctx context.Context, t domain.Tx, v taxonomy.Version) (domain.ID, error) {
	var id string
	err := on(ctx, t).Raw(`INSERT INTO taxonomy_versions (id, scheme, version, source, checksum, imported_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (scheme, version) DO UPDATE SET source = excluded.source, checksum = excluded.checksum, imported_at = excluded.imported_at
		RETURNING id`, string(v.ID), v.Scheme, v.Version, v.Source, v.Checksum, v.ImportedAt).Scan(&id).Error
	return domain.ID(id), fault("store.Taxonomy.SaveVersion", err)
}
