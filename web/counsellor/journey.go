package counsellor

import (
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// newEntry stands in an address for an entry that does not exist yet.
const newEntry = "new"

type journeyView struct {
	Name, URL     string
	May           bool // may write
	Episodes      []journeyItem
	Displacements []journeyItem
}

// journeyItem is an entry of a journey in words, with the page that changes it.
type journeyItem struct {
	Title, URL string
	Facts      ui.KeyValues
}

// journey tells where somebody has been. Only who accompanies the person reads it, after a private interview.
func (p *pages) journey(c *web.Context) (web.Page, error) {
	who, all, err := p.journeyOf(c)
	if err != nil {
		return web.Page{}, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, who.ID, access.PersonUpdateMigr)
	if err != nil {
		return web.Page{}, err
	}
	v := journeyView{Name: nameOf(who), URL: personURL(who.ID) + "/journey", May: may[access.PersonUpdateMigr]}
	for _, e := range all.Episodes {
		v.Episodes = append(v.Episodes, p.episodeItem(c, v.URL, e))
	}
	for _, d := range all.Displacements {
		v.Displacements = append(v.Displacements, p.displacementItem(c, v.URL, d))
	}
	if !v.May {
		for _, list := range [][]journeyItem{v.Episodes, v.Displacements} {
			for i := range list {
				list[i].URL = ""
			}
		}
	}
	return web.Page{
		Template: "counsellor/journey", Title: c.T("counsellor.journey.title", "Name", who.Reference), Data: v, Nav: home + "/cases",
		Back: &ui.Link{Text: v.Name, URL: personURL(who.ID)},
	}, nil
}

// journeyOf reads the person of the address and the journey.
func (p *pages) journeyOf(c *web.Context) (person.Person, person.Journey, error) {
	id, err := c.PathID("id")
	if err != nil {
		return person.Person{}, person.Journey{}, err
	}
	who, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if err != nil {
		return person.Person{}, person.Journey{}, err
	}
	all, err := p.Jobseekers.Journey(c.Context(), c.Actor, id)
	return who, all, err
}

func (p *pages) episodeItem(c *web.Context, url string, e person.Episode) journeyItem {
	w, f := p.words(c), facts{c: c}
	coded := func(key, prefix, code string) {
		if code != "" {
			f.list = append(f.list, ui.KeyValue{Key: c.T(key), Value: c.T(prefix + code)})
		}
	}
	coded("counsellor.journey.role", "reference.episode_role.", string(e.Role))
	f.add("counsellor.journey.years", years(e.FromYear, e.UntilYear))
	if e.Months > 0 {
		f.list = append(f.list, ui.KeyValue{Key: c.T("counsellor.journey.months"), Value: c.Number(int64(e.Months))})
	}
	coded("counsellor.journey.reason", "reference.episode_reason.", e.Reason)
	coded("counsellor.journey.status", "reference.episode_status.", e.Status)
	f.add("counsellor.journey.occupation", e.Occupation)
	coded("counsellor.journey.return_mode", "reference.return_mode.", e.ReturnMode)
	if !e.ReturnDate.IsZero() {
		f.list = append(f.list, ui.KeyValue{Key: c.T("counsellor.journey.return_date"), Value: c.Date(e.ReturnDate)})
	}
	f.add("counsellor.journey.programme", e.Programme)
	return journeyItem{Title: w.Country(e.Country), URL: url + "/episodes/" + string(e.ID), Facts: f.list}
}

func years(from, until int) string {
	var out []string
	for _, y := range []int{from, until} {
		if y > 0 {
			out = append(out, strconv.Itoa(y))
		}
	}
	return strings.Join(out, "–")
}

func (p *pages) displacementItem(c *web.Context, url string, d person.Displacement) journeyItem {
	w, f := p.words(c), facts{c: c}
	title := strings.Trim(d.OriginDetail+", "+w.Place(d.OriginPlace), ", ")
	if title == "" {
		title = c.T("counsellor.journey.origin_unknown")
	}
	if !d.Date.IsZero() {
		f.list = append(f.list, ui.KeyValue{Key: c.T("counsellor.journey.when"), Value: c.Date(d.Date)})
	}
	if d.Cause != "" {
		f.list = append(f.list, ui.KeyValue{Key: c.T("counsellor.journey.cause"), Value: c.T("reference.displacement_cause." + d.Cause)})
	}
	f.add("counsellor.journey.intended", w.Place(d.IntendedPlace))
	return journeyItem{Title: title, URL: url + "/displacements/" + string(d.ID), Facts: f.list}
}

// journeyForm is the page of one entry.
type journeyForm struct {
	Form                     *form.Form
	Name, Action, Back       string
	Version                  int
	New                      bool
	Stale                    *ui.Notice
	Countries, Places        []ui.Option
	Roles, Reasons, Statuses []ui.Option
	Returns, Causes          []ui.Option
}

// saveJourney writes the journey after one entry changed, or shows the entry's page again.
func (p *pages) saveJourney(c *web.Context, f *form.Form, who person.Person, version int, all person.Journey, entry string) (done bool, err error) {
	if f.Failed() {
		return false, nil
	}
	_, _, err = p.Jobseekers.SetJourney(c.Context(), c.Act(f), person.SetJourney{PersonID: who.ID, Version: version, Journey: all})
	if err == nil {
		return true, nil
	}
	if _, again := domain.Replayed(err); again {
		return true, nil
	}
	if f.Explain(renamedEntry(err, entry)) {
		return false, nil
	}
	return false, err
}
