package profile

import (
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// ConsentProof is the data of "profile/proof": what somebody agreed to, as it
// was read to them, how and when. It is made to be printed.
type ConsentProof struct {
	Who      string
	Title    string
	Text     string // "" for a consent collected elsewhere
	TextLang string
	Also     string // the same text in the reader's language, where that is another one
	Facts    ui.KeyValues
	Send     *ui.Button // sends it to the person; nil for who may not, and where no message goes
	Printed  bool       // no message goes by the wishes of the record
}

// Offer adds the button that sends the proof to somebody, where a message goes.
func (v *ConsentProof) Offer(reaches bool, send ui.Button) {
	if v.Printed = !reaches; reaches {
		v.Send = &send
	}
}

// Proof makes the proof of one consent. who is the person's name and reference.
func Proof(c *web.Context, one person.Consent, who, reference string) ConsentProof {
	v := ConsentProof{Who: who, Title: ConsentTitle(c, one), TextLang: one.Language}
	told, known := Told(c, one)
	if known {
		v.Text, v.TextLang = told.Body, told.Language
		if told.Language != string(c.Tag()) {
			here := one
			here.Language = string(c.Tag())
			if also, _ := Told(c, here); also.Language != told.Language {
				v.Also = also.Body
			}
		}
	}
	add := func(key string, value any) {
		v.Facts = append(v.Facts, ui.KeyValue{Key: c.T("jobseeker.proof." + key), Value: value})
	}
	said := func(key, value string) {
		if value != "" {
			add(key, ui.Data(value))
		}
	}
	said("who", who)
	said("reference", reference)
	said("employer", one.Employer)
	add("given", c.Time(one.GivenAt))
	add("mode", c.T("reference.consent_mode."+string(one.Mode)))
	said("witness", one.Witness)
	said("representative", one.Representative)
	said("representative_phone", one.RepresentativePhone)
	said("paper", one.Paper)
	said("basis", one.Basis)
	if !one.ExpiresAt.IsZero() {
		add("until", c.Day(one.ExpiresAt))
	}
	switch {
	case one.Replaced:
		add("replaced", c.Time(one.WithdrawnAt))
	case !one.WithdrawnAt.IsZero():
		add("withdrawn", c.Time(one.WithdrawnAt))
		if one.WithdrawnMode != "" {
			add("withdrawn_mode", c.T("reference.consent_mode."+string(one.WithdrawnMode)))
		}
	}
	add("text", ui.Data(string(one.Purpose)+"/"+one.TextVersion+"/"+one.Language))
	add("number", ui.Data(string(one.ID)))
	if c.Tag() == lang.Pseudo {
		v.TextLang = ""
	}
	return v
}
