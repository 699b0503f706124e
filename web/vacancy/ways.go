package vacancy

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/web"
)

// Ways say what could bring somebody closer to work: what to learn, and what
// else to do with what is known.
type Ways struct {
	Gaps      []Way // "Conduire un camion", "3 offres"
	Prospects []Way // "Carreleur", "4 compétences sur 6"
}

// Way is one of them.
type Way struct{ Name, Worth string }

// WaysConcepts are the concepts that WaysOf needs the names of.
func WaysConcepts(found matchmaking.Ways) []domain.ID {
	var ids []domain.ID
	for _, g := range found.Gaps {
		ids = append(ids, g.Concept)
	}
	for _, o := range found.Prospects {
		ids = append(ids, o.Occupation)
	}
	return ids
}

// WaysOf words what was found. A skill that would open no vacancy by itself is
// left out: it is no reason to go on a course. So is one that is no concept: no
// course is called by an employer's own words.
func WaysOf(c *web.Context, found matchmaking.Ways, names map[domain.ID]string) (out Ways) {
	for _, g := range found.Gaps {
		if name := names[g.Concept]; name != "" && g.Opens > 0 {
			out.Gaps = append(out.Gaps, Way{name, c.N("reference.ways.gap", g.Opens)})
		}
	}
	for _, o := range found.Prospects {
		if name := names[o.Occupation]; name != "" {
			out.Prospects = append(out.Prospects, Way{name, c.N("reference.ways.prospect", o.Has, "Total", o.Of)})
		}
	}
	return out
}

// Near is a vacancy of which one hard condition is not met, and which: the
// template "vacancy/near".
type Near struct {
	Line     Line
	Obstacle string
}

// nearShown is how many of them a page shows.
const nearShown = 5

// NearOf words vacancies that miss by one condition. Each word's key ends with
// the condition's name; url gives a vacancy's address.
func NearOf(c *web.Context, g *place.Gazetteer, list []matchmaking.Opening, words string, url func(domain.ID) string) []Near {
	var out []Near
	for _, one := range list[:min(nearShown, len(list))] {
		item := Near{Line: LineOf(c, g, one.Vacancy, one.Employer, url(one.Vacancy.ID))}
		for _, missed := range one.Why.Missed() {
			item.Obstacle = c.T(words + string(missed))
		}
		out = append(out, item)
	}
	return out
}
