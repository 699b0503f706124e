package counsellor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Bounds of a journey, as the rule of the record has them.
const (
	firstYear = 1930
	maxMonths = 840
)

// renamedEntry gives the errors of one entry of a list the names its page has: "episodes.2.country" is "country" there.
func renamedEntry(err error, entry string) error {
	return desk.Renamed(err, func(name string) string { return strings.TrimPrefix(name, entry+".") })
}

// entry reads the journey and finds the entry of the address in a list of ids; -1 for a new one.
func (p *pages) entry(c *web.Context, ids func(person.Journey) []domain.ID) (who person.Person, all person.Journey, at int, err error) {
	who, all, err = p.journeyOf(c)
	if err != nil {
		return who, all, 0, err
	}
	may, err := p.Jobseekers.Allowed(c.Context(), c.Actor, who.ID, access.PersonUpdateMigr)
	if err != nil {
		return who, all, 0, err
	}
	if !may[access.PersonUpdateMigr] {
		return who, all, 0, domain.Forbidden("counsellor.journey")
	}
	if c.Path("entry") == newEntry {
		return who, all, -1, nil
	}
	at = slices.Index(ids(all), domain.ID(c.Path("entry")))
	if at < 0 {
		return who, all, 0, domain.NotFound("counsellor.journey")
	}
	return who, all, at, nil
}

func episodeIDs(j person.Journey) []domain.ID {
	out := make([]domain.ID, len(j.Episodes))
	for i, e := range j.Episodes {
		out[i] = e.ID
	}
	return out
}

func displacementIDs(j person.Journey) []domain.ID {
	out := make([]domain.ID, len(j.Displacements))
	for i, d := range j.Displacements {
		out[i] = d.ID
	}
	return out
}

func (p *pages) episodeForm(c *web.Context) (web.Page, error) {
	who, all, at, err := p.entry(c, episodeIDs)
	if err != nil {
		return web.Page{}, err
	}
	f := c.NewForm()
	if at >= 0 {
		fillEpisode(f, all.Episodes[at])
	}
	return p.entryPage(c, f, who, "counsellor/episode", "counsellor.journey.episode_title"), nil
}

func fillEpisode(f *form.Form, e person.Episode) {
	for name, value := range map[string]string{
		"country": e.Country, "role": string(e.Role), "reason": e.Reason, "status": e.Status, "occupation": e.Occupation,
		"return_mode": e.ReturnMode, "programme": e.Programme,
	} {
		f.Set(name, value)
	}
	for name, n := range map[string]int{"from_year": e.FromYear, "until_year": e.UntilYear, "months": e.Months} {
		if n > 0 {
			f.Set(name, strconv.Itoa(n))
		}
	}
	f.SetDate("return_date", e.ReturnDate, "")
}

// saveEpisode writes one time abroad, or takes it out.
func (p *pages) saveEpisode(c *web.Context) (web.Page, error) {
	who, all, at, err := p.entry(c, episodeIDs)
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	var e person.Episode
	if at >= 0 {
		e = all.Episodes[at]
	}
	p.readEpisode(c, f, &e)
	name := fmt.Sprintf("episodes.%d", at)
	switch {
	case f.Pressed("remove") && at >= 0:
		all.Episodes = slices.Delete(all.Episodes, at, at+1)
	case at >= 0:
		all.Episodes[at] = e
	default:
		name = fmt.Sprintf("episodes.%d", len(all.Episodes))
		all.Episodes = append(all.Episodes, e)
	}
	return p.keepEntry(c, f, who, all, name, "counsellor/episode", "counsellor.journey.episode_title")
}

func (p *pages) readEpisode(c *web.Context, f *form.Form, e *person.Episode) {
	e.Country = f.Choice("country", desk.Values(p.words(c).Countries())...)
	f.Require("error.required", "country")
	e.Role = person.EpisodeRole(f.Choice("role", string(person.Destination), string(person.Transit)))
	last := p.today().Year + 1
	e.FromYear, _ = f.Int("from_year", firstYear, last)
	e.UntilYear, _ = f.Int("until_year", firstYear, last)
	e.Months, _ = f.Int("months", 0, maxMonths)
	e.Reason = f.Choice("reason", person.EpisodeReasons()...)
	e.Status = f.Choice("status", person.EpisodeStatuses()...)
	e.Occupation = f.Text("occupation", maxName)
	e.ReturnMode = f.Choice("return_mode", person.ReturnModes()...)
	e.ReturnDate = f.Date("return_date")
	e.Programme = f.Text("programme", maxName)
}

