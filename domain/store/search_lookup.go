package store

import (
	"maps"
	"slices"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

// conceptSet gathers the concepts that records mention, so that their labels
// are read in one query.
type conceptSet map[domain.ID]bool

// add notes a concept, "" for none, and gives it back.
func (s conceptSet) add(id string) domain.ID {
	if id != "" {
		s[domain.ID(id)] = true
	}
	return domain.ID(id)
}

func (s conceptSet) list() []domain.ID { return slices.Sorted(maps.Keys(s)) }

func (s conceptSet) array() textArray { return idArray(s.list()) }

// labelsOf gives the preferred labels of concepts in every language.
func labelsOf(g *gorm.DB, concepts []domain.ID) (map[domain.ID][]string, error) {
	if len(concepts) == 0 {
		return nil, nil
	}
	out := make(map[domain.ID][]string, len(concepts))
	var concept, label string
	err := eachRow(g, `SELECT concept_id::text, label FROM concept_labels
		WHERE concept_id = ANY(?::uuid[]) AND preferred ORDER BY concept_id, lang`, []any{idArray(concepts)}, []any{&concept, &label}, func() {
		out[domain.ID(concept)] = append(out[domain.ID(concept)], label)
	})
	return out, fault("store.Search.labels", err)
}

// placeChain is a place with all that contain it, nearest first.
type placeChain struct {
	codes, names []string
	region       string
}

// containing gives the chains of places by code.
func containing(g *gorm.DB, codes []string) (map[string]placeChain, error) {
	codes = slices.Compact(slices.Sorted(slices.Values(codes)))
	var rows []struct{ Start, Code, Kind, Name string }
	err := g.Raw(`WITH RECURSIVE up AS (
			SELECT code AS start, code, kind, parent_code, 0 AS depth FROM places WHERE code = ANY(?::text[])
			UNION ALL SELECT up.start, p.code, p.kind, p.parent_code, up.depth + 1 FROM up JOIN places p ON p.code = up.parent_code
				WHERE up.depth < 10)
		SELECT up.start, up.code, up.kind, coalesce(n.name, '') AS name FROM up LEFT JOIN place_names n ON n.place_code = up.code
		ORDER BY up.start, up.depth, n.lang`, textArray(codes)).Scan(&rows).Error
	if err != nil {
		return nil, fault("store.Search.containing", err)
	}
	out := map[string]placeChain{}
	for _, r := range rows {
		c := out[r.Start]
		if !slices.Contains(c.codes, r.Code) {
			c.codes = append(c.codes, r.Code)
		}
		if r.Name != "" && r.Kind != "country" && !slices.Contains(c.names, r.Name) {
			c.names = append(c.names, r.Name)
		}
		// A capital district stands beside the regions and is one to its people.
		if c.region == "" && (r.Kind == "region" || r.Kind == "district") {
			c.region = r.Code
		}
		out[r.Start] = c
	}
	return out, nil
}
