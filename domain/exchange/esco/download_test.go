package esco_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/exchange/esco"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// shared gives the folder of the real ESCO v1.1.1, or skips.
func shared(t *testing.T) string {
	t.Helper()
	data := os.Getenv("BAARA_SHARED_DATA")
	if data == "" {
		data = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	dir := filepath.Join(data, "esco")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the real ESCO files are not here: set BAARA_SHARED_DATA to a folder with esco/")
	}
	return dir
}

func TestRealDownloadIsReadWhole(t *testing.T) {
	release, _, err := esco.Read([]string{shared(t)}, "")
	if err != nil {
		t.Fatal(err)
	}
	classes, err := starter.Classifications()
	if err != nil {
		t.Fatal(err)
	}
	count, french := map[taxonomy.Kind]int{}, map[taxonomy.Kind]int{}
	known := map[string]bool{}
	for _, d := range release.Concepts {
		known[d.URI] = true
		count[d.Kind]++
		if d.Kind == taxonomy.Occupation && !classes.ISCO.Has(d.ISCO) {
			t.Errorf("%s has the unknown ISCO group %q", d.URI, d.ISCO)
		}
		for _, l := range d.Labels {
			if l.Lang == "fr" && l.Preferred {
				french[d.Kind]++
			}
		}
	}
	if count[taxonomy.Skill] != 13896 || count[taxonomy.Occupation] != 3007 || french[taxonomy.Skill] != 13095 || french[taxonomy.Occupation] != 2740 {
		t.Errorf("concepts %v, with French labels %v", count, french)
	}
	needs, lost := 0, 0
	for _, r := range release.Relations {
		if r.File == "occupationSkillRelations.csv" {
			needs++
			if !known[r.From] || !known[r.To] {
				lost++
			}
		}
	}
	if needs != 123855 || lost != 67 {
		t.Errorf("%d relations of occupations and skills, %d of them lead nowhere; want 123855 and 67", needs, lost)
	}
	if release.Version != "1.1.1" || len(release.Refused) != 0 {
		t.Errorf("version %s, refused %d", release.Version, len(release.Refused))
	}
}
