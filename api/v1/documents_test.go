package v1_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
)

// photo is a picture with a word of the camera's in it, as a telephone sends it.
func photo(t *testing.T, word string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		img.Set(x, 10, color.RGBA{200, 30, 30, 255})
	}
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, img, nil))
	note := append([]byte{0xFF, 0xE1, 0, byte(8 + len(word))}, append([]byte("Exif\x00\x00"), word...)...)
	return append(append(bytes.Clone(out.Bytes()[:2]), note...), out.Bytes()[2:]...)
}

// Papers of a file: added, listed, read as an attachment, removed.
func documents(t *testing.T, w *world) {
	j, _ := w.taken(t)
	other := w.registered(t, nil)
	path := "/jobseekers/" + j.id + "/documents"
	paper := func(body []byte, change object) object {
		in := object{"kind": "diploma", "title": "CANARYTITLE CAP maçonnerie", "file": base64.StdEncoding.EncodeToString(body)}
		for name, value := range change {
			in[name] = value
		}
		return in
	}
	picture := photo(t, "CANARYPLACE")
	if !bytes.Contains(picture, []byte("CANARYPLACE")) {
		t.Fatal("the picture does not say where it was taken")
	}
	made := j.post(t, path, paper(picture, nil), key("one-diploma-once")).status(t, http.StatusCreated)
	if again := j.post(t, path, paper(picture, nil), key("one-diploma-once")).status(t, http.StatusCreated); again.text("id") != made.text("id") {
		t.Errorf("repeated: %s, first %s", again.body, made.body)
	}
	if made.text("format") != "jpeg" || made.text("kind") != "diploma" || made.number("size") < 100 {
		t.Errorf("kept: %s", made.body)
	}
	pdf := []byte("%PDF-1.4\nstartxref\n0\n%%EOF\n")
	byStaff := w.awa.post(t, path, paper(pdf, object{"kind": "certificate", "title": ""})).status(t, http.StatusCreated)
	for name, c := range map[string]caller{"she": j.caller, "her counsellor": w.awa, "the lead": w.fia} {
		if got := c.get(t, path).status(t, http.StatusOK); got.len("items") != 2 || got.text("items.0.id") != byStaff.text("id") || strings.Contains(string(got.body), `"file"`) {
			t.Errorf("%s lists %s", name, got.body)
		}
		got := c.get(t, path+"/"+made.text("id")).status(t, http.StatusOK)
		if got.header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment;") ||
			!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a paper goes out with %v", name, got.header)
		}
		if _, err := jpeg.Decode(bytes.NewReader(got.body)); err != nil || bytes.Contains(got.body, []byte("CANARYPLACE")) {
			t.Errorf("%s reads a picture that is broken (%v) or says where it was taken", name, err)
		}
	}
	if got := w.awa.get(t, path+"/"+byStaff.text("id")).status(t, http.StatusOK); !bytes.Equal(got.body, pdf) || got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the PDF came back as %q, %s", got.body, got.header.Get("Content-Type"))
	}

	for _, content := range []string{"", "no base64!"} {
		j.post(t, path, object{"kind": "diploma", "file": content}).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "file", "error.value")
	}
	for name, c := range map[string]struct {
		body []byte
		code string
	}{
		"a page":         {[]byte("<!doctype html><script>alert(1)</script>"), "error.document.format"},
		"a little large": {append([]byte("%PDF-1.4\n"), make([]byte, 5<<20)...), "error.document.large"},
	} {
		t.Log(name)
		j.post(t, path, paper(c.body, nil)).problem(t, http.StatusUnprocessableEntity, "invalid").about(t, "file", c.code)
	}
	j.post(t, path, paper(make([]byte, 7<<20), nil)).problem(t, http.StatusRequestEntityTooLarge, "too_large")
	j.post(t, "/jobseekers/"+j.id+"/rights-requests", object{"kind": "access", "words": strings.Repeat("a", 2<<20)}).problem(t, http.StatusRequestEntityTooLarge, "too_large") // others stay small

	for name, c := range map[string]caller{"another jobseeker": other.caller, "another agency": w.binta, "an employer": w.employer, "the administrator": w.admin, "an analyst": w.analyst} {
		t.Log(name)
		c.get(t, path).problem(t, http.StatusNotFound, "not_found")
		c.get(t, path+"/"+made.text("id")).problem(t, http.StatusNotFound, "not_found")
		c.delete(t, path+"/"+made.text("id")).problem(t, http.StatusNotFound, "not_found")
		c.post(t, path, paper(pdf, nil)).problem(t, http.StatusNotFound, "not_found")
	}
	j.get(t, "/jobseekers/"+other.id+"/documents/"+made.text("id")).problem(t, http.StatusNotFound, "not_found") // hers, by another's address
	j.delete(t, path+"/"+made.text("id")).status(t, http.StatusNoContent)
	j.get(t, path+"/"+made.text("id")).problem(t, http.StatusNotFound, "not_found")
	if got := j.get(t, path).status(t, http.StatusOK); got.len("items") != 1 {
		t.Errorf("after removing one: %s", got.body)
	}
}
