package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// The three readings below ask also about nothing: a list costs as many queries whoever is on it.

// essentialSkills gives what the taxonomy calls essential to each of some occupations.
func essentialSkills(g *gorm.DB, occupations []domain.ID) (map[domain.ID][]domain.ID, error) {
	out := make(map[domain.ID][]domain.ID, len(occupations))
	var id, skill string
	err := eachRow(g, `SELECT r.from_id::text, r.to_id::text FROM concept_relations r
		WHERE r.from_id = ANY(?::uuid[]) AND r.kind = 'essential' ORDER BY r.from_id, r.to_id`, []any{idArray(occupations)}, []any{&id, &skill}, func() {
		out[domain.ID(id)] = append(out[domain.ID(id)], domain.ID(skill))
	})
	return out, fault("store.Search.essentialSkills", err)
}

// occupationsThatNeed counts, for each of some skills, the occupations to which the taxonomy calls it essential or optional.
func occupationsThatNeed(g *gorm.DB, skills conceptSet) (map[domain.ID]int, error) {
	out := make(map[domain.ID]int, len(skills))
	var rows []struct {
		ID string
		N  int
	}
	err := g.Raw(`SELECT r.to_id::text AS id, count(*) AS n FROM concept_relations r JOIN concepts k ON k.id = r.from_id AND k.kind = 'occupation'
		WHERE r.to_id = ANY(?::uuid[]) AND r.kind IN ('essential', 'optional') GROUP BY r.to_id`, skills.array()).Scan(&rows).Error
	for _, r := range rows {
		out[domain.ID(r.ID)] = r.N
	}
	return out, fault("store.Search.occupationsThatNeed", err)
}

// Prospects gives every occupation to which one of the skills is essential, with how many of its essential skills are among them.
func (Search) Prospects(ctx context.Context, t domain.Tx, skills []domain.ID) ([]matching.Prospect, error) {
	if len(skills) == 0 {
		return nil, nil
	}
	var rows []struct {
		ID      string
		Has, Of int
	}
	err := on(ctx, t).Raw(`WITH near AS (SELECT r.from_id AS id, count(*) AS has FROM concept_relations r
			JOIN concepts k ON k.id = r.from_id AND k.kind = 'occupation' AND k.status = 'active'
			WHERE r.to_id = ANY(?::uuid[]) AND r.kind = 'essential' GROUP BY r.from_id)
		SELECT near.id::text AS id, near.has, count(*) AS of FROM near JOIN concept_relations r ON r.from_id = near.id AND r.kind = 'essential'
		GROUP BY near.id, near.has ORDER BY near.id`, idArray(skills)).Scan(&rows).Error
	out := make([]matching.Prospect, len(rows))
	for i, r := range rows {
		out[i] = matching.Prospect{Occupation: domain.ID(r.ID), Has: r.Has, Of: r.Of}
	}
	return out, fault("store.Search.Prospects", err)
}

// readNeighbours adds the occupations that the taxonomy relates to a
// vacancy's, in either direction. To a vacancy that names no skill it adds those
// that share most of the occupation's: where skills are named, they count by
// themselves.
func readNeighbours(g *gorm.DB, at map[domain.ID]*matching.VacancyRecord) error {
	occupations, bare := conceptSet{}, conceptSet{}
	for _, v := range at {
		id := occupations.add(string(v.Opening.Occupation))
		if len(v.Opening.Skills) == 0 {
			bare.add(string(id))
		}
	}
	if len(occupations) == 0 {
		return nil
	}
	var rows []struct{ ID, Neighbour string }
	err := g.Raw(`SELECT r.from_id::text AS id, r.to_id::text AS neighbour FROM concept_relations r JOIN concepts k ON k.id = r.to_id
			WHERE r.from_id = ANY(?::uuid[]) AND r.kind = 'related' AND k.kind = 'occupation'
		UNION SELECT r.to_id::text, r.from_id::text FROM concept_relations r JOIN concepts k ON k.id = r.from_id
			WHERE r.to_id = ANY(?::uuid[]) AND r.kind = 'related' AND k.kind = 'occupation'
		ORDER BY 1, 2`, occupations.array(), occupations.array()).Scan(&rows).Error
	near := map[domain.ID][]domain.ID{}
	for _, r := range rows {
		near[domain.ID(r.ID)] = append(near[domain.ID(r.ID)], domain.ID(r.Neighbour))
	}
	if err != nil {
		return fault("store.Search.readNeighbours", err)
	}
	sharing, err := sharingSkills(g, bare)
	for _, v := range at {
		v.Opening.Neighbours = near[v.Opening.Occupation]
		if len(v.Opening.Skills) == 0 {
			v.Opening.Neighbours = withOthers(v.Opening.Neighbours, sharing[v.Opening.Occupation])
		}
	}
	return err
}

// mostSharing bounds the neighbours found by skills: each is a few terms of a query.
const mostSharing = 12

// sharingSkills gives the occupations to which at least half of the essential skills of another are essential too, the nearest first.
func sharingSkills(g *gorm.DB, occupations conceptSet) (map[domain.ID][]domain.ID, error) {
	out := map[domain.ID][]domain.ID{}
	var rows []struct{ ID, Neighbour string }
	err := g.Raw(`SELECT a.from_id::text AS id, b.from_id::text AS neighbour FROM concept_relations a
			JOIN concept_relations b ON b.to_id = a.to_id AND b.kind = 'essential' AND b.from_id <> a.from_id
			JOIN concepts k ON k.id = b.from_id AND k.kind = 'occupation' AND k.status = 'active'
		WHERE a.from_id = ANY(?::uuid[]) AND a.kind = 'essential' GROUP BY a.from_id, b.from_id
		HAVING 2 * count(*) >= (SELECT count(*) FROM concept_relations r WHERE r.from_id = a.from_id AND r.kind = 'essential')
		ORDER BY a.from_id, count(*) DESC, b.from_id`, occupations.array()).Scan(&rows).Error
	for _, r := range rows {
		if list := out[domain.ID(r.ID)]; len(list) < mostSharing {
			out[domain.ID(r.ID)] = append(list, domain.ID(r.Neighbour))
		}
	}
	return out, fault("store.Search.sharingSkills", err)
}

func withOthers(list, others []domain.ID) []domain.ID {
	out := slices.Clone(list)
	for _, id := range others {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
