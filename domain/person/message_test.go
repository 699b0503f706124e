package person

import (
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
)

func TestDelivery(t *testing.T) {
	now := time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)
	own, shared := Phone{Number: "own", Owner: OwnPhone}, Phone{Number: "shared", Owner: SharedPhone}
	silent := Phone{Number: "silent", Owner: OwnPhone, NeverSMS: true}
	tests := map[string]struct {
		contact   Contact
		channel   Channel
		recipient string
		at        time.Time
	}{
		"her own phone first":         {Contact{Channel: BySMS, Phones: []Phone{shared, own}}, BySMS, "own", now},
		"never SMS: the next phone":   {Contact{Channel: BySMS, Phones: []Phone{silent, shared}}, BySMS, "shared", now},
		"never SMS on any: nothing":   {Contact{Channel: BySMS, Phones: []Phone{silent}}, "", "", time.Time{}},
		"never SMS, but wants a call": {Contact{Channel: ByVoice, Phones: []Phone{silent}}, ByVoice, "silent", now},
		"e-mail":                      {Contact{Channel: ByEmail, Email: "a@b.c", Phones: []Phone{own}}, ByEmail, "a@b.c", now},
		"e-mail wanted, none given":   {Contact{Channel: ByEmail, Phones: []Phone{own}}, "", "", time.Time{}},
		"comes by":                    {Contact{Channel: ByVisit, Phones: []Phone{own}}, "", "", time.Time{}},
		"no phone":                    {Contact{Channel: BySMS}, "", "", time.Time{}},
		"safe in the morning":         {Contact{Channel: BySMS, Phones: []Phone{{Number: "n", Owner: OwnPhone, SafeFrom: "08:00", SafeUntil: "12:30"}}}, BySMS, "n", time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)},
		"safe later today":            {Contact{Channel: BySMS, Phones: []Phone{{Number: "n", Owner: OwnPhone, SafeFrom: "21:15", SafeUntil: "22:00"}}}, BySMS, "n", time.Date(2026, 11, 24, 21, 15, 0, 0, time.UTC)},
		"safe now":                    {Contact{Channel: BySMS, Phones: []Phone{{Number: "n", Owner: OwnPhone, SafeFrom: "20:00", SafeUntil: "20:01"}}}, BySMS, "n", now},
		"safe over midnight, and now": {Contact{Channel: BySMS, Phones: []Phone{{Number: "n", Owner: OwnPhone, SafeFrom: "19:00", SafeUntil: "06:00"}}}, BySMS, "n", now},
		"safe over midnight, not yet": {Contact{Channel: BySMS, Phones: []Phone{{Number: "n", Owner: OwnPhone, SafeFrom: "22:00", SafeUntil: "06:00"}}}, BySMS, "n", time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			channel, recipient, at := delivery(test.contact, ownWishes(test.contact), now, time.UTC)
			if channel != test.channel || recipient != test.recipient || !at.Equal(test.at) {
				t.Errorf("%q to %q at %s, want %q to %q at %s", channel, recipient, at, test.channel, test.recipient, test.at)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	today := domain.Date{Year: 2026, Month: time.November, Day: 24}
	fine := Person{
		Identity: Identity{Birth: BornIn(1990, false), NINA: "12345678901234A"}, Contact: Contact{Phones: []Phone{{Number: "x", Owner: OwnPhone}}},
	}
	tests := map[string]struct {
		change func(*Person)
		want   string
	}{
		"nothing odd":       {func(*Person) {}, ""},
		"temporary number":  {func(p *Person) { p.NINA = "TEMP-77" }, "warning.nina"},
		"a child":           {func(p *Person) { p.Birth = BornIn(2020, false); p.GuardianPhone = "y" }, "warning.too_young"},
		"very old":          {func(p *Person) { p.Birth = BornIn(1901, true) }, "warning.too_old"},
		"cannot be reached": {func(p *Person) { p.Phones = nil }, "warning.no_contact"},
		"only a helper's":   {func(p *Person) { p.Phones[0].Owner = HelperPhone }, "warning.helper_phone_only"},
		"guardian unknown":  {func(p *Person) { p.Birth = BornIn(2010, false) }, "warning.guardian_phone"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := fine.clone()
			test.change(&p)
			got := ""
			for _, w := range Warnings(p, today) {
				got += w.Key
			}
			if got != test.want {
				t.Errorf("warnings %q, want %q", got, test.want)
			}
		})
	}
}
