package public

import (
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
	"github.com/baara-platform/baara/web/vacancy"
)

// newest is how many vacancies the home page shows.
const newest = 3

// homeView is the data of "public/home".
type homeView struct {
	Open      int
	Vacancies ui.TaskList
}

func (p *pages) home(c *web.Context) (web.Page, error) {
	v := homeView{}
	found, err := p.Matches.SearchVacancies(c.Context(), c.Actor, matching.WordSearch{Newest: true, Page: matching.Page{Size: newest}})
	if err == nil { // the service is there also while the index is being built
		v.Open = found.Total
		for _, one := range found.List {
			v.Vacancies = append(v.Vacancies, ui.Task{
				Title: one.Vacancy.Title, URL: vacancyPath(one.Vacancy), Note: vacancy.Where(c, p.Places.Present(), one.Vacancy),
			})
		}
	}
	return web.Page{Template: "public/home", Title: c.T("public.home.title"), Data: v, Nav: "/"}, nil
}