func (p *pages) displacementForm(c *web.Context) (web.Page, error) {
	who, all, at, err := p.entry(c, displacementIDs)
	if err != nil {
		return web.Page{}, err
	}
	f := c.NewForm()
	if at >= 0 {
		d := all.Displacements[at]
		for name, value := range map[string]string{
			"origin_place": d.OriginPlace, "origin_detail": d.OriginDetail, "cause": d.Cause, "intended_place": d.IntendedPlace,
		} {
			f.Set(name, value)
		}
		f.SetDate("date", d.Date, "")
	}
	return p.entryPage(c, f, who, "counsellor/displacement", "counsellor.journey.displacement_title"), nil
}

// saveDisplacement writes one flight inside the country, or takes it out.
func (p *pages) saveDisplacement(c *web.Context) (web.Page, error) {
	who, all, at, err := p.entry(c, displacementIDs)
	if err != nil {
		return web.Page{}, err
	}
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	var d person.Displacement
	if at >= 0 {
		d = all.Displacements[at]
	}
	w := p.words(c)
	d.OriginPlace = f.Choice("origin_place", desk.Values(w.Places(d.OriginPlace))...)
	d.OriginDetail = f.Text("origin_detail", maxName)
	d.Date = f.Date("date")
	d.Cause = f.Choice("cause", person.DisplacementCauses()...)
	d.IntendedPlace = f.Choice("intended_place", desk.Values(w.Places(d.IntendedPlace))...)
	name := fmt.Sprintf("displacements.%d", at)
	switch {
	case f.Pressed("remove") && at >= 0:
		all.Displacements = slices.Delete(all.Displacements, at, at+1)
	case at >= 0:
		all.Displacements[at] = d
	default:
		name = fmt.Sprintf("displacements.%d", len(all.Displacements))
		all.Displacements = append(all.Displacements, d)
	}
	return p.keepEntry(c, f, who, all, name, "counsellor/displacement", "counsellor.journey.displacement_title")
}

func (p *pages) keepEntry(c *web.Context, f *form.Form, who person.Person, all person.Journey, name, template, title string) (web.Page, error) {
	done, err := p.saveJourney(c, f, who, desk.Version(f), all, name)
	if err != nil {
		return web.Page{}, err
	}
	if done {
		return web.Redirect(personURL(who.ID)+"/journey", "counsellor.journey.saved"), nil
	}
	again(c, f)
	return p.entryPage(c, f, who, template, title), nil
}

// entryPage is the page of one entry. Everything but the country may stay unanswered.
func (p *pages) entryPage(c *web.Context, f *form.Form, who person.Person, template, title string) web.Page {
	w := p.words(c)
	v := journeyForm{
		Form: f, Name: nameOf(who), Action: c.Request.URL.Path, Back: personURL(who.ID) + "/journey", Version: who.Version,
		New: c.Path("entry") == newEntry, Stale: staleNotice(c, f), Countries: w.Abroad(), Places: w.Places(f.Value("origin_place"), f.Value("intended_place")),
		Roles:   desk.Coded(c, "reference.episode_role.", person.Destination, person.Transit),
		Reasons: desk.Coded(c, "reference.episode_reason.", person.EpisodeReasons()...), Statuses: desk.Coded(c, "reference.episode_status.", person.EpisodeStatuses()...),
		Returns: desk.Coded(c, "reference.return_mode.", person.ReturnModes()...), Causes: desk.Coded(c, "reference.displacement_cause.", person.DisplacementCauses()...),
	}
	return web.Page{
		Template: template, Title: c.T(title, "Name", who.Reference), Data: v, Form: f, Nav: home + "/cases",
		Back: &ui.Link{Text: c.T("counsellor.journey.link"), URL: v.Back},
	}
}
