package store_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/store"
)

func directory(t *testing.T, db *store.DB) *place.Directory {
	t.Helper()
	world, err := starter.World()
	if err != nil {
		t.Fatal(err)
	}
	pack, err := starter.Pack(starter.DefaultCountry)
	if err != nil {
		t.Fatal(err)
	}
	d, err := place.NewDirectory(place.Deps{Tx: db, Store: db.Places(), Policy: access.Default(), World: world, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func noZeroField(t *testing.T, v any) {
	t.Helper()
	value := reflect.ValueOf(v)
	for i := range value.NumField() {
		if value.Field(i).IsZero() {
			t.Errorf("the sample leaves %s.%s empty: fill it", value.Type(), value.Type().Field(i).Name)
		}
	}
}

func TestAreaKeepsEveryField(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	day := func(d int) domain.Date { return domain.Date{Year: 2020, Month: 1, Day: d} }
	parent := place.Area{Code: "P", Kind: place.KindRegion, Country: "MLI", Names: domain.Names{"fr": "p"}}
	area := place.Area{
		Code: "A", Kind: place.KindCercle, Parent: "P", Country: "MLI", Names: domain.Names{"fr": "a", "en": "b"},
		ISO: "ML-X", National: "07", Source: "list", Span: place.Span{From: day(1), To: day(2)},
	}
	walk := place.Crosswalk{Code: "A", Former: "P", Whole: true, Source: "law"}
	noZeroField(t, area)
	noZeroField(t, walk)
	save := func() (changed int) {
		t.Helper()
		err := db.InTx(ctx, domain.System(), func(tx domain.Tx) (err error) {
			changed, err = db.Places().SaveAreas(ctx, tx, []place.Area{area, parent}, []place.Crosswalk{walk})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	if n := save(); n != 6 { // two areas, three names, one crosswalk
		t.Errorf("saving changed %d rows, want 6", n)
	}
	if n := save(); n != 0 {
		t.Errorf("saving the same again changed %d rows", n)
	}
	area.Names["en"], area.To, walk.Whole = "c", domain.Date{}, false
	if n := save(); n != 3 {
		t.Errorf("saving three differences changed %d rows", n)
	}
	err := db.View(ctx, domain.System(), func(tx domain.Tx) error {
		areas, walks, err := db.Places().Areas(ctx, tx, "MLI")
		if !reflect.DeepEqual(areas, []place.Area{area, parent}) || !reflect.DeepEqual(walks, []place.Crosswalk{walk}) {
			t.Errorf("read back\n%+v %+v, want\n%+v %+v", areas, walks, area, walk)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSeedingTwiceChangesNothingAndKeepsCorrections(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	d := directory(t, db)
	if n, err := d.Seed(ctx); err != nil || n == 0 {
		t.Fatalf("seeding changed %d rows, %v", n, err)
	}
	if n, err := d.Seed(ctx); err != nil || n != 0 {
		t.Errorf("seeding again changed %d rows, %v", n, err)
	}
	fixed, _ := d.Present().Area("GAO-NTILLIT")
	fixed.Names, fixed.Source = domain.Names{"fr": "Intillit", "en": "Intillit"}, "Journal officiel"
	if n, err := d.Import(ctx, domain.System(), []place.Area{fixed}, nil); err != nil || n != 3 {
		t.Fatalf("a correction changed %d rows, %v", n, err)
	}
	if _, err := d.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	if a, _ := d.Present().Area("GAO-NTILLIT"); a.Names["fr"] != "Intillit" {
		t.Errorf("the next start undid the correction: %v", a.Names)
	}
}

func TestImportingPlaces(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	d, other := directory(t, db), directory(t, db)
	if _, err := d.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	commune := place.Area{
		Code: "KAY-KAYES-1", Kind: place.KindCommune, Parent: "KAY-KAYES", Country: "MLI", Names: domain.Names{"fr": "Kayes", "en": "Kayes"},
	}
	site := place.Area{Code: "SITE-1", Kind: place.KindSite, Parent: "KAY-KAYES-1", Country: "MLI", Names: domain.Names{"fr": "Site"}}
	if _, err := d.Import(ctx, domain.System(), []place.Area{site, commune}, nil); err != nil {
		t.Fatal(err)
	}
	before, err := db.Search().Horizon(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(ctx, domain.System(), []place.Area{site, commune}, nil); err != nil {
		t.Fatal(err)
	}
	if same, err := db.Search().Horizon(ctx); err != nil || same.Edition != before.Edition || same.Edition == "" {
		t.Errorf("an import that changed nothing is edition %q after %q: %v", same.Edition, before.Edition, err)
	}
	site.Names = domain.Names{"fr": "Autre site"}
	if _, err := d.Import(ctx, domain.System(), []place.Area{site}, nil); err != nil {
		t.Fatal(err)
	}
	if other, err := db.Search().Changes(ctx, before, 1); err != nil || other.Edition == before.Edition {
		t.Errorf("an index knows the name of before: %+v, %v", other, err)
	}
	if path := d.Present().Path("SITE-1"); len(path) != 4 || path[0].Code != "KAY" {
		t.Errorf("the site's path is %v", path)
	}
	if _, ok := other.Present().Area("SITE-1"); ok {
		t.Error("another process knows before it looked")
	}
	if err := other.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if _, ok := other.Present().Area("SITE-1"); !ok {
		t.Error("another process does not know after it looked")
	}
}

func TestImportingPlacesRefuses(t *testing.T) {
	db, ctx := freshStore(t), context.Background()
	d := directory(t, db)
	if _, err := d.Seed(ctx); err != nil {
		t.Fatal(err)
	}
	good := place.Area{Code: "KAY-KAYES-1", Kind: place.KindCommune, Parent: "KAY-KAYES", Country: "MLI", Names: domain.Names{"fr": "Kayes"}}
	change := func(fn func(*place.Area)) place.Area { a := good; fn(&a); return a }
	for _, c := range []struct {
		name  string
		actor domain.Actor
		area  place.Area
		kind  domain.Kind
	}{
		{"an unknown parent", domain.System(), change(func(a *place.Area) { a.Parent = "NOWHERE" }), domain.KindInvalid},
		{"a parent that is itself", domain.System(), change(func(a *place.Area) { a.Parent = a.Code }), domain.KindInvalid},
		{"no name", domain.System(), change(func(a *place.Area) { a.Names = nil }), domain.KindInvalid},
		{"another country", domain.System(), change(func(a *place.Area) { a.Country = "SEN" }), domain.KindInvalid},
		{"an unknown kind", domain.System(), change(func(a *place.Area) { a.Kind = "village" }), domain.KindInvalid},
		{"an ISO code of another area", domain.System(), change(func(a *place.Area) { a.ISO = "ML-1" }), domain.KindConflict},
		{"a counsellor, to whom there is no such act", domain.Actor{Role: domain.RoleCounsellor}, good, domain.KindNotFound},
	} {
		if _, err := d.Import(ctx, c.actor, []place.Area{c.area}, nil); domain.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %s", c.name, err, c.kind)
		}
		if _, ok := d.Present().Area(good.Code); ok {
			t.Errorf("%s: the area is there all the same", c.name)
		}
	}
}
