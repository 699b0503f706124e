package phone_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/phone"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, typed, country, want string // want "" for refused
	}{
		{"eight digits of Mali", "70123456", "MLI", "+22370123456"},
		{"in pairs", "70 12 34 56", "MLI", "+22370123456"},
		{"with points", "70.12.34.56", "MLI", "+22370123456"},
		{"with the country code", "+223 70 12 34 56", "MLI", "+22370123456"},
		{"with two zeros", "00223 70123456", "MLI", "+22370123456"},
		{"alpha-2 country", "70123456", "ML", "+22370123456"},
		{"Arabic digits", "٧٠١٢٣٤٥٦", "MLI", "+22370123456"},
		{"pasted with a direction mark", "\u200e70123456", "MLI", "+22370123456"},
		{"Bamako landline", "20 22 34 56", "MLI", "+22320223456"},
		{"seven digits", "7012345", "MLI", ""},
		{"nine digits", "701234567", "MLI", ""},
		{"another country's form", "06 12 34 56 78", "MLI", ""},
		{"France, asked from Mali", "+33 6 12 34 56 78", "MLI", "+33612345678"},
		{"Algeria keeps no leading zero", "0551 23 45 67", "DZA", "+213551234567"},
		{"Côte d'Ivoire keeps it", "07 07 12 34 56", "CIV", "+2250707123456"},
		{"words", "70 CALL ME", "MLI", ""},
		{"nothing", "", "MLI", ""},
		{"only a plus", "+", "MLI", ""},
		{"a number without a country", "70123456", "", ""},
		{"an extension", "70123456 ext 3", "MLI", ""},
		{"sixteen digits, which Germany plans and E.164 does not know", "004920100000000000", "MLI", ""},
		{"very long", strings.Repeat("7", 500), "MLI", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := phone.Parser{}.Parse(test.typed, test.country)
			if got != test.want || (err == nil) != (test.want != "") {
				t.Errorf("%q gives %q (%v), want %q", test.typed, got, err, test.want)
			}
			if err != nil && domain.KindOf(err) != domain.KindInvalid {
				t.Errorf("error is %v, want Invalid", err)
			}
		})
	}
}

func TestLandline(t *testing.T) {
	for number, want := range map[string]bool{"+22320223456": true, "+22370123456": false, "+12015550123": false, "nonsense": false} {
		if got := (phone.Parser{}).Landline(number); got != want {
			t.Errorf("%s: landline %v, want %v", number, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"70123456", "+223 70 12 34 56", "00", "٧٠", "+", "1;ext=2", "004920100000000000", "\xff\xfe"} {
		f.Add(seed, "MLI")
	}
	e164 := regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	f.Fuzz(func(t *testing.T, typed, country string) {
		got, err := phone.Parser{}.Parse(typed, country)
		if err != nil {
			return
		}
		if !e164.MatchString(got) {
			t.Errorf("%q gives %q", typed, got)
		}
		if again, err := (phone.Parser{}).Parse(got, country); err != nil || again != got {
			t.Errorf("%q read again gives %q (%v)", got, again, err)
		}
		if strings.HasPrefix(got, "+223") && len(got) != 12 {
			t.Errorf("a number of Mali with %d digits", len(got)-4)
		}
	})
}
