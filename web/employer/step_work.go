package employer

import (
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type workView struct{ Bureau bool }

// workStep asks what the work is, in the employer's own words, and for how many.
func workStep() step {
	return step{
		name: stepWork,
		fill: func(_ *pages, a *asked, into *form.Form) error {
			into.Set("title", a.fields.Title)
			into.Set("client_name", a.fields.ClientName)
			into.Set("posts", strconv.Itoa(a.fields.Posts))
			return nil
		},
		read: func(_ *pages, a *asked) error {
			a.fields.Title = a.form.Text("title", employer.MaxName)
			if a.org.Kind == employer.KindBureau {
				a.fields.ClientName = a.form.Text("client_name", employer.MaxName)
			}
			posts, given := a.form.Int("posts", 1, employer.MaxPosts)
			a.form.Require("error.required", "title", "posts")
			if given {
				a.fields.Posts = posts
			}
			return nil
		},
		view: func(_ *pages, a *asked) (any, error) { return workView{Bureau: a.org.Kind == employer.KindBureau}, nil },
		compare: func(_ *pages, a *asked) []desk.Compared {
			return []desk.Compared{
				{Name: "title", Label: a.T("employer.step.work.name")}, {Name: "posts", Label: a.T("employer.step.work.posts")},
				{Name: "client_name", Label: a.T("employer.step.work.client")},
			}
		},
	}
}

// proposals is how many occupations are proposed for a title.
const proposals = 6

// noneOfThese is the answer of somebody who finds no proposal right.
const noneOfThese = "none"

// meanings finds the occupations a title may mean, best first.
func (p *pages) meanings(c *web.Context, v employer.Vacancy) ([]taxonomy.Concept, error) {
	found, err := p.Concepts.Link(c.Context(), c.Actor, taxonomy.Query{
		Kind: taxonomy.Occupation, Words: v.Title, Lang: string(c.Tag()), Limit: proposals,
	})
	if domain.KindOf(err) == domain.KindInvalid { // a title of signs alone
		return nil, nil
	}
	out := make([]taxonomy.Concept, len(found))
	for i, m := range found {
		out[i] = m.Concept
	}
	return out, err
}

type occupationView struct {
	Title   string
	Options []ui.Option
}

// occupationStep asks which occupation the title means. Nobody has to choose:
// the title is kept as it is.
func occupationStep() step {
	return step{
		name: stepOccupation,
		fill: func(_ *pages, a *asked, into *form.Form) error {
			into.Set("occupation", string(a.fields.OccupationID))
			return nil
		},
		read: func(p *pages, a *asked) error {
			options, err := p.occupations(a)
			if err != nil {
				return err
			}
			chosen := a.form.Choice("occupation", desk.Values(options)...)
			a.form.Require("error.required", "occupation")
			a.fields.OccupationID = ""
			if chosen != noneOfThese {
				a.fields.OccupationID = domain.ID(chosen)
			}
			return nil
		},
		view: func(p *pages, a *asked) (any, error) {
			options, err := p.occupations(a)
			return occupationView{Title: a.vacancy.Title, Options: options}, err
		},
		compare: func(p *pages, a *asked) []desk.Compared {
			options, err := p.occupations(a)
			if err != nil {
				return nil
			}
			return []desk.Compared{{Name: "occupation", Label: a.T("employer.step.occupation.title"), Options: options}}
		},
	}
}

// occupations are the proposals for the stored title, the chosen one among them.
func (p *pages) occupations(a *asked) ([]ui.Option, error) {
	found, err := p.meanings(a.Context, a.vacancy)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	listed := false
	for _, concept := range found {
		out = append(out, ui.Option{Value: string(concept.ID), Label: nameOf(a.Context, concept)})
		listed = listed || concept.ID == a.vacancy.OccupationID
	}
	if !listed && !a.vacancy.OccupationID.IsZero() {
		concept, err := p.Concepts.Get(a.Context.Context(), a.Actor, a.vacancy.OccupationID)
		if err != nil {
			return nil, err
		}
		out = append([]ui.Option{{Value: string(concept.ID), Label: nameOf(a.Context, concept)}}, out...)
	}
	return append(out, ui.Option{Value: noneOfThese, Label: a.T("employer.step.occupation.none")}), nil
}

func nameOf(c *web.Context, concept taxonomy.Concept) string {
	name, _ := concept.Name(string(c.Tag()))
	return name
}
