package v1_test

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/api/v1"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/identity"
)

// wayOut is a file that leaves Baara: who may take it, which words must be in
// it, and which may. Everybody else is refused.
type wayOut struct {
	path   string
	sent   url.Values // of the page's form; nil asks the API
	takers []string
	must   []string
	may    []string
}

// inside says that a file goes to somebody in the country.
var inside = url.Values{"recipient": {"Direction nationale"}}

// waysOut are all files that leave, as docs/security.md and docs/privacy.md
// promise them.
func (tale *tale) waysOut() []wayOut {
	// The trail names who works here and at employers, and people by their references. An emergency says why.
	trail := wayOut{takers: []string{"officer"}, must: []string{"staff name", "reference"}, may: []string{"emergency's reason", "firm member", "rival member", "third firm member"}}
	// A copy has what is kept of her, and not what others said in confidence,
	// nor what the service notes about its own work.
	own := []string{
		"given", "family", "father", "mother", "alias", "nina", "guardian", "guardian's phone", "email", "accommodation", "phone", "helper's phone", "phone's helper",
		"residence", "title", "experience's employer", "diploma", "skill", "wish", "reference", "witness", "representative", "representative's phone",
		"programme", "occupation abroad", "origin", "need", "note for file", "goal", "action", "stage's reason", "what she asks", "what she is answered", "paper's title",
	}
	told := []string{"emergency's reason", "why she declines", "why she is refused", "why it ended", "share's reason", "twin's name"} // the absorbed file's name is another name of hers
	out := []wayOut{
		{
			path: "/counsellor/cases/export", sent: inside, takers: []string{"lead", "lead elsewhere"},
			must: []string{"given", "family", "reference", "action"},
		},
		{
			path: "/admin/users/export", sent: inside, takers: []string{"administrator"},
			must: []string{"staff name", "staff address", "firm member", "firm member address", "rival member", "third firm member"},
			may:  []string{"rival member address", "third firm member address", "reference"},
		},
	}
	for _, path := range []string{"/protection/export", v1.Prefix + "/audit/exports"} {
		one := trail
		if one.path = path; !strings.HasPrefix(path, v1.Prefix) {
			one.sent = inside
		}
		out = append(out, one)
	}
	dates := []string{"birth date", "return date", "displaced on"} // as people write them in the one, as programs do in the other
	for format, days := range map[string][]string{"json": dates, "pdf": nil} {
		for path, takers := range map[string][]string{"/me/copy": {"herself", "another jobseeker"}, "/counsellor/people/" + tale.person.id + "/copy": {"referent", "lead"}} {
			out = append(out, wayOut{path: path, sent: url.Values{"format": {format}}, takers: takers, must: slices.Concat(own, days), may: told})
		}
	}
	return out
}

// exports has everybody ask for every file that leaves, and opens those that are
// given.
func (tale *tale) exports(t *testing.T) {
	t.Helper()
	w := tale.w
	elsewhere := w.account(t, identity.NewUser{Role: domain.RoleLead, AgencyID: domain.ID(w.kayes)})
	readers := map[string]caller{
		"officer": tale.officer, "lead": w.fia.inSession(t), "lead elsewhere": elsewhere.inSession(t), "administrator": w.admin.inSession(t), "analyst": w.analyst.inSession(t),
		"referent": w.awa.inSession(t), "colleague": w.moussa.inSession(t), "counsellor elsewhere": w.binta.inSession(t), "guest": tale.counselor.inSession(t),
		"employer": tale.employer, "rival": tale.rival, "visitor": w.visitor, "herself": tale.signedIn, "another jobseeker": w.signInByPhone(t, tale.otherPhone, "kalanso"),
	}
	files := tale.waysOut()
	tale.noneForgotten(t, files)
	for _, f := range files {
		for _, who := range sortedKeys(readers) {
			a := tale.ask(t, readers[who], f)
			taker := slices.Contains(f.takers, who)
			if given := a.code == http.StatusOK && strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment"); given != taker {
				t.Errorf("%s by the %s: status %d, a file %v, want %v", a.asked, who, a.code, given, taker)
				continue
			}
			text := a.whole()
			if taker {
				text += smooth(opened(t, a))
			}
			// Of whose file is somebody else's, there is nothing of hers in it.
			hers := taker && who != "lead elsewhere" && who != "another jobseeker"
			may := map[bool][]string{true: slices.Concat(f.must, f.may)}[hers]
			switch who {
			case "employer":
				may = tale.firm
			case "rival":
				may = tale.rivalFirm
			case "guest":
				may = []string{"staff name"} // the reader's own
			case "herself":
				may = append(may, "reference")
			}
			if leaks := tale.canaries.leaks(text, may...); len(leaks) > 0 {
				t.Errorf("%s by the %s, status %d, holds %v", a.asked, who, a.code, leaks)
			}
			for _, place := range f.must {
				if hers && !strings.Contains(text, smooth(tale.canaries.word[place])) {
					t.Errorf("%s by the %s does not hold %s", a.asked, who, place)
				}
			}
		}
	}
}

// ask asks for a file: by the page's form, or by the API.
func (tale *tale) ask(t *testing.T, by caller, f wayOut) answer {
	t.Helper()
	if f.sent == nil {
		return by.post(t, strings.TrimPrefix(f.path, v1.Prefix), object{"recipient": inside.Get("recipient")})
	}
	return crawler{w: tale.w}.post(t, by, f.path, f.sent)
}

// opened is what somebody reads who opens a file, of the kinds there are: who
// adds one tells here how it is opened.
func opened(t *testing.T, a answer) string {
	t.Helper()
	kind, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	must(t, err)
	switch kind {
	case "text/csv", "application/json":
		if bytes.HasPrefix(a.body, []byte("PK")) {
			t.Errorf("%s is an archive, and says it is %s", a.asked, kind)
		}
		return string(a.body)
	case "application/pdf":
		return strings.Join(domaintest.PDFText(t, a.body), "")
	}
	t.Fatalf("%s: nobody has told how %s is opened and searched", a.asked, kind)
	return ""
}

// noneForgotten fails for a way out that is not among the files asked for.
func (tale *tale) noneForgotten(t *testing.T, files []wayOut) {
	t.Helper()
	asked := func(path string) bool {
		return slices.ContainsFunc(files, func(f wayOut) bool { return path == strings.Replace(f.path, tale.person.id, "{id}", 1) })
	}
	ways := 0
	for _, page := range tale.w.server.Site.Routes() {
		if page.Method == http.MethodPost && (strings.HasSuffix(page.Path, "/export") || strings.HasSuffix(page.Path, "/copy")) {
			if ways++; !asked(page.Path) {
				t.Errorf("nobody asks for the file of %s", page.Path)
			}
		}
	}
	for path, item := range tale.w.doc.Paths {
		if item.Post == nil {
			continue
		}
		for status, response := range item.Post.Responses {
			for media := range response.Content {
				if status[0] == '2' && !strings.Contains(media, "json") {
					if ways++; !asked(path) {
						t.Errorf("nobody asks for the %s of %s", media, path)
					}
				}
			}
		}
	}
	if ways < 6 {
		t.Errorf("only %d ways out were found", ways)
	}
}
