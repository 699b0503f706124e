package place

import (
	"fmt"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// Gazetteer answers every question about places. It never changes and is safe
// for concurrent use.
type Gazetteer struct {
	pack      Pack
	countries []Country
	byCountry map[string]int // alpha-2, alpha-3, M49 and folded names
	groups    map[string]Group
	languages []Language
	areas     []Area // regions and districts first, in national order
	byArea    map[string]int
	byName    map[string][]int // folded name or ISO code → areas, large ones first
	children  map[string][]int
	former    map[string]Crosswalk
}

// NewGazetteer checks the data and builds the look-ups. The pack's areas may
// come from the database instead of its files.
func NewGazetteer(world World, pack Pack) (*Gazetteer, error) {
	g := &Gazetteer{
		pack: pack, countries: world.Countries, groups: map[string]Group{},
		languages: slices.Concat(pack.Languages, world.Languages), areas: slices.Clone(pack.Areas),
		byCountry: map[string]int{}, byArea: map[string]int{}, byName: map[string][]int{},
		children: map[string][]int{}, former: map[string]Crosswalk{},
	}
	for i, c := range g.countries {
		for _, key := range []string{c.Alpha2, c.Code, c.M49} {
			g.byCountry[strings.ToLower(key)] = i
		}
	}
	for i, c := range g.countries {
		for _, name := range c.Names {
			if _, taken := g.byCountry[text.Fold(name)]; !taken {
				g.byCountry[text.Fold(name)] = i
			}
		}
	}
	for _, group := range world.Groups {
		g.groups[group.Code] = group
	}
	if err := g.indexAreas(); err != nil {
		return nil, err
	}
	for _, c := range pack.Crosswalk {
		if !g.hasArea(c.Code) || !g.hasArea(c.Former) {
			return nil, fmt.Errorf("place: crosswalk %s → %s names an unknown area", c.Code, c.Former)
		}
		g.former[c.Code] = c
	}
	return g, nil
}

// ranks tell the size of areas: one lies only in a larger one.
func ranks() map[Kind]int {
	return map[Kind]int{KindRegion: 0, KindDistrict: 0, KindCercle: 1, KindCommune: 2, KindSite: 3}
}

func (g *Gazetteer) indexAreas() error {
	rank := ranks()
	slices.SortStableFunc(g.areas, func(a, b Area) int {
		if d := rank[a.Kind] - rank[b.Kind]; d != 0 {
			return d
		}
		if a.Kind != KindRegion && a.Kind != KindDistrict {
			return strings.Compare(a.sortName(), b.sortName())
		}
		if a.To.IsZero() != b.To.IsZero() {
			return map[bool]int{true: -1, false: 1}[a.To.IsZero()]
		}
		return strings.Compare(a.National, b.National)
	})
	for i, a := range g.areas {
		if _, twice := g.byArea[a.Code]; twice || a.Code == "" {
			return fmt.Errorf("place: area code %q is empty or used twice", a.Code)
		}
		if _, known := rank[a.Kind]; !known || !a.Ordered() {
			return fmt.Errorf("place: area %s has an unknown kind or ends before it starts", a.Code)
		}
		g.byArea[a.Code] = i
	}
	for i, a := range g.areas {
		if up, ok := g.byArea[a.Parent]; a.Parent != "" && (!ok || rank[g.areas[up].Kind] >= rank[a.Kind]) {
			return fmt.Errorf("place: area %s lies in %s, which is unknown or not larger", a.Code, a.Parent)
		}
		g.children[a.Parent] = append(g.children[a.Parent], i)
		keys := map[string]bool{text.Fold(a.Code): true}
		if a.ISO != "" {
			keys[text.Fold(a.ISO)] = true
		}
		for _, name := range a.Names {
			keys[text.Fold(name)] = true
		}
		for key := range keys {
			g.byName[key] = append(g.byName[key], i)
		}
	}
	return nil
}

func (a Area) sortName() string {
	name, _ := a.Names.In("fr")
	return text.Fold(name) + " " + a.Code
}

func (g *Gazetteer) hasArea(code string) bool { _, ok := g.byArea[code]; return ok }

// Pack gives the country's own facts. Its lists are shared: do not change them.
func (g *Gazetteer) Pack() Pack { return g.pack }

// Group gives a group of countries by its code: "ECOWAS12".
func (g *Gazetteer) Group(code string) (Group, bool) { group, ok := g.groups[code]; return group, ok }

// Groups lists the groups by code.
func (g *Gazetteer) Groups() []Group {
	out := make([]Group, 0, len(g.groups))
	for _, group := range g.groups {
		out = append(out, group)
	}
	slices.SortFunc(out, func(a, b Group) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// MinimumWage gives the wage in force on a day; false before the first one.
func (g *Gazetteer) MinimumWage(day domain.Date) (MinimumWage, bool) {
	for _, w := range slices.Backward(g.pack.MinimumWages) {
		if !day.Before(w.From) {
			return w, true
		}
	}
	return MinimumWage{}, false
}
