package lang

import (
	"strings"

	"golang.org/x/text/language"
)

// Negotiate chooses the language of a request: the one asked for in the address (?l=), else the remembered one
// (cookie), else the first language of the browser (Accept-Language) that the catalogue has, else French. Unknown and
// malformed values are skipped.
func (c *Catalogue) Negotiate(asked, remembered, acceptLanguage string) Tag {
	for _, candidate := range []string{asked, remembered} {
		if tag, ok := c.Known(candidate); ok {
			return tag
		}
	}
	const longest = 512 // no browser sends more
	if len(acceptLanguage) > longest {
		return French
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return French
	}
	for _, t := range tags {
		base, _ := t.Base()
		if tag, ok := c.Known(base.String()); ok {
			return tag
		}
	}
	return French
}

// Known returns the tag of a language code when the catalogue has it.
func (c *Catalogue) Known(code string) (Tag, bool) {
	tag := Tag(strings.ToLower(code))
	return tag, c.tables[tag] != nil
}
