package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/vacancy"
)

// further is what to look at when nothing in the list will do: vacancies that
// miss by one condition, what to learn, what else to do.
func (p *pages) further(c *web.Context, id domain.ID) ([]vacancy.Near, vacancy.Ways, error) {
	near, err := p.Matches.NearPerson(c.Context(), c.Actor, id)
	if err != nil {
		return nil, vacancy.Ways{}, err
	}
	found, err := p.Matches.WaysFor(c.Context(), c.Actor, id)
	if err != nil {
		return nil, vacancy.Ways{}, err
	}
	names, err := p.names(c, vacancy.WaysConcepts(found))
	return vacancy.NearOf(c, p.Places.Present(), near, "counsellor.why.missed.", vacancyURL), vacancy.WaysOf(c, found, names), err
}
