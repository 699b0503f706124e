package form

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
)

func typed(values url.Values) *Form { return Query(values) }

func one(name, value string) *Form { return typed(url.Values{name: {value}}) }

func TestText(t *testing.T) {
	for _, test := range []struct{ name, typed, want, wrong string }{
		{"empty", "", "", ""},
		{"spaces", "  Awa   Traoré ", "Awa Traoré", ""},
		{"composed", "Traore\u0301", "Traoré", ""},
		{"Bambara letters", "Kɔnɛ Ɲaman", "Kɔnɛ Ɲaman", ""},
		{"as long as allowed", strings.Repeat("é", 20), strings.Repeat("é", 20), ""},
		{"too long", strings.Repeat("é", 21), "", "error.too_long"},
		{"control character", "Awa\x00", "", "error.not_text"},
		{"broken text", "Awa\xff", "", "error.not_text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := one("name", test.typed)
			if got := f.Text("name", 20); got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
			expectError(t, f, "name", test.wrong)
			if f.Value("name") != test.typed {
				t.Errorf("kept %q", f.Value("name"))
			}
		})
	}
}

func TestParagraphKeepsLines(t *testing.T) {
	f := one("note", "\r\nPremière\r\ndeuxième \r\n")
	if got := f.Paragraph("note", 100); got != "Première\ndeuxième" {
		t.Errorf("%q", got)
	}
}

func TestSecretIsReadOnceAndNotShownAgain(t *testing.T) {
	f := one("password", " secret ")
	if got := f.Secret("password", 100); got != " secret " {
		t.Errorf("%q", got)
	}
	if f.Value("password") != "" {
		t.Error("shown again")
	}
}

func TestInt(t *testing.T) {
	for _, test := range []struct {
		typed string
		want  int
		given bool
		wrong string
	}{
		{"", 0, false, ""},
		{" 3 ", 3, true, ""},
		{"1\u202f200", 1200, true, ""},
		{"-1", 0, false, "error.number_range"},
		{"1201", 0, false, "error.number_range"},
		{"trois", 0, false, "error.number"},
		{"3,5", 0, false, "error.number"},
		{"99999999999999999999", 0, false, "error.number"},
	} {
		t.Run(test.typed, func(t *testing.T) {
			f := one("posts", test.typed)
			if n, given := f.Int("posts", 0, 1200); n != test.want || given != test.given {
				t.Errorf("%d %v, want %d %v", n, given, test.want, test.given)
			}
			expectError(t, f, "posts", test.wrong)
		})
	}
}

func TestChoices(t *testing.T) {
	for _, test := range []struct {
		name  string
		typed []string
		want  []string
		wrong string
	}{
		{"none", nil, nil, ""},
		{"two", []string{"a", "b"}, []string{"a", "b"}, ""},
		{"repeated", []string{"a", "a"}, []string{"a"}, ""},
		{"too many", []string{"a", "b", "c"}, nil, "error.too_many_choices"},
		{"invented", []string{"a", "z"}, nil, "error.choice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := typed(url.Values{"trades": test.typed})
			if got := f.Choices("trades", 2, "a", "b", "c"); !reflect.DeepEqual(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
			expectError(t, f, "trades", test.wrong)
		})
	}
	if f := one("sex", "invented"); f.Choice("sex", "f", "m") != "" || f.ErrorFor("sex") == nil {
		t.Error("an invented choice passed")
	}
}

func TestPartialDate(t *testing.T) {
	for _, test := range []struct {
		name, day, month, year, precision string
		want                              domain.Date
		wantPrecision, wrong              string
	}{
		{name: "empty", precision: "day"},
		{name: "exact", day: "27", month: "3", year: "1998", precision: "day", want: date(1998, 3, 27), wantPrecision: "day"},
		{name: "no precision said", day: "27", month: "03", year: "1998", want: date(1998, 3, 27), wantPrecision: "day"},
		{name: "year alone", year: "1998", precision: "day", want: date(1998, 1, 1), wantPrecision: "year"},
		{name: "about", year: "1990", precision: "about", want: date(1990, 1, 1), wantPrecision: "about"},
		{name: "30 February", day: "30", month: "2", year: "1998", wrong: "error.date.invalid"},
		{name: "leap day", day: "29", month: "2", year: "2000", want: date(2000, 2, 29), wantPrecision: "day"},
		{name: "two digits", day: "1", month: "1", year: "98", wrong: "error.date.invalid"},
		{name: "no year", day: "1", month: "1", wrong: "error.date.invalid"},
		{name: "words", day: "un", month: "mars", year: "1998", wrong: "error.date.invalid"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := typed(url.Values{
				"b-day": {test.day}, "b-month": {test.month}, "b-year": {test.year}, "b-precision": {test.precision},
			})
			got, precision := f.PartialDate("b")
			if got != test.want || precision != test.wantPrecision {
				t.Errorf("%v %q, want %v %q", got, precision, test.want, test.wantPrecision)
			}
			expectError(t, f, "b", test.wrong)
		})
	}
}

