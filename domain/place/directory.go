package place

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Deps is what a directory is built from.
type Deps struct {
	Tx     domain.Transactor
	Store  Store
	Policy access.Policy
	World  World
	Pack   Pack
}

// Directory holds the process's present gazetteer and the use-case that adds
// territories. It is safe for concurrent use.
type Directory struct {
	deps    Deps
	current atomic.Pointer[Gazetteer]
}

// NewDirectory starts with the areas of the pack's files.
func NewDirectory(deps Deps) (*Directory, error) {
	d := &Directory{deps: deps}
	g, err := NewGazetteer(deps.World, deps.Pack)
	if err != nil {
		return nil, err
	}
	d.current.Store(g)
	return d, nil
}

// Present gives the gazetteer of now. Take it once for one piece of work.
func (d *Directory) Present() *Gazetteer { return d.current.Load() }

// Refresh rebuilds the gazetteer from the database, after an import by another
// process.
func (d *Directory) Refresh(ctx context.Context) error {
	return d.deps.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		next, err := d.read(ctx, tx)
		if err != nil {
			return err
		}
		d.current.Store(next)
		return nil
	})
}

// Import adds or replaces areas of the pack's country: cercles, communes and
// sites of an official list. Nothing is removed: an area that ended gets its
// last day. It returns how many rows were new or different.
func (d *Directory) Import(ctx context.Context, actor domain.Actor, areas []Area, crosswalk []Crosswalk) (changed int, err error) {
	var next *Gazetteer
	actor.Once = domain.Once{} // importing again changes nothing: no record of the request is needed
	err = d.deps.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := d.deps.Policy.Authorise(tx, actor, access.PlaceImport, access.Facts{}); err != nil {
			return err
		}
		known, _, err := d.deps.Store.Areas(ctx, tx, d.deps.Pack.Country)
		if err != nil {
			return err
		}
		if err := d.check(known, areas); err != nil {
			return err
		}
		if changed, err = d.deps.Store.SaveAreas(ctx, tx, byLevel(areas), crosswalk); err != nil {
			return err
		}
		next, err = d.read(ctx, tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	d.current.Store(next)
	return changed, nil
}

// Seed brings the database to the areas of the pack's files and takes over
// what it holds. An area that another list has redefined keeps that form.
func (d *Directory) Seed(ctx context.Context) (changed int, err error) {
	var next *Gazetteer
	err = d.deps.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		known, _, err := d.deps.Store.Areas(ctx, tx, d.deps.Pack.Country)
		if err != nil {
			return err
		}
		foreign := map[string]string{}
		for _, a := range known {
			foreign[a.Code] = a.Source
		}
		own := slices.DeleteFunc(slices.Clone(d.deps.Pack.Areas), func(a Area) bool {
			source, stored := foreign[a.Code]
			return stored && source != a.Source
		})
		if changed, err = d.deps.Store.SaveAreas(ctx, tx, byLevel(own), d.deps.Pack.Crosswalk); err != nil {
			return err
		}
		next, err = d.read(ctx, tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	d.current.Store(next)
	return changed, nil
}

// read builds a gazetteer of what the database holds now.
func (d *Directory) read(ctx context.Context, tx domain.Tx) (*Gazetteer, error) {
	pack := d.deps.Pack
	var err error
	if pack.Areas, pack.Crosswalk, err = d.deps.Store.Areas(ctx, tx, pack.Country); err != nil {
		return nil, err
	}
	return NewGazetteer(d.deps.World, pack)
}

// check refuses what would make the gazetteer contradict itself, naming the
// row by its position in the input.
func (d *Directory) check(known, areas []Area) error {
	rank, kinds := ranks(), map[string]Kind{}
	for _, a := range slices.Concat(known, areas) {
		kinds[a.Code] = a.Kind
	}
	var fields domain.Fields
	for i, a := range areas {
		name := func(field string) string { return fmt.Sprintf("areas.%d.%s", i, field) }
		fields.Check(a.Code != "", name("code"), "error.required")
		fields.Check(slices.Contains(Kinds(), a.Kind), name("kind"), "error.choice")
		fields.Check(a.Country == d.deps.Pack.Country, name("country"), "error.choice")
		around, ok := kinds[a.Parent]
		fields.Check(a.Parent == "" || (ok && rank[around] < rank[a.Kind]), name("parent"), "error.reference")
		fields.Check(a.Ordered(), name("valid_to"), "error.date.order")
		official, _ := a.Names.In("fr")
		fields.Check(official != "", name("names"), "error.required")
	}
	return fields.Err("place.Import")
}

// byLevel puts larger areas before the ones inside them.
func byLevel(areas []Area) []Area {
	out := slices.Clone(areas)
	slices.SortStableFunc(out, func(a, b Area) int { return slices.Index(Kinds(), a.Kind) - slices.Index(Kinds(), b.Kind) })
	return out
}
