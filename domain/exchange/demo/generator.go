package demo

import (
	"fmt"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Source is the name of the other system that never was: the external source
// of every invented record.
const Source = "seed"

// Setting is where and how much is invented.
type Setting struct {
	Seed      uint64
	People    int // as many as there may be; vacancies are made for some of them
	Vacancies int
	Today     domain.Date
	Favour    map[string]int // how many times more people live in these regions; none means as in the country
	Places    *place.Gazetteer
	Release   taxonomy.Release     // Baara's own occupations and skills
	Concepts  map[string]domain.ID // as they are stored, by address
}

// Generator invents the records of one seed. It may be used by many at once.
type Generator struct {
	Setting
	*data
	areas map[string][]string // of regions: the areas inside
}

// New reads the tables.
func New(s Setting) (*Generator, error) {
	d, err := readData(s.Release, s.Concepts)
	if err != nil {
		return nil, err
	}
	g := &Generator{Setting: s, data: d, areas: map[string][]string{}}
	for i, r := range d.regions {
		d.regions[i].weight *= max(1, s.Favour[r.code])
		if _, ok := s.Places.Area(r.code); !ok {
			return nil, fmt.Errorf("demo: no region %q in this country", r.code)
		}
		for _, area := range s.Places.Within(r.code, s.Today) {
			g.areas[r.code] = append(g.areas[r.code], area.Code)
		}
	}
	return g, nil
}

// externalID names a record of this seed.
func (g *Generator) externalID(kind string, n int) string {
	return fmt.Sprintf("%d-%s%06d", g.Seed, kind, n)
}

// place gives an area of a region: mostly a smaller one.
func (g *Generator) place(d dice, region string) string {
	if inside := g.areas[region]; len(inside) > 0 && d.chance(75) {
		return pick(d, inside)
	}
	return region
}

// numberBlocks begin the eight digits of invented phones.
var numberBlocks = [...]string{"700", "600", "760", "660", "790", "690", "710", "610", "720", "620"}

// phone gives a number of its own to every record of a kind.
func (g *Generator) phone(n int) string {
	const block = 100_000
	n = (n + int(g.Seed%1000)*97) % (block * len(numberBlocks))
	return fmt.Sprintf("+223%s%05d", numberBlocks[n/block], (n%block*48271+11)%block)
}
