package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
)

// ways say what could bring somebody closer to work: what to learn, and what else to do with what they know.
type ways struct {
	Gaps      []string // "Conduire un camion : ouvrirait 3 offres"
	Prospects []string // "Carreleur : 4 compétences sur 6"
}

// waysOf words what was found. A skill that would open no vacancy by itself is left out: it is no reason to send somebody on a course.
func (p *pages) waysOf(c *web.Context, found matchmaking.Ways) (ways, error) {
	var ids []domain.ID
	for _, g := range found.Gaps {
		ids = append(ids, g.Concept)
	}
	for _, o := range found.Prospects {
		ids = append(ids, o.Occupation)
	}
	names, err := p.names(c, ids)
	var out ways
	for _, g := range found.Gaps {
		name := names[g.Concept]
		if name == "" {
			name = g.Words
		}
		if name != "" && g.Opens > 0 {
			out.Gaps = append(out.Gaps, c.N("counsellor.ways.gap", g.Opens, "Skill", name))
		}
	}
	for _, o := range found.Prospects {
		if name := names[o.Occupation]; name != "" {
			out.Prospects = append(out.Prospects, c.N("counsellor.ways.prospect", o.Has, "Occupation", name, "Total", o.Of))
		}
	}
	return out, err
}
