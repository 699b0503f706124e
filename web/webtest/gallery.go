package webtest

import (
	"embed"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/layout"
	"github.com/baara-platform/baara/web/ui"
)

//go:embed templates/*.html
var templates embed.FS

// Addresses of the gallery: every component, as visitors see pages and as staff do, and a form in error.
const (
	GalleryPath      = "/gallery"
	GalleryStaffPath = "/gallery/staff"
	GalleryFormPath  = "/gallery/form"
)

// Gallery is an area with one page that shows every component. Only tests serve it. Its words are sample data: they
// stand in for names and titles and are marked so for the pseudo-locale check.
func Gallery() web.Area {
	return web.Area{
		Templates: layout.Source{Name: "gallery", Files: templates},
		Register: func(r *web.Router) {
			r.Get(GalleryPath, "gallery.components", web.Anyone(), components)
			r.Get(GalleryStaffPath, "gallery.staff", web.Only(domain.RoleCounsellor), components)
			r.Get(GalleryFormPath, "gallery.form", web.Anyone(), emptyForm)
			r.Post(GalleryFormPath, "gallery.send", web.Anyone(), sendForm)
		},
	}
}

type galleryView struct {
	Heading  ui.Heading
	Next     ui.NextAction
	Path     ui.Path
	Tabs     ui.Tabs
	Tasks    ui.TaskList
	Facts    ui.KeyValues
	Timeline ui.Timeline
	Table    ui.Table
	Empty    ui.Table
	Filters  ui.Filters
	Pager    ui.Pager
	Skills   ui.Tags
	Notices  []ui.Notice
	Figures  ui.Figures
	Listen   ui.Listen
	Buttons  []ui.Button
	Form     *form.Form
	Regions  []ui.Option
}

func components(c *web.Context) (web.Page, error) {
	at := time.Date(2026, time.November, 20, 9, 12, 0, 0, time.UTC)
	view := galleryView{
		Form: c.QueryForm(), Regions: []ui.Option{{Value: "ML-1", Label: "Kayes"}, {Value: "ML-BKO", Label: "Bamako"}},
		Heading: ui.Heading{
			Text: "Aïssata Coulibaly",
			Tags: ui.Tags{{Text: "Accompagnement actif"}, {Text: "Sans contact depuis 21 jours", Tone: ui.Warning, Icon: "triangle-alert"}},
			Facts: []ui.Fact{
				{Icon: "file-text", Text: "Dossier ML-2026-00317"}, {Text: "26 ans"}, {Icon: "map-pin", Text: "Commune IV, Bamako"},
				{Icon: "briefcase", Text: "CDD 6 mois"}, {Icon: "calendar", Text: "Début 5 janvier"}, {Icon: "clock", Text: "Dans 2 semaines"},
			},
		},
		Next: ui.NextAction{
			Heading: "Prochaine action – en retard de 3 jours", Late: true,
			Text: "Appeler pour confirmer la formation couture (début 30 novembre)",
			Buttons: []ui.Button{
				{Text: "Appeler", URL: "tel:+22370000000", Icon: "phone", Small: true},
				{Text: "Envoyer un SMS", URL: "#", Small: true, Secondary: true},
				{Text: "Marquer comme fait", URL: GalleryFormPath, Small: true, Secondary: true, Post: true, Token: "gallery-token"},
			},
		},
		Path:  ui.Path{Label: "Parcours", Steps: []string{"Inscrite", "Diagnostic", "Plan d’action", "Mise en relation", "En emploi", "Suivi 12 mois"}, Current: 2},
		Tabs:  ui.Tabs{Label: "Dossier", Items: []ui.Tab{{Text: "Aperçu", URL: "#", Current: true}, {Text: "Plan d’action", URL: "#"}, {Text: "Candidatures", URL: "#", Count: 2, Counted: true}, {Text: "Documents", URL: "#"}, {Text: "Historique", URL: "#"}}},
		Tasks: tasks(),
		Facts: ui.KeyValues{
			{Key: "Téléphone", Value: ui.Phone("+22370000000"), ChangeURL: "#"},
			{Key: "Langues", Value: "Bamanankan (ŋɛɲɔ), français oral", ChangeURL: "#"},
			{Key: "Lecture", Value: "Avec aide – audio conseillé"},
		},
		Timeline: ui.Timeline{
			{Icon: "message-square", At: at, Title: "SMS envoyé, non lu", Text: "« Formation le 30 nov. Répondez 1 pour oui. »"},
			{Icon: "phone", At: at.AddDate(0, 0, -18), Title: "Appel – 6 min", By: "M. Traoré", Text: "D’accord pour la couture. Garde d’enfant à trouver le matin."},
			{Icon: "user", At: at.AddDate(0, -1, -8), DayOnly: true, Title: "Inscription en ligne"},
		},
		Table: ui.Table{
			Caption: "Candidats et postes par métier",
			Columns: []ui.Column{{Text: "Métier"}, {Text: "État"}, {Text: "Candidats", Number: true}, {Text: "Postes", Number: true}},
			Rows: [][]any{
				{ui.Link{Text: "Maçonnerie", URL: "#"}, ui.Tag{Text: "Publiée", Tone: ui.Good, Icon: "check"}, c.Number(1310), c.Number(420)},
				{"Électricité bâtiment", ui.Tag{Text: "Brouillon", Tone: ui.Quiet}, c.Number(95), c.Number(240)},
			},
		},
		Empty:   ui.Table{Caption: "Vide", Empty: "Aucune offre ne correspond. Enlevez un filtre."},
		Filters: ui.Filters{{Text: "Bamako", RemoveURL: "#"}, {Text: "CDD", RemoveURL: "#"}},
		Pager:   ui.Pager{FirstURL: "#", NextURL: "#", Summary: "Offres 26 à 50"},
		Skills:  ui.Tags{{Text: "Lecture de plan", Tone: ui.Good, Icon: "check"}, {Text: "Coffrage", Tone: ui.Good, Icon: "check"}, {Text: "Conduite d’équipe – formation de 5 jours", Tone: ui.Quiet, Icon: "circle"}},
		Notices: []ui.Notice{
			{Title: "Comment se fait le rang ?", Text: "Le rang vient de règles fixes, visibles sous chaque candidat.", Link: ui.Link{Text: "En savoir plus", URL: "#"}},
			{Tone: ui.Good, Text: "Le plan est enregistré."},
			{Tone: ui.Warning, Text: "Une personne du même nom est inscrite à l’agence de Kayes."},
			{Tone: ui.Bad, Text: "Le message n’est pas parti."},
		},
		Figures: ui.Figures{{Value: c.Number(4812), Text: "personnes inscrites"}, {Value: c.Percent(.31), Text: "en emploi à 6 mois"}, {Value: c.Percent(.68), Text: "joignables"}, {Value: "41 j", Text: "délai médian"}},
		Listen:  ui.Listen{URL: "#", Seconds: 8, Bytes: 23400},
		Buttons: []ui.Button{{Text: "Continuer", URL: "#", Icon: "arrow-right"}, {Text: "Finir plus tard", URL: "#", Secondary: true}},
	}
	title := "Gallery"
	if c.Actor.Role.Staff() {
		title = "Gallery for staff"
	} else {
		view.Next = ui.NextAction{Heading: "Prochaine action – 30 novembre", Text: "Début de la formation couture"}
	}
	back := ui.Link{Text: "Mes dossiers (47)", URL: "#"}
	return web.Page{Template: "gallery/components", Title: title, Data: view, Back: &back}, nil
}

