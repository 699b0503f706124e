package store_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/store"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/linker"
)

const (
	masonURI   = "http://data.europa.eu/esco/occupation/a"
	tilerURI   = "http://data.europa.eu/esco/occupation/b"
	bricksURI  = "http://data.europa.eu/esco/skill/c"
	ownTaiko   = "urn:baara:skill:taiko"
	ownWelder  = "urn:baara:occupation:welder"
	escoWelder = "http://data.europa.eu/esco/occupation/w"
)

func importer(db *store.DB) *taxonomy.Importer {
	return taxonomy.NewImporter(taxonomy.ImporterDeps{
		Tx: db, Store: db.Taxonomy(), Policy: access.Default(), IDs: uuids(), Clock: domain.SystemClock(),
	})
}

func concepts(db *store.DB) *taxonomy.Concepts {
	l := linker.New()
	labels := func(ctx context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
		return db.View(ctx, domain.System(), func(tx domain.Tx) error { return db.Taxonomy().EachLabel(ctx, tx, yield) })
	}
	if err := l.Load(context.Background(), labels); err != nil {
		panic(err)
	}
	return taxonomy.NewConcepts(taxonomy.ConceptsDeps{Tx: db, Store: db.Taxonomy(), Linker: l, Policy: access.Default()})
}

func named(lang, words string, more ...string) []taxonomy.Label {
	out := []taxonomy.Label{{Lang: lang, Text: words, Preferred: true, Reviewed: true}}
	for _, m := range more {
		out = append(out, taxonomy.Label{Lang: lang, Text: m, Reviewed: true})
	}
	return out
}

// release is a small edition of ESCO: mason –essential→ lay bricks, tiler under mason.
func release() taxonomy.Release {
	return taxonomy.Release{
		Scheme: taxonomy.SchemeESCO, Version: "1", Checksum: "one",
		Languages: map[taxonomy.Kind][]string{taxonomy.Occupation: {"fr"}, taxonomy.Skill: {"fr"}},
		Complete:  map[taxonomy.Kind]bool{taxonomy.Occupation: true, taxonomy.Skill: true},
		CompleteLinks: map[taxonomy.LinkClass]bool{
			{From: taxonomy.Occupation, To: taxonomy.Skill}: true, {From: taxonomy.Occupation, To: taxonomy.Occupation, Broader: true}: true,
		},
		Concepts: []taxonomy.Draft{
			{URI: masonURI, Kind: taxonomy.Occupation, ISCO: "7112", Labels: named("fr", "maçon/maçonne", "briqueteur")},
			{URI: tilerURI, Kind: taxonomy.Occupation, ISCO: "7122", Labels: named("fr", "carreleur/carreleuse")},
			{URI: bricksURI, Kind: taxonomy.Skill, SkillKind: taxonomy.SkillAbility, Labels: named("fr", "poser des briques")},
		},
		Relations: []taxonomy.DraftRelation{
			{From: masonURI, To: bricksURI, Kind: taxonomy.Essential, File: "r.csv", Line: 2},
			{From: tilerURI, To: masonURI, Kind: taxonomy.Broader, File: "r.csv", Line: 3},
			{From: masonURI, To: "http://data.europa.eu/esco/skill/lost", Kind: taxonomy.Optional, File: "r.csv", Line: 4},
		},
	}
}

