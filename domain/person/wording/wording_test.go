package wording_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/person/wording"
)

// TestOldVersionsAreNeverEdited pins every sentence somebody may have agreed
// to. It fails on an edited version: put the sentence back, and add a version.
func TestOldVersionsAreNeverEdited(t *testing.T) {
	pinned := map[string]string{
		"2026-11":    "ed3d77cc586ef53547d495a6d0beca22b8df06686fe6da56456a7fdf44ffb235",
		"2026-11-27": "10f0f19b755bcae42c5099c148f34fe331b97e891314977e1fc880a777b143f5",
	}
	sums := map[string]string{}
	for _, version := range wording.Versions() {
		h := sha256.New()
		for _, text := range wording.All() {
			if text.Version == version {
				_, _ = fmt.Fprintf(h, "%q %q %q %q\n", text.ID(), text.Since, text.Title, text.Body)
			}
		}
		sums[version] = hex.EncodeToString(h.Sum(nil))
	}
	for version, want := range pinned {
		if sums[version] != want {
			t.Errorf("the texts of %s have the sum %s, want %s: a version is never edited", version, sums[version], want)
		}
	}
	if len(sums) != len(pinned) {
		t.Errorf("%d versions, %d pinned: pin the new one here", len(sums), len(pinned))
	}
}

// TestEveryPurposeIsAskedInEveryLanguage: of the present version nothing falls back.
func TestEveryPurposeIsAskedInEveryLanguage(t *testing.T) {
	if versions := wording.Versions(); versions[len(versions)-1] != wording.Current {
		t.Errorf("people are asked with %s, the newest is %s", wording.Current, versions[len(versions)-1])
	}
	for _, l := range lang.Languages() {
		for _, purpose := range person.Purposes() {
			text := wording.Ask(string(purpose), string(l.Tag))
			if text.Language != string(l.Tag) || text.Title == "" || text.Body == "" || text.Since == "" {
				t.Errorf("%s in %s is %+v", purpose, l.Name, text)
			}
		}
	}
	if named := wording.Ask("sharing", "en").About("Sahel BTP"); named.Title != "Give your name to Sahel BTP" {
		t.Errorf("sharing reads %q", named.Title)
	}
	if old, ok := wording.Of("2026-11", "matching", "ar"); !ok || old.Language != "fr" {
		t.Errorf("a version that was asked in two languages gives %+v, %v in a third", old, ok)
	}
	if _, ok := wording.Of("2019", "matching", "fr"); ok {
		t.Error("a version that never was has a text")
	}
}
