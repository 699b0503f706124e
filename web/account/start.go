package account

import (
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// startView is the data of "account/start".
type startView struct {
	Heading, Lead string
	Now           ui.TaskList
	Later         []string
}

// start is the first page of roles whose own pages are still to come: what they can do today, and what will be here.
func (p *pages) start(c *web.Context) (web.Page, error) {
	v := startView{
		Heading: c.T("myaccount.start.analyst"), Lead: c.T("myaccount.start.analyst_lead"),
		Later: []string{c.T("myaccount.start.indicators"), c.T("myaccount.start.charts"), c.T("myaccount.start.exports")},
	}
	v.Now = ui.TaskList{
		{Title: c.T("common.nav.vacancies"), URL: "/vacancies", Note: c.T("myaccount.start.vacancies")},
		{Title: c.T("myaccount.token.title"), URL: tokensPath, Note: c.T("myaccount.start.token")},
	}
	v.Now = append(v.Now, ui.Task{Title: c.T("common.my_account"), URL: home, Note: c.T("myaccount.start.account")})
	return web.Page{Template: "account/start", Title: c.T("common.nav.home"), Data: v}, nil
}
