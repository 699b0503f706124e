package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

func TestSearchAndNeighbours(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	importRelease(t, db, release())
	c := concepts(db)
	for _, q := range []struct {
		name  string
		query taxonomy.Query
		want  string // the first, "" for none
	}{
		{"without accent or case", taxonomy.Query{Words: "MACON", Lang: "fr"}, masonURI},
		{"by another word", taxonomy.Query{Words: "briqueteur"}, masonURI},
		{"by the start of the last word", taxonomy.Query{Words: "poser des bri"}, bricksURI},
		{"by a word inside", taxonomy.Query{Words: "briques"}, bricksURI},
		{"of one kind only", taxonomy.Query{Words: "briqueteur", Kind: taxonomy.Skill}, bricksURI},
		{"nothing like it", taxonomy.Query{Words: "astronaute"}, ""},
	} {
		matches, err := c.Search(ctx, domain.Anonymous(), q.query)
		got := ""
		if len(matches) > 0 {
			got = matches[0].Concept.URI
		}
		if err != nil || got != q.want {
			t.Errorf("%s: %v %v, want %v", q.name, got, err, q.want)
		}
	}
	for name, q := range map[string]taxonomy.Query{
		"no words": {Words: " ?! "}, "an unknown kind": {Words: "x", Kind: "place"}, "too many words": {Words: strings.Repeat("mot ", 100)},
	} {
		if _, err := c.Search(ctx, domain.Anonymous(), q); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
	around, err := c.Related(ctx, domain.Anonymous(), idByURI(t, db, masonURI))
	if err != nil || len(around) != 2 || around[0].Concept.URI != bricksURI || around[0].Kind != taxonomy.Essential || around[0].Inward ||
		around[1].Concept.URI != tilerURI || around[1].Kind != taxonomy.Broader || !around[1].Inward {
		t.Errorf("neighbours of the mason: %+v %v", around, err)
	}
	if _, err := c.Related(ctx, domain.Anonymous(), uuids().New()); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("an unknown concept: %v, want NotFound", err)
	}
	seen := 0
	err = db.View(ctx, domain.System(), func(tx domain.Tx) error {
		return db.Taxonomy().EachLabel(ctx, tx, func(taxonomy.Concept, taxonomy.Label) error { seen++; return nil })
	})
	if err != nil || seen != 4 {
		t.Errorf("a linker is shown %d labels, want 4: %v", seen, err)
	}
}
