package counsellor

import (
	"github.com/baara-platform/baara/domain/matchmaking"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/vacancy"
)

// further is what to look at when nothing in the list will do: vacancies that
// miss by one condition, what to learn, what else to do.
func (p *pages) further(c *web.Context, found matchmaking.Outlook) ([]vacancy.Near, vacancy.Ways, error) {
	names, err := p.names(c, vacancy.WaysConcepts(found.Ways))
	return vacancy.NearOf(c, p.Places.Present(), found.Near, "counsellor.why.missed.", vacancyURL), vacancy.WaysOf(c, found.Ways, names), err
}
