package wire_test

import (
	"context"
	"testing"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// TestLinkerFollowsImportsOfOthers imports through one process what another, which is running, links by afterwards.
func TestLinkerFollowsImportsOfOthers(t *testing.T) {
	db, ctx := domaintest.Database(t), t.Context()
	open := func() *wire.Core {
		core, err := wire.NewCore(ctx, db.AppURL, wire.Options{Store: store.Options{Keys: domaintest.Keys()}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = core.Close() })
		return core
	}
	serving, importing := open(), open()
	if err := serving.LoadStarter(ctx); err != nil {
		t.Fatal(err)
	}
	if loaded, err := serving.RefreshLinker(ctx); loaded || err != nil {
		t.Errorf("nothing was imported, but loaded is %v, %v", loaded, err)
	}
	const words = "spéléologue"
	if g, err := serving.Linker.Link(ctx, taxonomy.Occupation, "fr", words); g.Sure() || err != nil {
		t.Fatalf("known before: %+v, %v", g, err)
	}
	_, err := importing.Importer.Import(context.Background(), domain.System(), taxonomy.Release{
		Scheme: taxonomy.SchemeESCO, Version: "9", Checksum: "x",
		Languages: map[taxonomy.Kind][]string{taxonomy.Occupation: {"fr"}},
		Concepts: []taxonomy.Draft{{
			URI: "http://data.europa.eu/esco/occupation/cave", Kind: taxonomy.Occupation, ISCO: "2114",
			Labels: []taxonomy.Label{{Lang: "fr", Text: words, Preferred: true}},
		}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if loaded, err := serving.RefreshLinker(ctx); !loaded || err != nil {
		t.Errorf("an edition was imported, but loaded is %v, %v", loaded, err)
	}
	if g, err := serving.Linker.Link(ctx, taxonomy.Occupation, "fr", words); !g.Sure() || err != nil {
		t.Errorf("not linked after the import: %+v, %v", g, err)
	}
	found, err := serving.Concepts.Search(ctx, domain.Anonymous(), taxonomy.Query{Words: "spéléo", Lang: "fr"})
	if err != nil || len(found) == 0 || found[0].Matched.Text != words {
		t.Errorf("not proposed while typing: %+v, %v", found, err)
	}
}
