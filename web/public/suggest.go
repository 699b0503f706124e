package public

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web"
)

// suggestions is how many concepts are proposed while somebody types.
const suggestions = 8

// suggestion is one proposal, as the script of the form expects it.
type suggestion struct {
	Label string `json:"label"`
	Hint  string `json:"hint,omitempty"`
}

// suggest proposes occupations or skills for the words typed so far. The words are those of the taxonomy: nothing of a
// person is in the question or the answer.
func (p *pages) suggest(c *web.Context) (web.Page, error) {
	words, kind := c.Query("q"), taxonomy.Kind(c.Query("kind"))
	out := []suggestion{}
	if words != "" && utf8.RuneCountInString(words) <= maxQuery {
		found, err := p.Concepts.Search(c.Context(), c.Actor, taxonomy.Query{Kind: kind, Words: words, Lang: string(c.Tag()), Limit: suggestions})
		if err != nil && domain.KindOf(err) != domain.KindInvalid {
			return web.Page{}, err
		}
		for _, m := range found {
			name, _ := m.Concept.Name(string(c.Tag()))
			s := suggestion{Label: name}
			if m.Matched.Text != name {
				s.Hint = m.Matched.Text
			}
			out = append(out, s)
		}
	}
	body, err := json.Marshal(out)
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{File: &web.File{Name: "suggest.json", ContentType: "application/json", Body: body}}, nil
}
