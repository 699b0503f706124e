package counsellor

import (
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// recordPart is a part of a record, each line with the page that changes it.
type recordPart struct {
	ID, Title string
	Facts     ui.KeyValues
}

// nameOf is how somebody is called on the desk; the reference stands in for somebody without a name.
func nameOf(who person.Person) string { return fullName(who.Given, who.Family, who.Reference) }

// personFacts are the facts under the name of somebody without a file.
func (p *pages) personFacts(c *web.Context, who person.Person) []ui.Fact {
	facts := []ui.Fact{{Icon: "file-text", Text: who.Reference}}
	if age, known := who.Birth.Age(p.today()); known {
		facts = append(facts, ui.Fact{Text: c.N("counsellor.age", age)})
	}
	if at := p.residence(c, who.Residence); at != "" {
		facts = append(facts, ui.Fact{Icon: "map-pin", Text: at})
	}
	return facts
}

// warnings are what staff should look at again.
func (p *pages) warnings(c *web.Context, who person.Person) []string {
	var out []string
	for _, w := range person.Warnings(who, p.today()) {
		out = append(out, c.T("counsellor.warning."+strings.TrimPrefix(w.Key, "warning.")))
	}
	return out
}

// recordParts tells the record in words. What somebody told about themselves comes from the questions they are asked;
// the desk adds what only staff ask.
func (p *pages) recordParts(c *web.Context, who person.Person, may bool) ([]recordPart, error) {
	lines, err := profile.Lines(c, p.kit(), profile.AnswersOf(who))
	if err != nil {
		return nil, err
	}
	edit := func(part string) string {
		if !may {
			return ""
		}
		return personURL(who.ID) + "/edit/" + part
	}
	asked := func(questions ...string) ui.KeyValues {
		var out ui.KeyValues
		for _, line := range lines {
			if slices.Contains(questions, line.Question) {
				out = append(out, ui.KeyValue{Key: line.Key, Value: said(c, line), ChangeURL: edit(line.Question)})
			}
		}
		return out
	}
	own := func(part string, facts ui.KeyValues) ui.KeyValues {
		for i := range facts {
			facts[i].ChangeURL = edit(part)
		}
		return facts
	}
	names, err := p.names(c, conceptsOf(who))
	if err != nil {
		return nil, err
	}
	parts := []recordPart{
		{ID: "identity", Facts: slices.Concat(own(partIdentity, p.identityFacts(c, who)), asked("birth", "groups"))},
		{ID: "contact", Facts: slices.Concat(own(partContact, p.contactFacts(c, who)), asked("home", "around"))},
		{ID: "work", Facts: slices.Concat(asked("trades", "experience"), own("skills", skillFacts(c, who, names)), own(partProof, proofFacts(c, who)), asked("schooling", "languages"),
			own(partAvailability, availabilityFacts(c, who)))},
	}
	for i := range parts {
		parts[i].Title = c.T("counsellor.part." + parts[i].ID)
	}
	return parts, nil
}

func said(c *web.Context, line profile.Line) any {
	if len(line.Words) == 0 {
		return c.T("public.check.nothing")
	}
	if line.Typed {
		return ui.Data(strings.Join(line.Words, " · "))
	}
	return strings.Join(line.Words, " · ")
}

// facts collects what is known; what is not is left out.
type facts struct {
	c    *web.Context
	list ui.KeyValues
}

func (f *facts) add(key, value string) {
	if value != "" {
		f.list = append(f.list, ui.KeyValue{Key: f.c.T(key), Value: ui.Data(value)})
	}
}

func (p *pages) identityFacts(c *web.Context, who person.Person) ui.KeyValues {
	f, w := facts{c: c}, p.words(c)
	f.add("public.check.name", who.FullName())
	for _, a := range who.Aliases {
		f.list = append(f.list, ui.KeyValue{Key: c.T("reference.alias." + string(a.Kind)), Value: ui.Data(a.Name)})
	}
	f.add("counsellor.field.father", who.Father)
	f.add("counsellor.field.mother", who.Mother)
	var nations []string
	for _, n := range who.Nationalities {
		nations = append(nations, w.Country(n))
	}
	f.add("counsellor.field.nationality", strings.Join(nations, ", "))
	f.add("counsellor.field.nina", who.NINA)
	if who.Guardian != "" {
		f.add("public.ask.guardian", strings.TrimSpace(who.Guardian+" "+c.Phone(who.GuardianPhone)))
	}
	return f.list
}

func (p *pages) contactFacts(c *web.Context, who person.Person) ui.KeyValues {
	f := facts{c: c}
	var numbers []string
	for _, n := range who.Phones {
		numbers = append(numbers, c.Phone(n.Number))
	}
	f.add("public.check.phone", strings.Join(numbers, " · "))
	f.add("counsellor.field.email", who.Email)
	f.list = append(f.list, ui.KeyValue{Key: c.T("counsellor.card.channel"), Value: c.T("reference.channel." + string(who.Channel))})
	if who.Reading != person.ReadingNotSet && who.Reading != "" {
		f.list = append(f.list, ui.KeyValue{Key: c.T("counsellor.card.reading"), Value: c.T("reference.reading." + string(who.Reading))})
	}
	f.add("counsellor.field.language", p.words(c).Language(who.Contact.Language))
	f.add("counsellor.card.accommodation", who.Accommodation)
	return f.list
}

// proofFacts counts the skills somebody could prove.
func proofFacts(c *web.Context, who person.Person) ui.KeyValues {
	if len(who.Skills) == 0 {
		return nil
	}
	proven := 0
	for _, s := range who.Skills {
		if s.Evidence != person.Declared {
			proven++
		}
	}
	return ui.KeyValues{{Key: c.T("counsellor.field.proofs"), Value: c.T("counsellor.field.proofs_of", "Proven", proven, "Total", len(who.Skills))}}
}

func skillFacts(c *web.Context, who person.Person, names names) ui.KeyValues {
	if tags := skillTags(c, who, names, 0); len(tags) > 0 {
		return ui.KeyValues{{Key: c.T("counsellor.card.skills"), Value: tags}}
	}
	return ui.KeyValues{{Key: c.T("counsellor.card.skills"), Value: c.T("public.check.nothing")}}
}

func availabilityFacts(c *web.Context, who person.Person) ui.KeyValues {
	free := c.T("counsellor.field.available_now")
	if !who.Mobility.AvailableFrom.IsZero() {
		free = c.T("counsellor.field.available_from", "Date", c.Date(who.Mobility.AvailableFrom))
	}
	if !who.Mobility.AbsentUntil.IsZero() {
		free = c.T("counsellor.field.absent_until", "Date", c.Date(who.Mobility.AbsentUntil))
	}
	return ui.KeyValues{{Key: c.T("counsellor.field.availability"), Value: free}}
}

// isced names a level of schooling.
func isced(c *web.Context, level int) string { return c.T("reference.isced." + strconv.Itoa(level)) }
