package jobseeker

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/vacancy"
)

// further is what to look at when nothing in the list will do: vacancies that
// miss by one condition, what to learn, what else to do.
func (p *pages) further(c *web.Context) ([]vacancy.Near, vacancy.Ways, error) {
	near, err := p.Matches.NearPerson(c.Context(), c.Actor, c.Actor.PersonID)
	if err != nil {
		return nil, vacancy.Ways{}, err
	}
	found, err := p.Matches.WaysFor(c.Context(), c.Actor, c.Actor.PersonID)
	if err != nil {
		return nil, vacancy.Ways{}, err
	}
	names, err := p.conceptNames(c, vacancy.WaysConcepts(found))
	if err != nil {
		return nil, vacancy.Ways{}, err
	}
	address := func(id domain.ID) string { return vacanciesPath + "/" + string(id) }
	return vacancy.NearOf(c, p.Places.Present(), near, "jobseeker.why.missed.", address), vacancy.WaysOf(c, found, names), nil
}