func importRelease(t *testing.T, db *store.DB, r taxonomy.Release) taxonomy.Report {
	t.Helper()
	report, err := importer(db).Import(context.Background(), domain.System(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func idByURI(t *testing.T, db *store.DB, uri string) domain.ID {
	t.Helper()
	ids, err := concepts(db).ByURI(context.Background(), domain.Anonymous(), []string{uri})
	if err != nil || ids[uri] == "" {
		t.Fatalf("%s is not stored: %v", uri, err)
	}
	return ids[uri]
}

func concept(t *testing.T, db *store.DB, id domain.ID) taxonomy.Concept {
	t.Helper()
	c, err := concepts(db).Get(context.Background(), domain.Anonymous(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestConceptKeepsEveryField(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	ids := uuids()
	next := taxonomy.Concept{ID: ids.New(), Kind: taxonomy.Skill, URI: "urn:baara:skill:next", Status: taxonomy.Active}
	gone := taxonomy.Concept{
		ID: ids.New(), Kind: taxonomy.Skill, URI: "urn:baara:skill:gone", StarterID: "gone", ISCO: "7112", SkillKind: taxonomy.SkillKnowledge,
		Status: taxonomy.Obsolete, ReplacedBy: next.ID, Labels: []taxonomy.Label{{Lang: "fr", Text: "x", Preferred: true, Reviewed: true, Source: taxonomy.FromStaff}},
	}
	noZeroField(t, gone)
	noZeroField(t, gone.Labels[0])
	relation := taxonomy.Relation{From: gone.ID, To: next.ID, Kind: taxonomy.Related, Source: taxonomy.FromStaff}
	version := taxonomy.Version{ID: ids.New(), Scheme: "esco", Version: "1", Source: "s", Checksum: "c", ImportedAt: domain.SystemClock().Now()}
	noZeroField(t, relation)
	noZeroField(t, version)
	s := db.Taxonomy()
	err := db.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		id, err := s.SaveVersion(ctx, tx, version)
		return errors.Join(err, s.SaveConcepts(ctx, tx, []taxonomy.Concept{gone, next}, id),
			s.ChangeLabels(ctx, tx, nil, []taxonomy.ConceptLabel{{ConceptID: gone.ID, Label: gone.Labels[0]}}),
			s.ChangeRelations(ctx, tx, nil, []taxonomy.Relation{relation}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := concept(t, db, gone.ID); !reflect.DeepEqual(got, gone) {
		t.Errorf("read back\n%+v, want\n%+v", got, gone)
	}
	err = db.View(ctx, domain.System(), func(tx domain.Tx) error {
		links, err := s.AllRelations(ctx, tx)
		versions, err2 := s.Versions(ctx, tx)
		if !slices.Equal(links, []taxonomy.Relation{relation}) || !slices.Equal(versions, []taxonomy.Version{version}) {
			t.Errorf("read back %+v %+v, want %+v %+v", links, versions, relation, version)
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportIsRepeatable(t *testing.T) {
	db := freshStore(t)
	first := importRelease(t, db, release())
	if first.Added != 3 || first.LabelsSaved != 4 || first.LinksSaved != 2 || first.Relations() != 2 {
		t.Errorf("first import %+v", first)
	}
	if want := []taxonomy.Refusal{{File: "r.csv", Line: 4, Reason: taxonomy.RefusedUnknownTo}}; !slices.Equal(first.Refused, want) {
		t.Errorf("refused %v, want %v", first.Refused, want)
	}
	if again := importRelease(t, db, release()); again.Changed() != 0 || again.Relations() != 2 || again.Occupations != 2 || again.Skills != 1 {
		t.Errorf("the same import again: %+v", again)
	}
	known, err := importer(db).Stored(context.Background(), taxonomy.SchemeESCO, "1", "one")
	if err != nil || !known {
		t.Errorf("the release is not known as stored: %v", err)
	}
	if _, err := importer(db).Import(context.Background(), domain.Actor{Role: domain.RoleAdministrator}, release(), nil); domain.KindOf(err) != domain.KindForbidden {
		t.Errorf("an analyst may import: %v", err)
	}
}

func TestNewEditionKeepsLinksAndTellsWhatIsGone(t *testing.T) {
	db := freshStore(t)
	importRelease(t, db, release())
	mason, tiler := idByURI(t, db, masonURI), idByURI(t, db, tilerURI)
	next := release()
	next.Version, next.Checksum = "2", "two"
	next.Concepts[0].Labels = named("fr", "maçon", "poseur de briques")
	next.Concepts[1].Obsolete, next.Concepts[1].ReplacedBy = true, masonURI
	next.Concepts = next.Concepts[:2] // the skill is gone
	next.Relations = nil
	report := importRelease(t, db, next)
	if report.Retired != 1 || report.LinksRemoved != 2 || report.Added != 0 {
		t.Errorf("report %+v", report)
	}
	if idByURI(t, db, masonURI) != mason || idByURI(t, db, tilerURI) != tiler {
		t.Error("concepts changed their ids")
	}
	if name, _ := concept(t, db, mason).Name("fr"); name != "maçon" {
		t.Errorf("the new name is %q", name)
	}
	if c := concept(t, db, tiler); c.Status != taxonomy.Obsolete || c.ReplacedBy != mason {
		t.Errorf("the replaced concept is %+v", c)
	}
	if c := concept(t, db, idByURI(t, db, bricksURI)); c.Status != taxonomy.Obsolete || c.ReplacedBy != "" {
		t.Errorf("the dropped concept is %+v", c)
	}
	matches, err := concepts(db).Search(context.Background(), domain.Anonymous(), taxonomy.Query{Words: "carreleur", Lang: "fr"})
	if err != nil || len(matches) != 0 {
		t.Errorf("obsolete concepts are still offered: %v %v", matches, err)
	}
	if again := importRelease(t, db, next); again.Changed() != 0 {
		t.Errorf("the new edition again: %+v", again)
	}
	importRelease(t, db, release())
	if c := concept(t, db, tiler); c.Status != taxonomy.Active || c.ReplacedBy != "" {
		t.Errorf("back in an edition, back in use: %+v", c)
	}
}

func TestStarterAndESCOShareConcepts(t *testing.T) {
	ours := taxonomy.Release{
		Scheme: taxonomy.SchemeStarter, Version: "1", Checksum: "s",
		Languages: map[taxonomy.Kind][]string{taxonomy.Occupation: {"fr", "bm"}, taxonomy.Skill: {"fr", "bm"}},
		Complete:  map[taxonomy.Kind]bool{taxonomy.Occupation: true, taxonomy.Skill: true},
		Concepts: []taxonomy.Draft{
			{URI: masonURI, StarterID: "mason", Kind: taxonomy.Occupation, ISCO: "7112", Labels: append(named("fr", "maçon", "maçon coffreur"), taxonomy.Label{Lang: "bm", Text: "bolodenkɛla", Preferred: true})},
			{URI: ownWelder, StarterID: "welder", Kind: taxonomy.Occupation, ISCO: "7212", Labels: named("fr", "soudeur/soudeuse", "ferronnier")},
			{URI: ownTaiko, StarterID: "taiko", Kind: taxonomy.Skill, SkillKind: taxonomy.SkillAbility, Labels: named("fr", "jouer du taiko")},
		},
		Relations: []taxonomy.DraftRelation{{From: ownWelder, To: ownTaiko, Kind: taxonomy.Essential}},
	}
	theirs := release()
	theirs.Concepts = append(theirs.Concepts, taxonomy.Draft{URI: escoWelder, Kind: taxonomy.Occupation, ISCO: "7212", Labels: named("fr", "Soudeur / soudeuse", "chalumiste")})
	for name, order := range map[string][]taxonomy.Release{"starter first": {ours, theirs}, "ESCO first": {theirs, ours}} {
		t.Run(name, func(t *testing.T) {
			db := freshStore(t)
			importRelease(t, db, order[0])
			importRelease(t, db, order[1])
			for _, r := range order {
				if again := importRelease(t, db, r); again.Changed() != 0 {
					t.Errorf("%s again: %+v", r.Scheme, again)
				}
			}
			welder := concept(t, db, idByURI(t, db, escoWelder))
			if welder.StarterID != "welder" || words(welder) != "soudeur/soudeuse* ferronnier Soudeur / soudeuse chalumiste" {
				t.Errorf("the welder of both: %s %q", welder.StarterID, words(welder))
			}
			mason := concept(t, db, idByURI(t, db, masonURI))
			if mason.StarterID != "mason" || words(mason) != "bolodenkɛla* maçon* maçon coffreur briqueteur maçon/maçonne" {
				t.Errorf("the mason of both: %s %q", mason.StarterID, words(mason))
			}
			if i := slices.IndexFunc(mason.Labels, func(l taxonomy.Label) bool { return l.Lang == "bm" }); mason.Labels[i].Reviewed {
				t.Error("the Bambara word counts as reviewed")
			}
			if ids, err := concepts(db).ByURI(context.Background(), domain.Anonymous(), []string{ownWelder}); err != nil || len(ids) != 0 {
				t.Errorf("the welder stands twice: %v %v", ids, err)
			}
			none := theirs
			none.Version, none.Checksum, none.Concepts, none.Relations = "3", "three", theirs.Concepts[1:3], nil
			importRelease(t, db, none)
			if c := concept(t, db, mason.ID); c.Status != taxonomy.Active || strings.Contains(words(c), "briqueteur") {
				t.Errorf("what Baara offers stays when ESCO drops it, without ESCO's words: %s %q", c.Status, words(c))
			}
		})
	}
}

func TestALaterFileNamesAnESCOConceptThatIsStoredBeside(t *testing.T) {
	db := freshStore(t)
	ours := taxonomy.Release{
		Scheme: taxonomy.SchemeStarter, Version: "1", Checksum: "s",
		Languages: map[taxonomy.Kind][]string{taxonomy.Occupation: {"fr"}},
		Complete:  map[taxonomy.Kind]bool{taxonomy.Occupation: true, taxonomy.Skill: true},
		Concepts:  []taxonomy.Draft{{URI: ownWelder, StarterID: "welder", Kind: taxonomy.Occupation, ISCO: "7112", Labels: named("fr", "bâtisseur")}},
	}
	importRelease(t, db, release())
	importRelease(t, db, ours)
	old, mason := idByURI(t, db, ownWelder), idByURI(t, db, masonURI)
	ours.Checksum, ours.Concepts[0].URI = "later", masonURI
	report := importRelease(t, db, ours)
	if report.Retired != 1 || report.Met != 1 {
		t.Errorf("report %+v", report)
	}
	if c := concept(t, db, old); c.Status != taxonomy.Obsolete || c.ReplacedBy != mason || c.StarterID != "" {
		t.Errorf("people's links to Baara's own row lead on to the ESCO row: %+v", c)
	}
	if c := concept(t, db, mason); c.StarterID != "welder" || words(c) != "bâtisseur* briqueteur maçon/maçonne" {
		t.Errorf("the ESCO row has Baara's words: %s %q", c.StarterID, words(c))
	}
	if again := importRelease(t, db, ours); again.Changed() != 0 {
		t.Errorf("again: %+v", again)
	}
}

// words shows a concept's labels, the preferred ones with a star.
func words(c taxonomy.Concept) string {
	var out []string
	for _, l := range c.Labels {
		if l.Preferred {
			out = append(out, l.Text+"*")
		} else {
			out = append(out, l.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestAnInterruptedImportIsFinishedByTheNext(t *testing.T) {
	db := freshStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := importer(db).Import(ctx, domain.System(), release(), func(int, int) { cancel() })
	if err == nil {
		t.Fatal("the import was not cut off")
	}
	if known, _ := importer(db).Stored(context.Background(), taxonomy.SchemeESCO, "1", "one"); known {
		t.Error("half an import counts as whole")
	}
	if report := importRelease(t, db, release()); report.Added != 0 || report.LinksSaved != 2 {
		t.Errorf("the rest: %+v", report)
	}
	if again := importRelease(t, db, release()); again.Changed() != 0 {
		t.Errorf("once more: %+v", again)
	}
}

func TestShippedDataLoadsOnce(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	d := directory(t, db)
	first, err := starter.Load(ctx, d, importer(db))
	if err != nil || first.Added == 0 || len(first.Refused) != 0 {
		t.Fatalf("%+v %v", first, err)
	}
	second, err := starter.Load(ctx, d, importer(db))
	if err != nil || second.Changed() != 0 {
		t.Errorf("the next start: %+v %v", second, err)
	}
}
