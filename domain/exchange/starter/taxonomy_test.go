package starter_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// What the shipped taxonomy promises.
const (
	minOccupations   = 160
	minSkills        = 700
	minSynonyms      = 3 // everyday words besides the preferred labels; of an occupation, in French
	minSkillsPerWork = 5
)

func TestShippedTaxonomyKeepsItsPromises(t *testing.T) {
	release, err := starter.Taxonomy()
	if err != nil {
		t.Fatal(err)
	}
	classes, err := starter.Classifications()
	if err != nil {
		t.Fatal(err)
	}
	needs := map[string]int{}
	for _, r := range release.Relations {
		needs[r.From]++
	}
	count := map[taxonomy.Kind]int{}
	titles := map[string]string{}
	for _, d := range release.Concepts {
		count[d.Kind]++
		if n := synonyms(d); n < minSynonyms {
			t.Errorf("%s %s has %d everyday synonyms, want %d", d.Kind, d.StarterID, n, minSynonyms)
		}
		for _, l := range d.Labels {
			key := fmt.Sprint(d.Kind, l.Lang, text.Fold(l.Text))
			if l.Preferred && l.Lang != "bm" && titles[key] != "" {
				t.Errorf("%s and %s are both called %q", titles[key], d.StarterID, l.Text)
			}
			if l.Preferred {
				titles[key] = d.StarterID
			}
			if l.Reviewed == (l.Lang == "bm") {
				t.Errorf("%s: only Bambara labels await review: %+v", d.StarterID, l)
			}
			if strings.Contains(l.Text, "  ") || text.Fold(l.Text) == "" {
				t.Errorf("%s has the unusable label %q", d.StarterID, l.Text)
			}
		}
		if d.Kind == taxonomy.Occupation {
			if class, ok := classes.ISCO.Get(d.ISCO); !ok || class.Level != 4 {
				t.Errorf("%s has %q, not an ISCO unit group", d.StarterID, d.ISCO)
			}
			if needs[d.URI] < minSkillsPerWork {
				t.Errorf("%s has %d skills, want %d", d.StarterID, needs[d.URI], minSkillsPerWork)
			}
		}
	}
	if count[taxonomy.Occupation] < minOccupations || count[taxonomy.Skill] < minSkills {
		t.Errorf("%d occupations and %d skills, want %d and %d", count[taxonomy.Occupation], count[taxonomy.Skill], minOccupations, minSkills)
	}
}

// synonyms counts the distinct folded words of a concept that are not its
// preferred labels; for an occupation only French ones.
func synonyms(d taxonomy.Draft) int {
	preferred, seen := map[string]bool{}, map[string]bool{}
	for _, l := range d.Labels {
		if l.Preferred {
			preferred[text.Fold(l.Text)] = true
		}
	}
	for _, l := range d.Labels {
		if key := text.Fold(l.Text); !l.Preferred && !preferred[key] && l.Lang != "bm" && (d.Kind == taxonomy.Skill || l.Lang == "fr") {
			seen[key] = true
		}
	}
	return len(seen)
}

const (
	skillHead      = "id,kind,en,fr,alt_en,alt_fr,bm,esco\n"
	occupationHead = "id,isco,en,fr,alt_en,alt_fr,bm,esco,essential,optional\n"
)

func TestReadTaxonomy(t *testing.T) {
	release, err := starter.ReadTaxonomy(fstest.MapFS{
		"skills_building.csv": {Data: []byte("# ours\n" + skillHead +
			"lay-bricks,skill,lay bricks,poser des briques,bricklaying|,monter un mur|monter un mur | briques,bɛrɛ,\n" +
			"concrete,knowledge,concrete,béton,,,,http://data.europa.eu/esco/skill/1\n")},
		"occupations_building.csv": {Data: []byte(occupationHead +
			"mason,7112,mason,maçon/maçonne,,maçon coffreur,,,lay-bricks,concrete\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(release.Concepts) != 3 || len(release.Relations) != 2 || release.Checksum == "" {
		t.Fatalf("%d concepts, %d relations", len(release.Concepts), len(release.Relations))
	}
	brick, mason := release.Concepts[0], release.Concepts[2]
	var words []string
	for _, l := range brick.Labels {
		words = append(words, fmt.Sprintf("%s:%s:%v:%v", l.Lang, l.Text, l.Preferred, l.Reviewed))
	}
	want := []string{
		"en:lay bricks:true:true", "en:bricklaying:false:true", "fr:poser des briques:true:true",
		"fr:monter un mur:false:true", "fr:briques:false:true", "bm:bɛrɛ:true:false",
	}
	if !slices.Equal(words, want) {
		t.Errorf("labels\n%q, want\n%q", words, want)
	}
	if mason.URI != "urn:baara:occupation:mason" || mason.ISCO != "7112" || release.Concepts[1].URI != "http://data.europa.eu/esco/skill/1" {
		t.Errorf("addresses %q %q", mason.URI, release.Concepts[1].URI)
	}
	if r := release.Relations[0]; r.From != mason.URI || r.To != brick.URI || r.Kind != taxonomy.Essential {
		t.Errorf("first relation %+v", r)
	}
}

func TestReadTaxonomyRefuses(t *testing.T) {
	good := skillHead + "a,skill,a,a,,,,\n"
	for name, files := range map[string][2]string{
		"a slug with capitals":         {skillHead + "A,skill,a,a,,,,\n", ""},
		"a slug used twice":            {good + "a,skill,b,b,,,,\n", ""},
		"an unknown kind":              {skillHead + "a,talent,a,a,,,,\n", ""},
		"no French label":              {skillHead + "a,skill,a,,,,,\n", ""},
		"a foreign address":            {skillHead + "a,skill,a,a,,,,http://example.org/skill/1\n", ""},
		"an occupation's address":      {skillHead + "a,skill,a,a,,,,http://data.europa.eu/esco/occupation/1\n", ""},
		"one address for two concepts": {good + "b,skill,b,b,,,,http://data.europa.eu/esco/skill/1\nc,skill,c,c,,,,http://data.europa.eu/esco/skill/1\n", ""},
		"an unknown skill":             {good, occupationHead + "o,7112,o,o,,,,,b,\n"},
		"a skill needed twice":         {good, occupationHead + "o,7112,o,o,,,,,a,a\n"},
		"a missing column":             {"id,en,fr\n", ""},
		"a row too short":              {skillHead + "a,skill\n", ""},
	} {
		folder := fstest.MapFS{"skills_x.csv": {Data: []byte(files[0])}}
		if files[1] != "" {
			folder["occupations_x.csv"] = &fstest.MapFile{Data: []byte(files[1])}
		}
		if _, err := starter.ReadTaxonomy(folder); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func FuzzReadTaxonomy(f *testing.F) {
	f.Add(skillHead+"a,skill,a,a,b|c,d,,\n", occupationHead+"o,7112,o,o,,,,,a,\n")
	f.Add(skillHead+"\"", occupationHead+"o,,,")
	f.Fuzz(func(t *testing.T, skills, occupations string) {
		release, err := starter.ReadTaxonomy(fstest.MapFS{
			"skills_x.csv": {Data: []byte(skills)}, "occupations_x.csv": {Data: []byte(occupations)},
		})
		if err != nil {
			return
		}
		known := map[string]bool{}
		for _, d := range release.Concepts {
			if known[d.URI] {
				t.Errorf("%s twice", d.URI)
			}
			known[d.URI] = true
		}
		for _, r := range release.Relations {
			if !known[r.From] || !known[r.To] {
				t.Errorf("relation %+v leads nowhere", r)
			}
		}
	})
}
