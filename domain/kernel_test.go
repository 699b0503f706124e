package domain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain"
)

func TestParseID(t *testing.T) {
	for in, want := range map[string]domain.ID{
		"0190F5C8-7B2A-7CCC-8B1E-0123456789AB":  "0190f5c8-7b2a-7ccc-8b1e-0123456789ab",
		"0190f5c8-7b2a-7ccc-8b1e-0123456789ab":  "0190f5c8-7b2a-7ccc-8b1e-0123456789ab",
		"0190f5c87b2a7ccc8b1e0123456789ab":      "",
		"0190f5c8-7b2a-7ccc-8b1e-0123456789ag":  "",
		"0190f5c8-7b2a-7ccc-8b1e-0123456789ab ": "",
		"":                                      "",
	} {
		got, err := domain.ParseID(in)
		if got != want || (want == "") != (domain.KindOf(err) == domain.KindNotFound) {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestDates(t *testing.T) {
	day := func(s string) domain.Date {
		d, err := domain.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-12-15", 12, "2027-12-15"}, {"2026-05-10", 0, "2026-05-10"},
	} {
		if got := day(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s plus %d months is %s, want %s", c.from, c.months, got, c.want)
		}
	}
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"2000-02-29", "2026-02-28", 25}, {"2000-02-29", "2026-03-01", 26}, {"2008-11-24", "2026-11-24", 18}, {"2008-11-25", "2026-11-24", 17},
	} {
		if got := day(c.born).YearsUntil(day(c.on)); got != c.want {
			t.Errorf("born %s is %d on %s, want %d", c.born, got, c.on, c.want)
		}
	}
	for _, bad := range []string{"2026-02-30", "2026-2-3", "24/11/2026", "", "2026-13-01"} {
		if _, err := domain.ParseDate(bad); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%q was read as a date (%v)", bad, err)
		}
	}
	kayes := time.FixedZone("", 3600)
	if got := domain.DateOf(time.Date(2026, 11, 24, 0, 30, 0, 0, kayes)).String(); got != "2026-11-24" {
		t.Errorf("the day of a place is %s", got)
	}
}

func TestAddMonthsKeepsTheOrderOfDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := domain.DateOf(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "day")))
		b := a.AddDays(rapid.IntRange(0, 400).Draw(t, "later"))
		n := rapid.IntRange(-60, 60).Draw(t, "months")
		if b.AddMonths(n).Before(a.AddMonths(n)) {
			t.Fatalf("%s is before %s, but not after %d months", a, b, n)
		}
	})
}

func TestErrorsSayWhatAndNothingPersonal(t *testing.T) {
	cause := errors.New("connection reset")
	err := fmt.Errorf("outer: %w", domain.Unavailable("store.Ping", cause))
	if domain.KindOf(err) != domain.KindUnavailable || !errors.Is(err, cause) {
		t.Errorf("kind %q, cause kept: %v", domain.KindOf(err), errors.Is(err, cause))
	}
	var f domain.Fields
	if f.Err("op") != nil {
		t.Error("no field is wrong, and still an error")
	}
	f.Check(true, "name", "error.required")
	f.Check(false, "phones.0.number", "error.phone", "Country", "MLI")
	err = f.Err("person.Create")
	if got := err.Error(); got != "person.Create: invalid phones.0.number=error.phone" {
		t.Errorf("says %q", got)
	}
	if domain.KindOf(errors.New("x")) != "" {
		t.Error("an error nobody classified has a kind")
	}
}

func TestMachineFindsWhatLeavesAState(t *testing.T) {
	m := domain.Machine{
		Noun: "door", Initial: "open", States: []domain.State{"open", "shut", "gone"}, Final: []domain.State{"gone"},
		Transitions: []domain.Transition{
			{Name: "shut", From: []domain.State{"open"}, To: "shut", Who: []domain.Role{domain.RoleCounsellor}},
			{Name: "burn", To: "gone", Who: []domain.Role{domain.RoleLead}, Needs: []string{domain.NeedReason}},
		},
	}
	for name, c := range map[string]struct {
		from   domain.State
		ask    string
		role   domain.Role
		reason string
		to     domain.State
		kind   domain.Kind
	}{
		"as the table says":            {"open", "shut", domain.RoleCounsellor, "", "shut", ""},
		"from another state":           {"shut", "shut", domain.RoleCounsellor, "", "", domain.KindConflict},
		"by another role":              {"open", "shut", domain.RoleLead, "", "", domain.KindForbidden},
		"from any live state":          {"shut", "burn", domain.RoleLead, "fire", "gone", ""},
		"not from a final state":       {"gone", "burn", domain.RoleLead, "fire", "", domain.KindConflict},
		"not from an unknown state":    {"lost", "burn", domain.RoleLead, "fire", "", domain.KindConflict},
		"without what it needs":        {"open", "burn", domain.RoleLead, "", "", domain.KindInvalid},
		"a transition nobody knows":    {"open", "paint", domain.RoleLead, "", "", domain.KindConflict},
		"the role is asked before all": {"open", "burn", domain.RoleCounsellor, "", "", domain.KindForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			to, err := m.Next(c.from, c.ask, c.role, map[string]string{domain.NeedReason: c.reason})
			if to != c.to || domain.KindOf(err) != c.kind {
				t.Errorf("got %q, %v; want %q, %q", to, err, c.to, c.kind)
			}
		})
	}
	var offers []string
	for _, o := range m.Offers("open", domain.RoleLead) {
		offers = append(offers, o.Name)
	}
	if strings.Join(offers, " ") != "burn" {
		t.Errorf("a lead is offered %v at an open door, want burn", offers)
	}
}
