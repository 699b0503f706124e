package feed_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/feed"
)

const (
	masonURI  = "http://data.europa.eu/esco/occupation/a"
	bricksURI = "http://data.europa.eu/esco/skill/b"
)

// edition is a small release of ESCO: a mason of that name, who must be able to lay bricks, or need not.
func edition(version, mason string, bricks bool) taxonomy.Release {
	named := func(words string) []taxonomy.Label {
		return []taxonomy.Label{{Lang: "fr", Text: words, Preferred: true}}
	}
	r := taxonomy.Release{
		Scheme: taxonomy.SchemeESCO, Version: version, Checksum: version,
		Languages:     map[taxonomy.Kind][]string{taxonomy.Occupation: {"fr"}, taxonomy.Skill: {"fr"}},
		CompleteLinks: map[taxonomy.LinkClass]bool{{From: taxonomy.Occupation, To: taxonomy.Skill}: true},
		Concepts: []taxonomy.Draft{
			{URI: masonURI, Kind: taxonomy.Occupation, ISCO: "7112", Labels: named(mason)},
			{URI: bricksURI, Kind: taxonomy.Skill, SkillKind: taxonomy.SkillAbility, Labels: named("poser des briques")},
		},
	}
	if bricks {
		r.Relations = []taxonomy.DraftRelation{{From: masonURI, To: bricksURI, Kind: taxonomy.Essential}}
	}
	return r
}

func (c country) imports(s taxonomy.ImportStore, r taxonomy.Release) (taxonomy.Report, error) {
	ids := domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) })
	return taxonomy.NewImporter(taxonomy.ImporterDeps{
		Tx: c.DB, Store: s, Policy: access.Default(), IDs: ids, Clock: domain.SystemClock(),
	}).Import(context.Background(), domain.System(), r, nil)
}

// aMason registers somebody who works as one, of an edition that asks for no bricks.
func (c country) aMason() {
	c.t.Helper()
	_, err := c.imports(c.Taxonomy(), edition("1", "maçon", false))
	c.must(err)
	c.register(c.db.SQL, 1)
	c.exec(c.db.SQL, `UPDATE experiences SET occupation_id = (SELECT id FROM concepts WHERE uri = $1), months = 60, ongoing = true`, masonURI)
}

// rebuilt waits for another generation than before and for it to say of the mason what the database says.
func (p *process) rebuilt(dir string, before []string) {
	p.t.Helper()
	p.until("rebuilt", func(s feed.Status) bool {
		g := generations(p.t, dir)
		return s.State == feed.Ready && len(g) == 1 && !slices.Equal(g, before)
	})
	p.agrees()
}

// differs fails unless the index says otherwise than the database: without that, a rebuild would prove nothing.
func (p *process) differs() {
	p.t.Helper()
	if diff := p.compare(); len(diff.Stale) == 0 {
		p.t.Fatalf("the import changed nothing that the index says: %+v", diff)
	}
}

func TestAnImportOfTheTaxonomyRebuildsTheIndexOfEachServer(t *testing.T) {
	c, here, there, away := aCountry(t), t.TempDir(), t.TempDir(), t.TempDir()
	c.aMason()
	first, second, third := c.start(here, c.Search()), c.start(there, c.Search()), c.start(away, c.Search())
	for _, p := range []*process{first, second, third} {
		p.await()
	}
	third.stop()
	one, other, stopped := generations(t, here), generations(t, there), generations(t, away)
	report, err := c.imports(c.Taxonomy(), edition("2", "maçon-carreleur", true))
	c.must(err)
	if report.LabelsSaved != 1 || report.LinksSaved != 1 {
		t.Fatalf("report: %+v", report)
	}
	first.rebuilt(here, one)
	second.rebuilt(there, other)
	c.start(away, c.Search()).rebuilt(away, stopped)

	// The same once more, and another edition that says the same, change nothing.
	one = generations(t, here)
	for _, version := range []string{"2", "3"} {
		if report, err := c.imports(c.Taxonomy(), edition(version, "maçon-carreleur", true)); err != nil || report.Changed() != 0 {
			t.Fatalf("again: %+v, %v", report, err)
		}
	}
	c.register(c.db.SQL, 2)
	first.await()
	if again := generations(t, here); !slices.Equal(again, one) || first.Status().State != feed.Ready {
		t.Errorf("generations %v, then %v, %+v: rebuilt for nothing", one, again, first.Status())
	}
}

// cutOff is a store at which an import ends before the relations, as when it is killed.
type cutOff struct{ store.Taxonomy }

var errCut = errors.New("cut off")

func (cutOff) AllRelations(context.Context, domain.Tx) ([]taxonomy.Relation, error) {
	return nil, errCut
}

// TestAnImportThatWasCutOffLeavesTheIndexMarked: what it had saved by then reaches the index although nobody goes on with it.
func TestAnImportThatWasCutOffLeavesTheIndexMarked(t *testing.T) {
	c, dir := aCountry(t), t.TempDir()
	c.aMason()
	p := c.start(dir, c.Search())
	p.await()
	before := generations(t, dir)
	if _, err := c.imports(cutOff{c.Taxonomy()}, edition("2", "maçon-carreleur", true)); !errors.Is(err, errCut) {
		t.Fatalf("it was not cut off: %v", err)
	}
	c.register(c.db.SQL, 2)
	p.await()
	p.differs() // it may still go on
	p.stop()
	// Half a minute passes.
	c.exec(c.db.SQL, `UPDATE installation SET value = jsonb_set(value::jsonb, '{due}', to_jsonb(now() - interval '1 second'))::text WHERE key = 'search.taxonomy'`)
	c.start(dir, c.Search()).rebuilt(dir, before)
}
