package profile

import (
	"strings"

	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/web/ui"
)

// Limits of the answers about phones, in characters.
const (
	maxPhone  = 30
	maxSecret = 100
)

// Phone asks for a number, whose it is and how it may be used, and for the second thing that only the person knows:
// whoever owns a phone does not own the answers.
func Phone(askSecret bool) Question {
	return Question{
		Name: "phone",
		Fill: fillPhone,
		Read: func(a *Asked) error {
			readPhone(a)
			if !askSecret {
				return nil
			}
			a.Secret = a.Form.Text("secret", maxSecret)
			if a.Secret == "" && !a.HasSecret && a.Form.ErrorFor("secret") == nil {
				a.Form.Fail("secret", "error.required")
			}
			return nil
		},
		View: func(a *Asked) (any, error) {
			pack := a.gazetteer().Pack()
			v := phoneView{Prefix: "+" + pack.CallingCode, AskSecret: askSecret, HasSecret: a.HasSecret}
			for _, o := range []person.PhoneOwner{person.OwnPhone, person.SharedPhone, person.HelperPhone} {
				v.Owners = append(v.Owners, ui.Option{Value: string(o), Label: a.T("public.ask.owner." + string(o))})
			}
			for _, ch := range channels() {
				v.Channels = append(v.Channels, ui.Option{
					Value: string(ch), Label: a.T("public.ask.channel." + string(ch)), Hint: a.T("public.ask.channel_hint." + string(ch)),
				})
			}
			return v, nil
		},
	}
}

type phoneView struct {
	Prefix               string
	Owners, Channels     []ui.Option
	AskSecret, HasSecret bool
}

// channels are the ways to be reached that need no e-mail.
func channels() []person.Channel {
	return []person.Channel{person.BySMS, person.ByVoice, person.ByVisit}
}

func fillPhone(a *Asked) error {
	if len(a.Answers.Phones) == 0 {
		return nil // how to be reached has a default, which is no answer yet
	}
	a.Form.Set("channel", string(a.Answers.Channel))
	p := a.Answers.Phones[0]
	a.Form.Set("phones.0.number", a.Phone(p.Number))
	a.Form.Set("phones.0.owner", string(p.Owner))
	return nil
}

// readPhone reads the first number; others of the record stay behind it.
func readPhone(a *Asked) {
	number := a.Form.Text("phones.0.number", maxPhone)
	owner := person.PhoneOwner(a.Form.Choice("phones.0.owner", "own", "shared", "helper"))
	channel := person.Channel(a.Form.Choice("channel", "sms", "voice", "visit"))
	a.Form.Require("error.required", "phones.0.number", "phones.0.owner", "channel")
	if a.Form.Failed() {
		return
	}
	if len(a.Answers.Phones) == 0 {
		a.Answers.Phones = []person.Phone{{}}
	}
	first := &a.Answers.Phones[0]
	if strings.ReplaceAll(a.Phone(first.Number), " ", "") != strings.ReplaceAll(number, " ", "") {
		*first = person.Phone{Number: number}
	}
	first.Owner, first.NeverSMS, first.HelperName = owner, channel != person.BySMS, ""
	if owner == person.HelperPhone {
		first.HelperName = a.Answers.HelperName
	}
	a.Answers.Channel = channel
	if channel == person.ByVoice {
		a.Answers.Reading = person.WantsVoice
	} else if a.Answers.Reading == person.WantsVoice {
		a.Answers.Reading = person.ReadingNotSet
	}
}
