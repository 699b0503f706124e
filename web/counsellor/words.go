package counsellor

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
)

func (p *pages) words(c *web.Context) desk.Words { return desk.WordsOf(c, p.Places.Present()) }

func (p *pages) today() domain.Date { return domain.DateOf(p.Clock.Now()) }

// fullName is a person's name as it is said; the reference stands in for somebody without one.
func fullName(given, family, reference string) string {
	if name := strings.TrimSpace(given + " " + family); name != "" {
		return name
	}
	return reference
}

// residence says where somebody lives, the village or quarter first.
func (p *pages) residence(c *web.Context, r person.Residence) string {
	w := p.words(c)
	parts := []string{r.Detail, w.Place(r.Place)}
	if r.Country != "" && r.Country != p.Places.Present().Pack().Country {
		parts = append(parts, w.Country(r.Country))
	}
	if r.Kind == person.Nomadic || r.Kind == person.NowhereFixed {
		parts = append(parts, c.T("public.ask.home."+string(r.Kind)))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// names are the words for records of one kind: concepts, agencies, colleagues.
type names = map[domain.ID]string

// names reads the names of concepts, for a whole page in one query.
func (p *pages) names(c *web.Context, ids []domain.ID) (names, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), domain.ID.IsZero)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	out := make(names, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	found, err := p.Concepts.Many(c.Context(), c.Actor, ids)
	if err != nil {
		return nil, err
	}
	for id, concept := range found {
		out[id], _ = concept.Name(string(c.Tag()))
	}
	return out, nil
}

// agencies reads the names of all agencies: there are few.
func (p *pages) agencies(c *web.Context) (names, error) {
	list, err := p.Agencies.List(c.Context(), c.Actor)
	if err != nil {
		return nil, err
	}
	out := make(names, len(list))
	for _, a := range list {
		out[a.ID] = a.Name
	}
	return out, nil
}

// late says how a due day lies to today: "en retard de 3 jours", "aujourd’hui", "pour le 3 mars 2026".
func late(c *web.Context, due, today domain.Date) (text string, overdue bool) {
	switch {
	case due.IsZero():
		return "", false
	case due.Before(today):
		return c.N("counsellor.due.late", days(due, today)), true
	case due == today:
		return c.T("counsellor.due.today"), false
	}
	return c.T("counsellor.due.on", "Date", c.Date(due)), false
}

// days counts the days from one to the other.
func days(from, to domain.Date) int { return int(to.Time().Sub(from.Time()).Hours() / 24) }
