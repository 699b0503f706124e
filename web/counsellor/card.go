package counsellor

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// cardShown is how many skills the short card of a file lists.
const cardShown = 8

// cardView is what a counsellor needs to know of somebody before a call.
type cardView struct {
	Phones   []phoneView
	Facts    ui.KeyValues
	Warnings []string
}

// phoneView is a number with whose it is and how it may be used.
type phoneView struct{ Number, Owner, Hours, NoSMS string }

func (p *pages) phones(c *web.Context, who person.Person) []phoneView {
	var out []phoneView
	for _, n := range who.Phones {
		v := phoneView{Number: n.Number, Owner: c.T("reference.phone_owner." + string(n.Owner))}
		if n.HelperName != "" {
			v.Owner = c.T("counsellor.phone.helper_named", "Name", n.HelperName)
		}
		if n.SafeFrom != "" {
			v.Hours = c.T("counsellor.phone.hours", "From", n.SafeFrom, "Until", n.SafeUntil)
		}
		if n.NeverSMS {
			v.NoSMS = c.T("counsellor.phone.never_sms")
		}
		out = append(out, v)
	}
	return out
}

// card fills the short record, with who is let into the file and what stands in the way.
func (p *pages) card(c *web.Context, f aFile) (cardView, error) {
	who, w := f.who, p.words(c)
	v := cardView{Phones: p.phones(c, who), Warnings: p.warnings(c, who)}
	add := func(key string, value any) { v.Facts = append(v.Facts, ui.KeyValue{Key: c.T(key), Value: value}) }
	if who.Channel != "" {
		add("counsellor.card.channel", c.T("reference.channel."+string(who.Channel)))
	}
	if len(who.Languages) > 0 {
		var spoken []string
		for _, l := range who.Languages {
			spoken = append(spoken, l.Code)
		}
		add("counsellor.card.languages", ui.Data(strings.Join(w.Languages(spoken...), ", ")))
	}
	if who.Reading != "" && who.Reading != person.ReadingNotSet {
		add("counsellor.card.reading", c.T("reference.reading."+string(who.Reading)))
	}
	if who.Accommodation != "" {
		add("counsellor.card.accommodation", ui.Data(who.Accommodation))
	}
	names, err := p.names(c, conceptsOf(who))
	if err != nil {
		return cardView{}, err
	}
	trades, err := profile.TradeNames(c, p.kit(), who.Wishes)
	if err != nil {
		return cardView{}, err
	}
	if len(trades) > 0 {
		add("counsellor.card.wishes", ui.Data(strings.Join(trades, ", ")))
	}
	if tags := skillTags(c, who, names, cardShown); len(tags) > 0 {
		add("counsellor.card.skills", tags)
	}
	if who.ISCED != nil {
		add("counsellor.card.school", isced(c, *who.ISCED))
	}
	p.fileFacts(c, f, add)
	consents, err := p.Consents.Of(c.Context(), c.Actor, who.ID)
	if err != nil {
		return cardView{}, err
	}
	var agreed, not ui.Tags
	for _, purpose := range person.Asked() {
		if tag := (ui.Tag{Text: c.T("counsellor.consent.short_" + string(purpose))}); p.agreed(consents, purpose) == nil {
			tag.Tone = ui.Quiet
			not = append(not, tag)
		} else {
			tag.Tone, tag.Icon = ui.Good, "check"
			agreed = append(agreed, tag)
		}
	}
	if len(agreed) > 0 {
		add("counsellor.consent.agreed_to", agreed)
	}
	if len(not) > 0 {
		add("counsellor.consent.not_agreed_to", not)
	}
	return v, nil
}

// agreed gives the consent that stands for a purpose, nil without one.
func (p *pages) agreed(all []person.Consent, purpose person.Purpose) *person.Consent {
	now := p.Clock.Now()
	i := slices.IndexFunc(all, func(one person.Consent) bool { return one.Purpose == purpose && one.Live(now) })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// consentFacts says for each purpose whether somebody agreed.
func (p *pages) consentFacts(c *web.Context, id domain.ID) (ui.KeyValues, error) {
	consents, err := p.Consents.Of(c.Context(), c.Actor, id)
	if err != nil {
		return nil, err
	}
	var out ui.KeyValues
	for _, purpose := range person.Asked() {
		out = append(out, ui.KeyValue{Key: c.T("counsellor.consent.short_" + string(purpose)), Value: p.consentTag(c, consents, purpose)})
	}
	return out, nil
}

func (p *pages) fileFacts(c *web.Context, f aFile, add func(string, any)) {
	if len(f.Barriers) > 0 {
		var needs ui.Tags
		for _, b := range f.Barriers {
			needs = append(needs, ui.Tag{Text: c.T("reference.barrier." + b.Kind), Tone: ui.Warning})
		}
		add("counsellor.card.needs", needs)
	}
	if len(f.SharedWith) > 0 {
		var with []string
		for _, id := range f.SharedWith {
			name := f.names[id]
			if name == "" {
				name = f.agencies[id]
			}
			with = append(with, name)
		}
		add("counsellor.card.shared", ui.Data(strings.Join(with, ", ")))
	}
}

// consentTag says whether somebody agreed, and until when.
func (p *pages) consentTag(c *web.Context, all []person.Consent, purpose person.Purpose) ui.Tag {
	switch one := p.agreed(all, purpose); {
	case one == nil:
		return ui.Tag{Text: c.T("counsellor.consent.no"), Tone: ui.Quiet}
	case one.ExpiresAt.IsZero():
		return ui.Tag{Text: c.T("counsellor.consent.yes"), Tone: ui.Good, Icon: "check"}
	default:
		return ui.Tag{Text: c.T("counsellor.consent.until", "Date", c.Day(one.ExpiresAt)), Tone: ui.Good, Icon: "check"}
	}
}

// conceptsOf lists the concepts a record is linked to.
func conceptsOf(who person.Person) []domain.ID {
	var ids []domain.ID
	for _, s := range who.Skills {
		ids = append(ids, s.ConceptID)
	}
	for _, e := range who.Experience {
		ids = append(ids, e.OccupationID)
	}
	for _, w := range who.Wishes {
		ids = append(ids, w.OccupationID)
	}
	return ids
}

// skillTags names skills in the person's own words, the proven ones marked; at
// most so many, 0 gives all.
func skillTags(c *web.Context, who person.Person, names names, limit int) ui.Tags {
	var out ui.Tags
	for _, s := range who.Skills {
		if limit > 0 && len(out) == limit {
			out = append(out, ui.Tag{Text: c.N("counsellor.card.more_skills", len(who.Skills)-limit), Tone: ui.Quiet})
			break
		}
		tag := ui.Tag{Text: s.Words}
		if tag.Text == "" {
			tag.Text = names[s.ConceptID]
		}
		if s.Evidence != person.Declared && s.Evidence != "" {
			tag.Icon, tag.Tone = "check", ui.Good
			tag.Text = c.T("counsellor.card.proven", "Skill", tag.Text, "Evidence", c.T("reference.evidence."+string(s.Evidence)))
		}
		out = append(out, tag)
	}
	return out
}
