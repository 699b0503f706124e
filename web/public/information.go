package public

import (
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web"
)

// privacy says what is kept of people, why and for how long, and what they may ask for.
func (p *pages) privacy(c *web.Context) (web.Page, error) {
	return web.Page{Template: "public/privacy", Title: c.T("public.privacy.title"), Data: c.Site}, nil
}

// accessibility says how far the pages can be used by everybody and whom to tell where they cannot.
func (p *pages) accessibility(c *web.Context) (web.Page, error) {
	return web.Page{Template: "public/accessibility", Title: c.T("public.accessibility.title"), Data: c.Site}, nil
}

// languagesView is the data of "public/languages".
type languagesView struct {
	Current lang.Tag
	List    []lang.Language
}

// languages lets people choose a language and says which texts no native reader has checked yet.
func (p *pages) languages(c *web.Context) (web.Page, error) {
	return web.Page{Template: "public/languages", Title: c.T("public.languages.title"), Data: languagesView{c.Tag(), lang.Languages()}}, nil
}
