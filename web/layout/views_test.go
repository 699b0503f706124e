package layout

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/icon"
	"github.com/baara-platform/baara/web/ui"
)

func views(t *testing.T, files map[string]string) (*Views, error) {
	t.Helper()
	catalogue, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	icons, err := icon.Load()
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, body := range files {
		fsys["templates/"+name] = &fstest.MapFile{Data: []byte(body)}
	}
	return New(catalogue, icons, Source{Name: "try", Files: fsys})
}

func TestTemplatesThatWouldFailLaterAreRefused(t *testing.T) {
	for name, body := range map[string]string{
		"style attribute":    `<p style="color:red">`,
		"event handler":      `<button onclick="go()">`,
		"script address":     `<a href="javascript:go()">`,
		"unknown function":   `{{nothing}}`,
		"name of no area":    `{{define "row"}}x{{end}}`,
		"a component's name": `{{define "ui/tag"}}x{{end}}`,
		"syntax":             `{{if}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := views(t, map[string]string{"page.html": body}); err == nil {
				t.Error("parsed")
			}
		})
	}
}

func TestPagesFailInsteadOfShowingHalf(t *testing.T) {
	empty := form.New("token")
	for name, test := range map[string]struct {
		body string
		data any
	}{
		"missing key":      {`{{.Name}}`, map[string]string{}},
		"missing field":    {`{{.Name}}`, struct{ Title string }{}},
		"unknown icon":     {`{{icon "none"}}`, nil},
		"not a component":  {`{{ui .}}`, "text"},
		"unknown option":   {`{{input . "name" "colour" "red"}}`, empty},
		"option of a type": {`{{input . "name" "rows" "three"}}`, empty},
		"half an option":   {`{{input . "name" "label"}}`, empty},
		"unknown type":     {`{{input . "name" "type" "colour"}}`, empty},
		"form without key": {`{{token .}}`, form.Query(nil)},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := views(t, map[string]string{"page.html": test.body})
			if err != nil {
				t.Fatal(err)
			}
			if body, err := v.Body(lang.French, "try/page", test.data); err == nil {
				t.Errorf("rendered %s", body)
			}
		})
	}
}

func TestPagesSpeakTheirLanguageAndEscape(t *testing.T) {
	v, err := views(t, map[string]string{"page.html": `{{t "common.back"}} {{money 1500}} {{data .}} {{phone "+22370000000"}}`})
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[lang.Tag]string{
		lang.French:  "Retour 1\u202f500\u00a0FCFA <bdi translate=\"no\">&lt;Awa&gt;</bdi>",
		lang.English: "Back 1,500\u00a0FCFA <bdi translate=\"no\">&lt;Awa&gt;</bdi>",
	} {
		body, err := v.Body(tag, "try/page", "<Awa>")
		if err != nil || !strings.HasPrefix(string(body), want) {
			t.Errorf("%s: %s %v", tag, body, err)
		}
		if !strings.HasSuffix(string(body), `<a href="tel:+22370000000"><bdi dir="ltr">70 00 00 00</bdi></a>`) {
			t.Errorf("%s: phone in %s", tag, body)
		}
	}
}

func TestComponentsHaveTemplates(t *testing.T) {
	v, err := views(t, map[string]string{"page.html": `{{ui .}}`})
	if err != nil {
		t.Fatal(err)
	}
	for _, component := range []any{
		ui.Link{}, ui.Button{}, ui.Tag{}, ui.Tags{{}}, ui.TaskList{{}}, ui.KeyValues{{Value: "x"}}, ui.Timeline{}, ui.Table{},
		ui.Pager{}, ui.Filters{{}}, ui.Tabs{}, ui.NextAction{}, ui.Notice{}, ui.Path{Steps: []string{"a"}}, ui.Progress{},
		ui.Listen{}, ui.Heading{}, ui.Figures{{}}, ui.DraftBox{}, ui.Field{}, ui.Phone("+22370000000"), ui.Data("Awa"),
		&ui.Notice{}, &ui.NextAction{}, // as an optional part of a view
	} {
		if _, err := v.Body(lang.French, "try/page", component); err != nil {
			t.Errorf("%T: %v", component, err)
		}
	}
}