func tasks() ui.TaskList {
	return ui.TaskList{
		{Title: "Refaire la carte NINA", URL: "#", Note: "Fait le 14 octobre", Tag: ui.Tag{Text: "Fait", Tone: ui.Good}},
		{Title: "Formation couture, 6 semaines", URL: "#", Note: "Centre Aoua Keïta · début 30 nov.", Tag: ui.Tag{Text: "À confirmer", Tone: ui.Warning}},
		{Title: "Kit de démarrage (machine)", URL: "#", Tag: ui.Tag{Text: "En cours"}},
		{Title: "Première mise en relation", Note: "Après la formation", Tag: ui.Tag{Text: "Pas commencé", Tone: ui.Quiet}},
	}
}

type galleryForm struct {
	Form     *form.Form
	Progress ui.Progress
	Trades   []ui.Option
	Answers  []ui.Option
	Regions  []ui.Option
	Listen   ui.Listen
}

func emptyForm(c *web.Context) (web.Page, error) { return formPage(c, c.NewForm()), nil }

// sendForm refuses everything, to show a form in error with what was typed.
func sendForm(c *web.Context) (web.Page, error) {
	f, err := c.PostedForm()
	if err != nil {
		return web.Page{}, err
	}
	f.Choices("trades", 3, "masonry", "sewing", "farming", "other")
	f.Text("name", 40)
	f.Text("phone", 20)
	f.Int("posts", 1, 50)
	f.Choice("region", "ML-1", "ML-BKO")
	f.Choice("answer", "yes", "no", "unsaid")
	f.PartialDate("birth")
	f.Paragraph("note", 200)
	f.Ticked("agree")
	for _, name := range []string{"trades", "name", "phone", "posts", "region", "answer", "note", "agree", "occupation"} {
		f.Fail(name, "error.required")
	}
	if f.ErrorFor("birth") == nil {
		f.Fail("birth", "error.date.invalid")
	}
	return formPage(c, f), nil
}

func formPage(c *web.Context, f *form.Form) web.Page {
	back := ui.Link{Text: c.T("common.back"), URL: "#"}
	return web.Page{
		Template: "gallery/form", Title: "Gallery form", Form: f, Focused: true, Back: &back,
		Data: galleryForm{
			Form: f, Progress: ui.Progress{Step: 3, Total: 8}, Listen: ui.Listen{URL: "#", Seconds: 8, Bytes: 23400},
			Trades: []ui.Option{
				{Value: "masonry", Label: "Maçonnerie, chantier", Icon: "hard-hat"}, {Value: "sewing", Label: "Couture", Icon: "scissors"},
				{Value: "farming", Label: "Agriculture, élevage", Icon: "sprout"}, {Value: "mechanics", Label: "Mécanique", Icon: "wrench"},
				{Value: "sales", Label: "Commerce, vente", Icon: "store"}, {Value: "driving", Label: "Conduite", Icon: "truck"},
				{Value: "cooking", Label: "Cuisine", Icon: "cooking-pot"}, {Value: "other", Label: "Autre", Icon: "circle-question-mark"},
			},
			Answers: []ui.Option{{Value: "yes", Label: "Oui", Hint: "Même un petit travail"}, {Value: "no", Label: "Non"}, {Value: "unsaid", Label: "Je préfère ne pas répondre"}},
			Regions: []ui.Option{{Value: "ML-1", Label: "Kayes"}, {Value: "ML-BKO", Label: "Bamako"}},
		},
	}
}
