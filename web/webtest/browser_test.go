package webtest_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/webtest"
)

func TestGalleryInABrowser(t *testing.T) {
	browser := webtest.Open(t)
	data := []string{"Gallery for staff", "Gallery form", "Gallery", "Agence pour l’emploi (essai)", "Mes dossiers (47)"}
	visitor := webtest.Serve(t, webtest.Visitor(), webtest.Gallery())
	staff := webtest.Serve(t, webtest.Signed(domain.RoleCounsellor, "M. Traoré"), webtest.Gallery())
	webtest.CheckPage(t, browser, visitor.URL+webtest.GalleryPath, webtest.Options{
		Name: "gallery-visitor", Budget: webtest.Budget{First: 16 << 10, Requests: 4}, Data: data,
	})
	webtest.CheckPage(t, browser, visitor.URL+webtest.GalleryFormPath, webtest.Options{
		Name: "gallery-form", Budget: webtest.PublicFirst(), Data: data,
	})
	webtest.CheckPage(t, browser, staff.URL+webtest.GalleryStaffPath, webtest.Options{
		Name: "gallery-staff", Budget: webtest.Staff(), Data: data,
	})
}

func TestFormInErrorInABrowser(t *testing.T) {
	browser := webtest.Open(t)
	server := webtest.Serve(t, webtest.Visitor(), webtest.Gallery())
	for name, view := range map[string]webtest.View{
		"scripts": webtest.Phone(), "desktop": webtest.Desktop(), "noscript": {Width: 360, Height: 640, NoScript: true},
	} {
		t.Run(name, func(t *testing.T) {
			tab := browser.Tab(t, view)
			tab.Open(server.URL + webtest.GalleryFormPath)
			tab.Do(
				chromedp.SendKeys("#f-name", "Awa"),
				chromedp.Click("button.btn", chromedp.NodeVisible),
				chromedp.WaitVisible("#error-summary"),
			)
			browser.Shot(tab, "gallery-error-"+name)
			if kept := webtest.Evaluate[string](tab, `document.getElementById('f-name').value`); kept != "Awa" {
				t.Errorf("name became %q", kept)
			}
			if !view.NoScript {
				if at := webtest.Evaluate[string](tab, `document.activeElement.id`); at != "error-summary" {
					t.Errorf("focus is on %q", at)
				}
			}
			webtest.CheckTab(t, browser, tab)
		})
	}
}
