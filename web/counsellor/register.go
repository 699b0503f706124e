package counsellor

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const registerPath = home + "/register"

// Whose agency follows somebody registered at the desk.
const (
	agencyOfPlace = "place"
	agencyHere    = "here"
)

// Limits of a registration at the desk.
const (
	maxTrades = 6
	maxSecret = 100
)

type registerView struct {
	Form        *form.Form
	Seen        string // the likely duplicates that were shown
	Likely      []foundItem
	Prefix      string
	Sexes       []ui.Option
	Owners      []ui.Option
	Channels    []ui.Option
	Places      []ui.Option
	Spoken      []ui.Option
	Agencies    []ui.Option
	Consents    consentForm
	MoreNames   bool
	MinorFields bool
}

// registerForm registers somebody who sits at the desk: one page with what a first visit needs. The rest is completed on the
// record, part by part.
func (p *pages) registerForm(c *web.Context) (web.Page, error) {
	f := c.NewForm()
	f.Set("agency", agencyOfPlace)
	f.Set("phones.0.owner", string(person.OwnPhone))
	f.Set("channel", string(person.BySMS))
	f.Set("language", p.Places.Present().Pack().WorkingLanguage)
	return p.registerPage(c, f, nil, ""), nil
}

// enrol registers somebody. Likely duplicates are shown once; sending the form again with them seen registers all the same:
// a warning never refuses anybody.
func (p *pages) enrol(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	in := p.readNewcomer(c, f)
	var likely []foundItem
	seen := ""
	if !f.Failed() {
		likely, seen, err = p.likely(c, c.Act(f), in.Person)
		if id, done := domain.Replayed(err); done {
			return p.enrolled(c, id)
		}
		if err != nil {
			return web.Page{}, err
		}
		if seen == f.Text("seen", maxSeen) || seen == "" {
			return p.create(c, f, in, likely, seen)
		}
	}
	again(c, f)
	return p.registerPage(c, f, likely, seen), nil
}

func (p *pages) create(c *web.Context, f *form.Form, in person.CreatePerson, likely []foundItem, seen string) (web.Page, error) {
	made, err := p.Jobseekers.Create(c.Context(), c.Act(f), in)
	if id, done := domain.Replayed(err); done {
		return p.enrolled(c, id)
	}
	if err != nil {
		if !f.Explain(err) {
			return web.Page{}, err
		}
		again(c, f)
		return p.registerPage(c, f, likely, seen), nil
	}
	return p.enrolled(c, made.ID)
}

// enrolled leads to the new record, or says that the agency of the person's place has it now.
func (p *pages) enrolled(c *web.Context, id domain.ID) (web.Page, error) {
	_, err := p.Jobseekers.Get(c.Context(), c.Actor, id)
	if domain.KindOf(err) == domain.KindNotFound {
		return web.Redirect(registerPath, "counsellor.register.done_elsewhere"), nil
	}
	return web.Redirect(personURL(id), "counsellor.register.done"), err
}

// maxSeen bounds the mark of the duplicates that were shown, in characters.
const maxSeen = 1000

// likely lists who the newcomer may be already, with a mark of that list.
func (p *pages) likely(c *web.Context, actor domain.Actor, who person.Person) ([]foundItem, string, error) {
	list, err := p.Jobseekers.Duplicates(c.Context(), actor, who)
	if err != nil || len(list.List) == 0 {
		return nil, "", err
	}
	found := make([]person.Found, len(list.List))
	marks := make([]string, len(list.List))
	for i, d := range list.List {
		found[i], marks[i] = d.Found, string(d.PersonID)+"/"+string(d.AgencyID)[max(0, len(d.AgencyID)-6):]
	}
	items, err := p.foundItems(c, found)
	for i := range items {
		items[i].NewTab = true
		items[i].Reason = c.T("counsellor.duplicate." + string(list.List[i].Reason))
	}
	return items, strings.Join(marks, " "), err
}

// readNewcomer reads the page in its order.
func (p *pages) readNewcomer(c *web.Context, f *form.Form) person.CreatePerson {
	w := p.words(c)
	var in person.CreatePerson
	who := &in.Person
	readNewIdentity(c, f, &who.Identity)
	if n := readPhone(f, 0); n.Number != "" {
		who.Phones = []person.Phone{n}
	}
	who.Channel = person.Channel(f.Choice("channel", codes(channels())...))
	who.Contact.Language = f.Choice("language", desk.Values(w.LanguageOptions())...)
	who.Residence = person.Residence{
		Kind: person.LivesInPlace, Place: f.Choice("residence.place", desk.Values(w.Places())...), Detail: f.Text("residence.detail", maxName),
	}
	f.Require("error.required", "residence.place")
	for line := range strings.FieldsFuncSeq(f.Paragraph("trades", maxText), func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if words := strings.Join(strings.Fields(line), " "); words != "" && len(who.Wishes) < maxTrades {
			who.Wishes = append(who.Wishes, person.Wish{Words: words})
		}
	}
	in.Consents = readConsents(f, who.Guardian)
	in.Secret = f.Text("secret", maxSecret)
	in.KeepHere = f.Choice("agency", agencyOfPlace, agencyHere) == agencyHere
	f.Require("error.required", "agency")
	return in
}

func readNewIdentity(c *web.Context, f *form.Form, i *person.Identity) {
	readIdentity(f, i, nil)
	i.Sex = person.Sex(f.Choice("sex", string(person.Female), string(person.Male), string(person.SexUnknown)))
	f.Require("error.required", "sex")
	date, precision := f.PartialDate("birth.date")
	switch precision {
	case form.PrecisionDay:
		i.Birth = person.BornOn(date)
	case form.PrecisionYear, form.PrecisionAbout:
		i.Birth = person.BornIn(date.Year, precision == form.PrecisionAbout)
	default:
		if f.ErrorFor("birth.date") == nil {
			f.Fail("birth.date", "public.ask.birth_missing")
		}
	}
	i.Guardian, i.GuardianPhone = f.Text("guardian", maxName), f.Text("guardian_phone", maxPhone)
}

func (p *pages) registerPage(c *web.Context, f *form.Form, likely []foundItem, seen string) web.Page {
	w := p.words(c)
	v := registerView{
		Form: f, Likely: likely, Seen: seen, Prefix: w.Prefix(), Places: w.Places(f.Value("residence.place")), Spoken: w.LanguageOptions(),
		Sexes:  desk.Coded(c, "reference.sex.", person.Female, person.Male, person.SexUnknown),
		Owners: desk.Coded(c, "reference.phone_owner.", owners()...), Channels: desk.Coded(c, "reference.channel.", channels()...),
		Agencies: desk.Coded(c, "counsellor.register.agency_", agencyOfPlace, agencyHere),
		Consents: askConsents(c, f, false, "", person.Asked()...),
	}
	for _, name := range []string{"alias_dit", "father", "mother", "nina"} {
		v.MoreNames = v.MoreNames || f.Value(name) != "" || f.ErrorFor(name) != nil
	}
	for _, name := range []string{"guardian", "guardian_phone"} {
		v.MinorFields = v.MinorFields || f.Value(name) != "" || f.ErrorFor(name) != nil
	}
	page := web.Page{
		Template: "counsellor/register", Title: c.T("counsellor.register.new"), Data: v, Form: f, Nav: searchPath,
		Back: &ui.Link{Text: c.T("counsellor.search.title"), URL: searchPath},
	}
	return page
}
