package paper_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/web/programtest"
	"github.com/baara-platform/baara/web/webtest"
)

const phone = "+22370000091"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sends posts a paper as a browser does and gives the answer's status and page.
func sends(t *testing.T, p *programtest.Program, path string, cookies []*http.Cookie, kind, title, name string, body []byte) (int, string) {
	t.Helper()
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	for field, value := range map[string]string{"_token": strings.ReplaceAll(seal.Secret(), "_", "x"), "kind": kind, "title": title} {
		must(t, form.WriteField(field, value))
	}
	file, err := form.CreateFormFile("file", name)
	must(t, err)
	_, err = file.Write(body)
	must(t, err)
	must(t, form.Close())
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.URL+path, &out)
	must(t, err)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return answered(t, r, cookies)
}

func answered(t *testing.T, r *http.Request, cookies []*http.Cookie) (int, string) {
	t.Helper()
	for _, c := range cookies {
		r.AddCookie(c)
	}
	res, err := webtest.Follow(http.DefaultTransport.RoundTrip, r)
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	must(t, err)
	return res.StatusCode, string(body)
}

// photo is a JPEG with words in a comment, larger than the limit of other forms.
func photo(t *testing.T, words string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 900, 900))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 2654435761 >> 13)
	}
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, img, &jpeg.Options{Quality: 100}))
	comment := append([]byte{0xFF, 0xD8, 0xFF, 0xFE, 0, byte(len(words) + 2)}, words...)
	return append(comment, out.Bytes()[2:]...)
}

// TestPapers: a person adds a photo from a phone, the desk reads it, nobody else does, and nothing of it is in the database in clear.
func TestPapers(t *testing.T) {
	p := programtest.Start(t, programtest.Real)
	who := p.Jobseeker(t, phone, nil)
	her := p.SignedIn(t, phone)
	picture := photo(t, "GPS-CANARY")
	if len(picture) < 1<<20 {
		t.Fatalf("the photo has %d bytes: it does not try the limit of other forms", len(picture))
	}
	if status, page := sends(t, p, "/me/documents", her, "diploma", "CAP couture TITLE-CANARY", "../../evil.html", picture); status != http.StatusSeeOther {
		t.Fatalf("adding answers %d: %s", status, page)
	}
	list, err := p.Documents.List(t.Context(), domain.Actor{Role: domain.RoleJobseeker, PersonID: who.ID}, who.ID)
	must(t, err)
	if len(list) != 1 || list[0].Format != document.JPEG || list[0].Title != "CAP couture TITLE-CANARY" {
		t.Fatalf("kept %+v", list)
	}
	one := "/" + string(list[0].ID)
	desk := p.StaffCookies(t, p.Counsellor(t))
	at := "/counsellor/people/" + string(who.ID) + "/documents"
	somebody := p.Jobseeker(t, "+22370000088", nil)
	if status, page := p.Status(t, "/counsellor/people/"+string(somebody.ID)+"/documents", desk); status != http.StatusOK || strings.Contains(page, "TITLE-CANARY") {
		t.Errorf("somebody else of the agency has the paper as well: %d", status)
	}
	for path, cookies := range map[string][]*http.Cookie{"/me/documents": her, at: desk} {
		if status, page := p.Status(t, path, cookies); status != http.StatusOK || !strings.Contains(page, "TITLE-CANARY") {
			t.Errorf("%s answers %d without the paper", path, status)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+path+one, http.NoBody)
		must(t, err)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		res, err := http.DefaultClient.Do(r)
		must(t, err)
		body, err := io.ReadAll(res.Body)
		must(t, err)
		must(t, res.Body.Close())
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") || res.Header.Get("X-Content-Type-Options") != "nosniff" ||
			res.Header.Get("Content-Type") != "image/jpeg" || !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || strings.Contains(res.Header.Get("Content-Disposition"), "html") {
			t.Errorf("%s is sent with %d %v", path, res.StatusCode, res.Header)
		}
		if _, err := jpeg.Decode(bytes.NewReader(body)); err != nil || bytes.Contains(body, []byte("GPS-CANARY")) {
			t.Errorf("what is sent: %v, or says where it was taken", err)
		}
	}
	var trail int
	must(t, p.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM audit_entries WHERE action = 'document.open' AND record_id = $1 AND person_id = $2`, string(list[0].ID), string(who.ID)).Scan(&trail))
	if trail == 0 {
		t.Error("reading a paper at the desk is no entry of the trail")
	}
	var plain int
	must(t, p.SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM documents d WHERE position('TITLE-CANARY'::bytea IN title) > 0 OR position('\xffd8ff'::bytea IN body) = 1`).Scan(&plain))
	if plain > 0 {
		t.Error("a paper is in the database in clear")
	}
	kayes, err := p.Agencies.Save(t.Context(), domain.System(), identityAgency("KAY-1"))
	must(t, err)
	for name, cookies := range map[string][]*http.Cookie{
		"another agency": p.StaffCookies(t, p.StaffAt(t, domain.RoleCounsellor, kayes.ID, "Mme Sacko")), "an analyst": p.StaffCookies(t, p.StaffAt(t, domain.RoleAnalyst, "", "Observatoire")),
	} {
		for _, path := range []string{at, at + one} {
			if status, _ := p.Status(t, path, cookies); status != http.StatusNotFound {
				t.Errorf("%s gets %d of %s", name, status, path)
			}
		}
	}
	for name, body := range map[string][]byte{"a page as a picture": []byte("<!doctype html><script>alert(1)</script>"), "half a photo": picture[:len(picture)/2], "six megabytes": append(picture, make([]byte, 6<<20)...)} {
		if status, page := sends(t, p, "/me/documents", her, "diploma", "", "photo.jpg", body); status != http.StatusUnprocessableEntity || !strings.Contains(page, "error-summary") && !strings.Contains(page, "Il y a un problème") {
			t.Errorf("%s answers %d", name, status)
		}
	}
	if status, _ := sends(t, p, "/me/consents", her, "diploma", "", "photo.jpg", picture); status != http.StatusRequestEntityTooLarge {
		t.Errorf("another form takes a large body: %d", status)
	}
	must(t, p.Documents.Remove(t.Context(), domain.Actor{Role: domain.RoleJobseeker, PersonID: who.ID}, who.ID, list[0].ID))
	if status, _ := p.Status(t, "/me/documents"+one, her); status != http.StatusNotFound {
		t.Errorf("a removed paper answers %d", status)
	}
}

