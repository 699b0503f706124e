package counsellor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/profile"
	"github.com/baara-platform/baara/web/ui"
)

// maxNumbers is how many phones a record holds, as the rule of the record has it.
const maxNumbers = 5

func proofField(i int) string              { return "skills." + strconv.Itoa(i) + ".evidence" }
func phoneField(i int, part string) string { return fmt.Sprintf("phones.%d.%s", i, part) }

func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, code := range list {
		out[i] = string(code)
	}
	return out
}

type contactView struct {
	Prefix   string
	Phones   []phoneForm
	Owners   []ui.Option
	Channels []ui.Option
	Readings []ui.Option
	Spoken   []ui.Option
}

// phoneForm names the fields of one number.
type phoneForm struct {
	N                                                        int
	Open                                                     bool
	Number, Owner, HelperName, NeverSMS, SafeFrom, SafeUntil string
}

func owners() []person.PhoneOwner {
	return []person.PhoneOwner{person.OwnPhone, person.SharedPhone, person.HelperPhone}
}

func channels() []person.Channel {
	return []person.Channel{person.BySMS, person.ByVoice, person.ByEmail, person.ByVisit}
}

func readings() []person.Reading {
	return []person.Reading{person.ReadsAlone, person.ReadsWithHelp, person.WantsVoice}
}

// contactPart asks how somebody is reached, with all that protects them: whose phone it is, hours, no messages.
func (p *pages) contactPart() profile.Section {
	return profile.Section{
		Title:  "counsellor.part.contact",
		Change: func(in *person.UpdatePerson, a *person.Answers) { in.Contact = &a.Contact },
		Question: profile.Question{
			Name: partContact,
			Fill: func(a *profile.Asked) error { fillContact(a.Context, a.Form, a.Answers.Contact); return nil },
			Read: func(a *profile.Asked) error {
				readContact(a.Context, a.Form, &a.Answers.Contact, desk.Values(p.messageLanguages(a.Context)))
				return nil
			},
			View: func(a *profile.Asked) (any, error) { return p.contactView(a), nil },
		},
	}
}

// messageLanguages are those messages are written or spoken in: the national ones and the working language.
func (p *pages) messageLanguages(c *web.Context) []ui.Option { return p.words(c).LanguageOptions() }

func (p *pages) contactView(a *profile.Asked) contactView {
	v := contactView{
		Prefix: p.words(a.Context).Prefix(), Owners: desk.Coded(a.Context, "reference.phone_owner.", owners()...),
		Channels: desk.Coded(a.Context, "reference.channel.", channels()...), Readings: desk.Coded(a.Context, "reference.reading.", readings()...),
		Spoken: p.messageLanguages(a.Context),
	}
	shown := 0
	for i := range maxNumbers {
		if a.Form.Value(phoneField(i, "number")) != "" {
			shown = i + 1
		}
	}
	for i := range min(shown+1, maxNumbers) {
		v.Phones = append(v.Phones, phoneForm{
			N: i + 1, Open: i < max(shown, 1), Number: phoneField(i, "number"), Owner: phoneField(i, "owner"), HelperName: phoneField(i, "helper_name"),
			NeverSMS: phoneField(i, "never_sms"), SafeFrom: phoneField(i, "safe_from"), SafeUntil: phoneField(i, "safe_until"),
		})
	}
	return v
}

func fillContact(c *web.Context, f *form.Form, k person.Contact) {
	for i, n := range k.Phones {
		f.Set(phoneField(i, "number"), c.Phone(n.Number))
		f.Set(phoneField(i, "owner"), string(n.Owner))
		f.Set(phoneField(i, "helper_name"), n.HelperName)
		if n.NeverSMS {
			f.Set(phoneField(i, "never_sms"), "1")
		}
		f.Set(phoneField(i, "safe_from"), n.SafeFrom)
		f.Set(phoneField(i, "safe_until"), n.SafeUntil)
	}
	f.Set("email", k.Email)
	f.Set("channel", string(k.Channel))
	f.Set("language", k.Language)
	f.Set("accommodation", k.Accommodation)
	if k.Reading != person.ReadingNotSet {
		f.Set("reading", string(k.Reading))
	}
}

// readContact reads the page's fields. A number whose field is empty is taken away; the fields of the others move up with
// theirs, so that a complaint stands beside its number.
func readContact(c *web.Context, f *form.Form, k *person.Contact, languages []string) {
	before := k.Phones
	k.Phones = nil
	for i := range maxNumbers {
		n := readPhone(f, i)
		if n.Number == "" {
			continue
		}
		same := func(o person.Phone) bool { return digits(c.Phone(o.Number)) == digits(n.Number) }
		if at := slices.IndexFunc(before, same); at >= 0 {
			n.Number, n.VerifiedAt = before[at].Number, before[at].VerifiedAt
		}
		k.Phones = append(k.Phones, n)
	}
	moveUp(f)
	k.Email = f.Text("email", maxEmail)
	k.Channel = person.Channel(f.Choice("channel", codes(channels())...))
	k.Reading = person.Reading(f.Choice("reading", codes(readings())...))
	if language := f.Choice("language", languages...); language != "" {
		k.Language = language
	}
	k.Accommodation = f.Text("accommodation", maxText)
}

func readPhone(f *form.Form, i int) person.Phone {
	n := person.Phone{
		Number: f.Text(phoneField(i, "number"), maxPhone), Owner: person.PhoneOwner(f.Choice(phoneField(i, "owner"), codes(owners())...)),
		HelperName: f.Text(phoneField(i, "helper_name"), maxName), NeverSMS: f.Ticked(phoneField(i, "never_sms")),
		SafeFrom: hour(f.Text(phoneField(i, "safe_from"), 5)), SafeUntil: hour(f.Text(phoneField(i, "safe_until"), 5)),
	}
	if n.Number != "" && n.Owner == "" {
		f.Require("error.required", phoneField(i, "owner"))
	}
	return n
}

// moveUp closes the gap an emptied number leaves among the fields.
func moveUp(f *form.Form) {
	to := 0
	for from := range maxNumbers {
		if strings.TrimSpace(f.Value(phoneField(from, "number"))) == "" {
			continue
		}
		for _, part := range []string{"number", "owner", "helper_name", "never_sms", "safe_from", "safe_until"} {
			value := f.Value(phoneField(from, part))
			if from != to {
				f.Set(phoneField(from, part))
				f.Set(phoneField(to, part), value)
			}
		}
		to++
	}
}

// hour completes what people type for an hour: "8" is "08:00", "18h30" is "18:30".
func hour(typed string) string {
	h, m, found := strings.Cut(strings.NewReplacer("h", ":", "H", ":", ".", ":").Replace(typed), ":")
	if typed == "" {
		return ""
	}
	if !found || m == "" {
		m = "00"
	}
	if len(h) == 1 {
		h = "0" + h
	}
	return h + ":" + m
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
