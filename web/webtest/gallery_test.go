package webtest_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/webtest"
)

func TestGalleryRendersEveryComponentInEveryLanguage(t *testing.T) {
	visitor := webtest.Serve(t, webtest.Visitor(), webtest.Gallery())
	staff := webtest.Serve(t, webtest.Signed(domain.RoleCounsellor, "M. Traoré"), webtest.Gallery())
	for _, tag := range []string{"fr", "en", "pt", "bm", "ar", "qps"} {
		for _, address := range []string{
			visitor.URL + webtest.GalleryPath, visitor.URL + webtest.GalleryFormPath, staff.URL + webtest.GalleryStaffPath,
		} {
			t.Run(tag+" "+address[strings.LastIndex(address, "/"):], func(t *testing.T) {
				body := fetch(t, address+"?l="+tag, http.StatusOK)
				if !strings.Contains(body, `<html lang="`+tag+`"`) {
					t.Errorf("not in %s: %.200s", tag, body)
				}
			})
		}
	}
}

func TestFormInErrorKeepsWhatWasTyped(t *testing.T) {
	server := webtest.Serve(t, webtest.Visitor(), webtest.Gallery())
	typed := url.Values{"_token": {"kept-token"}, "name": {"  Awa <b>"}, "phone": {"70 00"}, "trades": {"sewing"}, "birth-year": {"98x"}, "note": {"une\r\nnote"}}
	answer, err := http.PostForm(server.URL+webtest.GalleryFormPath, typed)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	body := string(raw)
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d", answer.StatusCode)
	}
	for _, want := range []string{
		"<title>Erreur : Gallery form – Baara</title>", `value="  Awa &lt;b&gt;"`, `value="70 00"`, `value="98x"`, "une\r\nnote",
		`name="_token" value="kept-token"`, `value="sewing" checked`, `<a href="#f-birth">Date de naissance – Écrivez une date qui existe`, `id="error-summary"`,
		`aria-describedby="f-phone-hint f-phone-error"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("page lacks %s", want)
		}
	}
	if trades, note := strings.Index(body, `href="#f-trades"`), strings.Index(body, `href="#f-note"`); trades < 0 || trades > note {
		t.Error("errors are not in the order of the page")
	}
}

func fetch(t *testing.T, address string, status int) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != status {
		t.Fatalf("%s: status %d, want %d: %.300s", address, answer.StatusCode, status, body)
	}
	return string(body)
}