func TestNoEmployerHasAnActOnPapers(t *testing.T) {
	for _, row := range access.Default().Rows() {
		if row.Action.Noun() == "document" && row.Role != domain.RoleJobseeker && row.Role != domain.RoleCounsellor && row.Role != domain.RoleLead {
			t.Errorf("%s may %s", row.Role, row.Action)
		}
	}
}

// TestAnAccountOfAMergedFile: it is told to come to the agency, and opens the survivor's file once the lead lets it.
func TestAnAccountOfAMergedFile(t *testing.T) {
	p := programtest.Start(t, programtest.Real)
	lead := p.Staff(t, domain.RoleLead).Actor()
	merge := func(first, second string, opens bool) (kept, gone person.Person) {
		kept, gone = p.Jobseeker(t, first, nil), p.Jobseeker(t, second, nil)
		_, err := p.Merges.Make(t.Context(), lead, person.MakeMerge{
			SurvivorID: kept.ID, AbsorbedID: gone.ID, SurvivorVersion: kept.Version, AbsorbedVersion: gone.Version, Opens: opens, Reason: "La même",
		})
		must(t, err)
		return kept, gone
	}
	kept, gone := merge("+22370000092", "+22370000093", false)
	status, page := p.Status(t, "/me", p.SignedIn(t, "+22370000093"))
	if status != http.StatusOK || !strings.Contains(page, "passez à l’agence") || strings.Contains(page, kept.Reference) || !strings.Contains(page, gone.Reference) {
		t.Errorf("the account that was not let in sees %d: %s", status, page)
	}
	kept, _ = merge("+22370000094", "+22370000095", true)
	if status, page := p.Status(t, "/me", p.SignedIn(t, "+22370000095")); status != http.StatusOK || !strings.Contains(page, kept.Reference) {
		t.Errorf("the account that was let in does not open the survivor's file: %d", status)
	}
}
