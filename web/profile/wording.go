package profile

import (
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
	"github.com/baara-platform/baara/web"
)

// Ask gives the text a consent is asked with now, in the reader's language.
func Ask(c *web.Context, purpose person.Purpose) wording.Text {
	return marked(c, wording.Ask(string(purpose), string(c.Tag())))
}

// AskIn gives the same in another language, for somebody who reads or hears that one.
func AskIn(c *web.Context, purpose person.Purpose, language lang.Tag) wording.Text {
	return marked(c, wording.Ask(string(purpose), string(language)))
}

// AskFor gives the text that asks whether one employer may have the name. An
// employer that is not to be named publicly is "this employer".
func AskFor(c *web.Context, employer string) wording.Text {
	if employer == "" {
		employer = c.T("public.consent.this_employer")
	}
	return marked(c, wording.Ask(string(person.ForSharing), string(c.Tag())).About(employer))
}

// Told gives the text a consent was given to, in the language it was read in;
// false for one that was collected elsewhere.
func Told(c *web.Context, one person.Consent) (wording.Text, bool) {
	t, known := wording.Of(one.TextVersion, string(one.Purpose), one.Language)
	if one.Purpose == person.ForSharing {
		t = t.About(one.Employer)
	}
	return marked(c, t), known
}

// marked brackets a text as the pseudo-locale does: it is no word of a page.
func marked(c *web.Context, t wording.Text) wording.Text {
	if c.Tag() == lang.Pseudo && t.Title != "" {
		t.Title, t.Body = lang.PseudoOpen+t.Title+lang.PseudoClose, lang.PseudoOpen+t.Body+lang.PseudoClose
	}
	return t
}

// ConsentTitle names a purpose for a heading or a list: of sharing, with whom.
func ConsentTitle(c *web.Context, one person.Consent) string {
	if one.Purpose == person.ForSharing {
		if one.Employer == "" {
			return AskFor(c, "").Title
		}
		return AskFor(c, one.Employer).Title
	}
	return Ask(c, one.Purpose).Title
}
