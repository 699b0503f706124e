package profile

import (
	"context"
	"embed"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/place"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Area gives the questions' templates to web.New. It has no pages of its own.
func Area() web.Area {
	return web.Area{Templates: layout.Source{Name: "profile", Files: templates}, Register: func(*web.Router) {}}
}

// Kit is what questions look things up in.
type Kit struct {
	Places   Places
	Concepts Concepts
	Linker   taxonomy.Linker
	Clock    domain.Clock
}

// Places gives the present gazetteer.
type Places interface{ Present() *place.Gazetteer }

// Concepts finds and names occupations and skills.
type Concepts interface {
	Link(ctx context.Context, actor domain.Actor, q taxonomy.Query) ([]taxonomy.Match, error)
	Many(ctx context.Context, actor domain.Actor, ids []domain.ID) (map[domain.ID]taxonomy.Concept, error)
	Related(ctx context.Context, actor domain.Actor, id domain.ID) ([]taxonomy.Neighbour, error)
}

// Question is one page's question. Name is the end of its address.
type Question struct {
	Name string
	// Fill puts what was answered into the form.
	Fill func(*Asked) error
	// Read takes what was typed into the answers and notes on the form what must be changed.
	Read func(*Asked) error
	// View gives the template what it needs beside the form; nil where that is nothing.
	View func(*Asked) (any, error)
	// Due tells whether there is anything to ask after these answers; nil means always.
	Due func(*Asked) (bool, error)
}

// Before gives the question to answer first where this one has nothing to ask yet: both that follow up do so on the trades.
// It is "" where there is something to ask.
func (q Question) Before(a *Asked) (string, error) {
	if q.Due == nil {
		return "", nil
	}
	due, err := q.Due(a)
	if err != nil || due {
		return "", err
	}
	return Trades().Name, nil
}

// Asked is one question put to somebody.
type Asked struct {
	*web.Context
	Kit     Kit
	Form    *form.Form
	Answers *person.Answers
	// Secret is the second thing only the person knows, as typed now; HasSecret says that one was kept before.
	Secret    string
	HasSecret bool
}

// View is the data of the template "profile/question".
type View struct {
	Name string
	Form *form.Form
	Data any
}

// Show makes the view of a question.
func Show(q Question, a *Asked) (View, error) {
	v := View{Name: q.Name, Form: a.Form}
	if q.View == nil {
		return v, nil
	}
	var err error
	v.Data, err = q.View(a)
	return v, err
}

func (a *Asked) gazetteer() *place.Gazetteer { return a.Kit.Places.Present() }

func (a *Asked) today() domain.Date { return domain.DateOf(a.Kit.Clock.Now()) }

// AnswersOf gives a record's parts as answers, to change some of them.
func AnswersOf(p person.Person) person.Answers {
	return person.Answers{
		Identity: p.Identity, Contact: p.Contact, Population: p.Population, Schooling: p.Schooling,
		Experience: p.Experience, Skills: p.Skills, Languages: p.Languages, Licences: p.Licences,
		Mobility: p.Mobility, Wishes: p.Wishes,
	}
}
