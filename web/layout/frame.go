package layout

import (
	"html/template"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/ui"
)

// Site is what a deployment says about itself on every page.
type Site struct {
	// Operator runs the service: "Agence nationale pour l’emploi".
	Operator string
	// HelpPhone is the number to call for help, in E.164.
	HelpPhone string
	// Demo says on every page that the data is invented.
	Demo bool
	// Local says that the service listens on this computer alone, without a proxy before it.
	Local bool
}

// Frame is everything around a page's body, already translated.
type Frame struct {
	Localizer *lang.Localizer
	Site      Site
	Title     string // of the window; unique among pages
	Body      template.HTML
	Nonce     string // of the content security policy

	Public    bool      // visitors' frame: number to call in the header, other languages below it
	Focused   bool      // one decision a page: no navigation
	Nav       []NavItem // at most five
	Languages []LanguageLink
	Viewer    string // name of who is signed in, "" for nobody
	Account   ui.Link
	SignOut   ui.Button
	Messages  *ui.Link // where a demonstration's messages are read

	Back   *ui.Link
	Errors []ErrorLink
	Said   string // what was just done, after a redirect

	InlineCSS  template.CSS // on a first visit, instead of StyleURL
	StyleURL   string
	ScriptURL  string
	IconURL    string
	NoIndex    bool
	StructData any // schema.org description, as JSON-LD
}

// NavItem is one entry of the navigation.
type NavItem struct {
	Text, URL string
	Current   bool
}

// LanguageLink shows the same page in another language.
type LanguageLink struct {
	Language lang.Language
	URL      string
	Current  bool
}

// ErrorLink is one line of the error summary. Target is the id of the field's first input, "" for the whole form.
type ErrorLink struct {
	Text, Target string
}