func TestSetDateShowsOnlyWhatIsKnown(t *testing.T) {
	f := New("token")
	f.SetDate("b", date(1990, 1, 1), PrecisionAbout)
	if f.Value("b-day") != "" || f.Value("b-year") != "1990" || f.Value("b-precision") != "about" {
		t.Errorf("%v", f.values)
	}
}

func TestErrorsComeInThePagesOrder(t *testing.T) {
	f := typed(url.Values{})
	f.Text("name", 10)
	f.Text("phone", 10)
	f.Fail("", "error.state")
	f.Fail("phone", "error.phone")
	f.Fail("phone", "error.required")
	f.Fail("name", "error.required")
	f.Fail("unread", "error.required")
	var got []string
	for _, e := range f.Errors() {
		got = append(got, e.Field+" "+e.Key)
	}
	want := []string{"name error.required", "phone error.phone", " error.state", "unread error.required"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestExplain(t *testing.T) {
	fields := domain.Invalid("op", domain.Field("phone", "error.phone"), domain.Field("posts", "error.number_range", "Min", 1))
	for _, test := range []struct {
		name  string
		err   error
		taken bool
		want  []string
	}{
		{"nothing", nil, false, nil},
		{"fields", fmt.Errorf("outer: %w", fields), true, []string{"phone error.phone", "posts error.number_range"}},
		{"conflict with words", domain.Conflict("op", "error.state"), true, []string{" error.state"}},
		{"stale", domain.Stale("op"), true, []string{" error.kind.stale"}},
		{"too many", domain.TooMany("op", ""), true, []string{" error.kind.too_many"}},
		{"not found", domain.NotFound("op"), false, nil},
		{"forbidden", domain.Forbidden("op"), false, nil},
		{"unclassified", errors.New("disk full"), false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := New("token")
			if taken := f.Explain(test.err); taken != test.taken || f.Failed() != test.taken {
				t.Errorf("taken %v, failed %v", taken, f.Failed())
			}
			var got []string
			for _, e := range f.Errors() {
				got = append(got, e.Field+" "+e.Key)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestRequireSparesFieldsThatAreWrongAlready(t *testing.T) {
	f := typed(url.Values{"phone": {"\x00"}, "name": {"Awa"}})
	f.Text("phone", 10)
	f.Require("error.required", "name", "phone", "place")
	if len(f.Errors()) != 2 || f.ErrorFor("phone").Key != "error.not_text" || f.ErrorFor("place") == nil {
		t.Errorf("%v", f.Errors())
	}
}

func TestParseBoundsWhatIsSent(t *testing.T) {
	for name, body := range map[string]string{
		"too large":       "note=" + strings.Repeat("a", maxBody),
		"too many values": strings.Repeat("a=1&", maxValues+1),
		"malformed":       "name=%zz",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse(posted(body)); domain.KindOf(err) != domain.KindInvalid {
				t.Errorf("error %v", err)
			}
		})
	}
	f, err := Parse(posted("_token=abc&name=Awa"))
	if err != nil || f.Token != "abc" || f.Value("name") != "Awa" {
		t.Errorf("%v %v", f, err)
	}
	if strings.Contains(fmt.Sprint(f), "Awa") {
		t.Error("a logged form shows what was typed")
	}
}

func FuzzFields(f *testing.F) {
	f.Add("name=Awa&posts=3&b-day=1&b-month=1&b-year=1998")
	f.Add("name=%ff%00&posts=9e9&b-year=-1")
	f.Fuzz(func(t *testing.T, body string) {
		form, err := Parse(posted(body))
		if err != nil {
			return
		}
		if name := form.Text("name", 10); len([]rune(name)) > 10 || strings.ContainsAny(name, "\x00\n\r") {
			t.Errorf("text %q", name)
		}
		if n, given := form.Int("posts", 1, 5); given && (n < 1 || n > 5) {
			t.Errorf("number %d", n)
		}
		if d, _ := form.PartialDate("b"); !d.IsZero() && domain.DateOf(d.Time()) != d {
			t.Errorf("date %v", d)
		}
		form.Paragraph("note", 20)
		form.Choices("trades", 2, "a", "b")
		form.Errors()
	})
}

func posted(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func date(y, m, d int) domain.Date { return domain.Date{Year: y, Month: time.Month(m), Day: d} }

func expectError(t *testing.T, f *Form, field, key string) {
	t.Helper()
	e := f.ErrorFor(field)
	switch {
	case key == "" && e != nil:
		t.Errorf("error %s", e.Key)
	case key != "" && (e == nil || e.Key != key):
		t.Errorf("error %v, want %s", e, key)
	}
}
