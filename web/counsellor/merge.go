package counsellor

import (
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

const duplicatesPath = home + "/duplicates"

func mergeURL(id domain.ID) string { return home + "/merges/" + string(id) }

func (p *pages) routesMerges(r *web.Router, desk web.Who) {
	const one = home + "/people/{id}"
	lead := web.Only(domain.RoleLead)
	r.Get(duplicatesPath, "counsellor.duplicates", lead, p.duplicates)
	r.Get(one+"/duplicates", "counsellor.person.duplicates", lead, p.personDuplicates)
	r.Post(one+"/duplicates", "counsellor.person.duplicate", lead, p.otherFile)
	r.Get(one+"/merge/{other}", "counsellor.merge_form", lead, p.mergeForm)
	r.Post(one+"/merge/{other}", "counsellor.merge", lead, p.merge)
	r.Post(one+"/apart/{other}", "counsellor.apart", lead, p.apart)
	r.Get(home+"/merges/{id}", "counsellor.merged", desk, p.merged)
	r.Post(home+"/merges/{id}/undo", "counsellor.unmerge", lead, p.unmerge)
}

type mergeView struct {
	URL, Back, Swap string
	Form            *form.Form
	Kept, Gone      fileSide
	Choices         []mergeChoice
	Obstacles       []string
	Notices         []string
	Account         bool
	AccountHint     string
	Accounts        []ui.Option
	Max             int
	Versions        [2]int
	Apart           ui.Button
}

// fileSide is one of the two files, in words.
type fileSide struct {
	Name, URL, Reference string
	Facts                ui.KeyValues
	Parts                []recordPart
}

// mergeChoice is a part both files answer, and not alike.
type mergeChoice struct {
	Field, Label string
	Options      []ui.Option
}

func (p *pages) mergeForm(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.mergePage(c, id, c.NewForm())
}

func (p *pages) mergePage(c *web.Context, id domain.ID, f *form.Form) (web.Page, error) {
	other, err := c.PathID("other")
	if err != nil {
		return web.Page{}, err
	}
	pair, err := p.Merges.Compare(c.Context(), c.Actor, id, other)
	if err != nil {
		return web.Page{}, err
	}
	v := mergeView{
		URL: personURL(id) + "/merge/" + string(other), Back: personURL(id) + "/duplicates", Swap: personURL(other) + "/merge/" + string(id), Form: f,
		Account: pair.Account, AccountHint: "counsellor.merge.account_one", Accounts: desk.Coded(c, "counsellor.merge.account_", "shut", "opens"), Max: person.MaxMergeReason, Versions: [2]int{pair.Survivor.Version, pair.Absorbed.Version},
	}
	for i, side := range []*fileSide{&v.Kept, &v.Gone} {
		who := []person.Person{pair.Survivor, pair.Absorbed}[i]
		if *side, err = p.fileSide(c, who, pair.Registrations[i]); err != nil {
			return web.Page{}, err
		}
	}
	for _, name := range pair.Differences {
		v.Choices = append(v.Choices, mergeChoice{"take_" + name, c.T("counsellor.merge.field." + name), []ui.Option{
			{Value: "ours", Label: p.mergeValue(c, pair.Survivor, name), Hint: pair.Survivor.Reference},
			{Value: "theirs", Label: p.mergeValue(c, pair.Absorbed, name), Hint: pair.Absorbed.Reference},
		}})
		if f.Value("take_"+name) == "" {
			f.Set("take_"+name, "ours")
		}
	}
	for _, o := range pair.Obstacles {
		v.Obstacles = append(v.Obstacles, c.T("counsellor.merge.obstacle_"+o.Kind, "Reference", o.Reference))
	}
	for _, name := range pair.TooMany {
		v.Notices = append(v.Notices, c.T("counsellor.merge.too_many", "List", c.T("counsellor.merge.field."+name)))
	}
	if f.Value("account") == "" {
		f.Set("account", "shut")
	}
	if pair.SurvivorToo {
		v.AccountHint = "counsellor.merge.account_both"
	}
	v.Apart = act(c, c.T("counsellor.merge.apart"), personURL(id)+"/apart/"+string(other), 0)
	return web.Page{
		Template: "counsellor/merge", Title: c.T("counsellor.merge.title", "Kept", pair.Survivor.Reference, "Gone", pair.Absorbed.Reference), Data: v, Form: f, Nav: searchPath,
		Back: &ui.Link{Text: c.T("counsellor.duplicates.of", "Name", v.Kept.Name), URL: v.Back},
	}, nil
}

func (p *pages) fileSide(c *web.Context, who person.Person, r person.Registration) (fileSide, error) {
	side := fileSide{Name: nameOf(who), URL: personURL(who.ID), Reference: who.Reference}
	parts, err := p.recordParts(c, who, false)
	if err != nil {
		return side, err
	}
	side.Parts = parts
	fact := func(key string, value any) { side.Facts = append(side.Facts, ui.KeyValue{Key: c.T(key), Value: value}) }
	fact("counsellor.registry.state", ui.Tag{Text: c.T("reference.registration." + string(r.State)), Tone: registrationTone(r.State)})
	fact("counsellor.registry.since", c.Date(r.RegisteredOn))
	entered, err := p.enteredBy(c, who.Entry)
	fact("counsellor.registry.entered", entered)
	return side, err
}

// mergeValue says what one file answers.
func (p *pages) mergeValue(c *web.Context, who person.Person, name string) string {
	w := p.words(c)
	switch name {
	case "name":
		return who.FullName()
	case "father":
		return who.Father
	case "mother":
		return who.Mother
	case "sex":
		return c.T("reference.sex." + string(who.Sex))
	case "birth":
		return p.born(c, who.Birth)
	case "birth_country":
		return w.Country(who.BirthCountry)
	case "nina":
		return who.NINA
	case "guardian":
		return who.Guardian
	case "guardian_phone":
		return c.Phone(who.GuardianPhone)
	case "residence":
		return p.residence(c, who.Residence)
	case "email":
		return who.Email
	case "language":
		return w.Language(who.Contact.Language)
	case "channel":
		return c.T("reference.channel." + string(who.Channel))
	case "reading":
		return c.T("reference.reading." + string(who.Reading))
	case "accommodation":
		return who.Accommodation
	case "worked_abroad":
		return c.T("counsellor.merge.abroad_" + string(who.WorkedAbroad))
	case "isced":
		return isced(c, *who.ISCED)
	case "available_from":
		return c.Date(who.Mobility.AvailableFrom)
	case "absent_until":
		return c.Date(who.Mobility.AbsentUntil)
	}
	return ""
}

// born says a birth as precisely as it is known.
func (p *pages) born(c *web.Context, b person.Birth) string {
	switch b.Precision {
	case person.BirthDay:
		return c.Date(b.Date)
	case person.BirthAbout:
		return c.T("counsellor.merge.about", "Year", strconv.Itoa(b.Year))
	}
	return strconv.Itoa(b.Year)
}

// merge makes one file of two.
func (p *pages) merge(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	other, err := c.PathID("other")
	if err != nil {
		return web.Page{}, err
	}
	in := person.MakeMerge{SurvivorID: id, AbsorbedID: other, Reason: f.Paragraph("reason", person.MaxMergeReason), Opens: f.Choice("account", "shut", "opens") == "opens"}
	in.SurvivorVersion, _ = f.Int("kept_version", 1, 1<<30)
	in.AbsorbedVersion, _ = f.Int("gone_version", 1, 1<<30)
	for _, name := range person.MergeFields() {
		if f.Choice("take_"+name, "ours", "theirs") == "theirs" {
			in.Theirs = append(in.Theirs, name)
		}
	}
	f.Require("error.required", "reason")
	if !f.Failed() {
		m, err := p.Merges.Make(c.Context(), c.Act(f), in)
		if desk.Settled(err) {
			if err == nil {
				return web.Redirect(mergeURL(m.ID), "counsellor.merge.done"), nil
			}
			return web.Redirect(personURL(id), "counsellor.merge.done"), nil
		}
		if !f.Explain(err) {
			return web.Page{}, err
		}
	}
	again(c, f)
	return p.mergePage(c, id, f)
}

// apart notes that two files are of two people.
func (p *pages) apart(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	other, err := c.PathID("other")
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Merges.Apart(c.Context(), c.Act(f), id, other); !desk.Settled(err) {
		return web.Page{}, err
	}
	return web.Redirect(backTo(f, personURL(id)+"/duplicates"), "counsellor.merge.set_apart"), nil
}

type mergedView struct {
	URL     string
	Heading ui.Heading
	Facts   ui.KeyValues
	Came    ui.TaskList
	Changed []string
	Undo    *ui.Button
	Why     string // it cannot be undone
}

// merged is one merge: what came from where, and what undoing would do.
func (p *pages) merged(c *web.Context) (web.Page, error) {
	id, err := c.PathID("id")
	if err != nil {
		return web.Page{}, err
	}
	return p.mergedPage(c, id, nil)
}

func (p *pages) mergedPage(c *web.Context, id domain.ID, failed *form.Form) (web.Page, error) {
	m, err := p.Merges.Get(c.Context(), c.Actor, id)
	if err != nil {
		return web.Page{}, err
	}
	staff, err := p.staff(c, []domain.ID{m.By, m.UndoneBy})
	if err != nil {
		return web.Page{}, err
	}
	v := mergedView{URL: mergeURL(id), Heading: ui.Heading{Text: c.T("counsellor.merged.title", "Gone", m.Absorbed, "Kept", m.Survivor)}}
	fact := func(key string, value any) { v.Facts = append(v.Facts, ui.KeyValue{Key: c.T(key), Value: value}) }
	fact("counsellor.merged.kept", ui.Link{Text: m.Survivor, URL: personURL(m.SurvivorID)})
	fact("counsellor.merged.gone", ui.Data(m.Absorbed))
	fact("counsellor.merged.at", c.Day(m.At))
	fact("counsellor.merged.by", ui.Data(staff[m.By]))
	fact("counsellor.merged.why", ui.Data(m.Reason))
	fact("counsellor.merged.account", c.T("counsellor.merged.account_"+map[bool]string{true: "opens", false: "shut"}[m.Opens]))
	switch {
	case !m.Live():
		fact("counsellor.merged.undone", c.Day(m.UndoneAt))
		fact("counsellor.merged.undone_by", ui.Data(staff[m.UndoneBy]))
		v.Why = c.T("counsellor.merged.is_undone")
	case !m.FinalAt.IsZero() || !p.Clock.Now().Before(m.Until):
		v.Why = c.T("counsellor.merged.is_final")
	default:
		fact("counsellor.merged.until", c.Day(m.Until))
		if m.Later {
			v.Why = c.T("counsellor.merged.is_later")
		}
	}
	v.Came = p.came(c, m)
	for _, name := range m.Changed {
		v.Changed = append(v.Changed, c.T("counsellor.merge.field."+name))
	}
	if m.Undo {
		undo := act(c, c.T("counsellor.merged.undo"), v.URL+"/undo", m.Version)
		v.Undo = &undo
	}
	return web.Page{
		Template: "counsellor/merged", Title: v.Heading.Text, Data: v, Form: failed, Nav: searchPath,
		Back: &ui.Link{Text: m.Survivor, URL: personURL(m.SurvivorID)},
	}, nil
}

// came lists what the absorbed file brought, each with where it came from.
func (p *pages) came(c *web.Context, m person.Merged) ui.TaskList {
	var out ui.TaskList
	for _, move := range m.Moves {
		task := ui.Task{Title: c.T("counsellor.merged.kind_" + move.Kind), Note: c.T("counsellor.merged.from", "Reference", m.Absorbed)}
		switch move.Kind {
		case "case":
			task.URL = fileURL(move.RecordID)
		case "application":
			task.URL = home + "/applications/" + string(move.RecordID)
		case "placement":
			task.URL = home + "/placements/" + string(move.RecordID)
		}
		if !m.Live() {
			task.URL = ""
		}
		out = append(out, task)
	}
	return out
}

func (p *pages) unmerge(c *web.Context) (web.Page, error) {
	id, f, err := posted(c)
	if err != nil {
		return web.Page{}, err
	}
	_, err = p.Merges.Undo(c.Context(), c.Act(f), id, desk.Version(f))
	if desk.Settled(err) {
		return web.Redirect(mergeURL(id), "counsellor.merged.done"), nil
	}
	if !f.Explain(err) {
		return web.Page{}, err
	}
	again(c, f)
	return p.mergedPage(c, id, f)
}

// joined is what the page of a person says of files that became one with it.
func (p *pages) joined(c *web.Context, id domain.ID) (ui.TaskList, error) {
	merges, err := p.Merges.Of(c.Context(), c.Actor, id)
	if err != nil {
		return nil, err
	}
	var out ui.TaskList
	for _, m := range merges {
		task := ui.Task{
			Title: c.T("counsellor.merged.with", "Reference", m.Absorbed), URL: mergeURL(m.ID), Note: c.Day(m.At),
			Tag: ui.Tag{Text: c.N("counsellor.merged.records", len(m.Moves)), Tone: ui.Info},
		}
		if !m.Live() {
			task.Tag = ui.Tag{Text: c.T("counsellor.merged.tag_undone"), Tone: ui.Quiet}
		}
		out = append(out, task)
	}
	return out, nil
}

// elsewhere leads from a file that was absorbed to the one that stands for it; "" for any other.
func (p *pages) elsewhere(c *web.Context, id domain.ID) (string, error) {
	to, err := p.Merges.SurvivorOf(c.Context(), c.Actor, id)
	if err != nil || to.IsZero() {
		return "", err
	}
	return personURL(to), nil
}

// pairTitle names two files that may be one person's.
func pairTitle(a, b person.Person) string {
	return strings.Join([]string{nameOf(a), nameOf(b)}, " · ")
}
