package esco_test

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/esco"
	"github.com/baara-platform/baara/domain/taxonomy"
)

const (
	masonURI  = "http://data.europa.eu/esco/occupation/a"
	tilerURI  = "http://data.europa.eu/esco/occupation/b"
	bricksURI = "http://data.europa.eu/esco/skill/c"
	mortarURI = "http://data.europa.eu/esco/skill/d"
)

// version11 is the download of v1.1 in miniature: names without language in
// relation files, several lines in a cell.
func version11() map[string]string {
	return map[string]string{
		"occupations_en.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description,code\n" +
			"Occupation," + masonURI + ",7112,bricklayer,\"mason\nbrick  mason\nbricklayer\",brickie,released,2016-07-05T13:58:41Z,,,,\"x,\ny\",\"Lays \"\"bricks\"\".\",7112.1\n" +
			"Occupation," + tilerURI + ",7122,tiler,,,released,,,,,,,\n",
		"skills_en.csv": "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\n" +
			"KnowledgeSkillCompetence," + bricksURI + ",skill/competence,sector-specific,lay bricks,,,released,,,,,\n" +
			"KnowledgeSkillCompetence," + mortarURI + ",knowledge,sector-specific,mortar,,,released,,,,,\n",
		"occupationSkillRelations.csv": "occupationUri,relationType,skillType,skillUri\n" +
			masonURI + ",essential,skill/competence," + bricksURI + "\n" + masonURI + ",optional,knowledge," + mortarURI + "\n",
		"broaderRelationsOccPillar.csv": "conceptType,conceptUri,broaderType,broaderUri\n" +
			"ISCOGroup,http://data.europa.eu/esco/isco/C71,ISCOGroup,http://data.europa.eu/esco/isco/C7\n" +
			"Occupation," + masonURI + ",ISCOGroup,http://data.europa.eu/esco/isco/C7112\n" +
			"Occupation," + tilerURI + ",Occupation," + masonURI + "\n",
		"skillSkillRelations.csv": "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n" +
			bricksURI + ",skill/competence,optional,knowledge," + mortarURI + "\n",
		"ISCOGroups_en.csv":            "conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description\nISCOGroup,http://data.europa.eu/esco/isco/C7,7,Craft,released,,,\n",
		"greenSkillsCollection_en.csv": "conceptType,conceptUri,preferredLabel,status,skillType,reuseLevel,altLabels,description,broaderConceptUri,broaderConceptPT\nKnowledgeSkillCompetence," + bricksURI + ",lay bricks,released,skill/competence,x,green | bricks,,,\n",
		"conceptSchemes_en.csv":        "conceptType,conceptSchemeUri,preferredLabel,title,status,description,hasTopConcept\n",
		"LICENCE.txt":                  "not a table",
	}
}

// version12 has the columns v1.2 added, and a second language.
func version12() map[string]string {
	f := version11()
	delete(f, "occupationSkillRelations.csv")
	f["occupations_en.csv"] = strings.Replace(strings.ReplaceAll(f["occupations_en.csv"], "\nOccupation,", "\nOccupation,"), ",description,code\n", ",description,code,naceCode\n", 1)
	f["occupations_en.csv"] = strings.NewReplacer(",7112.1\n", ",7112.1,http://data.europa.eu/ux2/nace2/41\n", ",released,,,,,,,\n", ",released,,,,,,,,\n").Replace(f["occupations_en.csv"])
	f["occupations_fr.csv"] = "\xef\xbb\xbf" + strings.NewReplacer("bricklayer,\"mason\nbrick  mason\nbricklayer\",brickie", "maçon/maçonne,briqueteur,", "tiler", "carreleur").Replace(f["occupations_en.csv"])
	f["occupationSkillRelations_en.csv"] = "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n" +
		masonURI + ",bricklayer,essential,skill/competence," + bricksURI + ",lay bricks\n" + masonURI + ",bricklayer,optional,knowledge," + mortarURI + ",mortar\n"
	return f
}

func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func archive(t testing.TB, name string, files map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(out)
	for name, content := range files {
		f, err := w.Create("ESCO/" + name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// describe shows a release in a form that can be compared by eye.
func describe(r taxonomy.Release) string {
	var b strings.Builder
	slices.SortFunc(r.Concepts, func(a, b taxonomy.Draft) int { return strings.Compare(a.URI, b.URI) })
	for _, d := range r.Concepts {
		fmt.Fprintf(&b, "%s %s%s", strings.TrimPrefix(d.URI, "http://data.europa.eu/esco/"), d.ISCO, d.SkillKind)
		for _, l := range d.Labels {
			fmt.Fprintf(&b, " %s:%s", l.Lang, l.Text)
			if l.Preferred {
				b.WriteString("*")
			}
		}
		b.WriteString("\n")
	}
	slices.SortFunc(r.Relations, func(a, b taxonomy.DraftRelation) int {
		return strings.Compare(a.From+a.To+string(a.Kind), b.From+b.To+string(b.Kind))
	})
	for _, l := range r.Relations {
		fmt.Fprintf(&b, "%s %s %s\n", l.From[len(l.From)-1:], l.Kind, l.To[len(l.To)-1:])
	}
	return b.String()
}

func TestReadOfficialDownload(t *testing.T) {
	english := "occupation/a 7112 en:bricklayer* en:mason en:brick mason en:brickie\noccupation/b 7122 en:tiler*\n" +
		"skill/c skill en:lay bricks*\nskill/d knowledge en:mortar*\n" + "a essential c\na optional d\nb broader a\nc optional d\n"
	both := "occupation/a 7112 en:bricklayer* en:mason en:brick mason en:brickie fr:maçon/maçonne* fr:briqueteur\noccupation/b 7122 en:tiler* fr:carreleur*\n" +
		"skill/c skill en:lay bricks*\nskill/d knowledge en:mortar*\n" + "a essential c\na optional d\nb broader a\nc optional d\n"
	for _, c := range []struct {
		name, path, version, want string
	}{
		{"a folder of v1.1", folder(t, version11()), "unversioned", english},
		{"an archive of v1.1", archive(t, "esco-1.1.1-classification-en-csv.zip", version11()), "1.1.1", english},
		{"an archive of v1.2 in two languages", archive(t, "ESCO dataset - v1.2.0 - classification - en - csv.zip", version12()), "1.2.0", both},
	} {
		release, _, err := esco.Read([]string{c.path}, "")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := describe(release); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
		if release.Version != c.version || len(release.Refused) != 0 || release.Scheme != taxonomy.SchemeESCO || release.Checksum == "" {
			t.Errorf("%s: version %q, refused %v", c.name, release.Version, release.Refused)
		}
		if !release.Complete[taxonomy.Occupation] || !release.Complete[taxonomy.Skill] || len(release.CompleteLinks) != 3 {
			t.Errorf("%s: complete %v %v", c.name, release.Complete, release.CompleteLinks)
		}
	}
}

func TestPlainListsAddWords(t *testing.T) {
	files := version11()
	files["occupations_fr.csv"] = "conceptUri,preferredLabel,altLabels\n" +
		masonURI + ",maçon/maçonne,maçon|briqueteur | maçon\n" + "http://data.europa.eu/esco/occupation/z,inconnu,\n"
	release, found, err := esco.Read([]string{folder(t, files)}, "1.1.1")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.SplitN(describe(release), "\n", 2)[0], "occupation/a 7112 en:bricklayer* en:mason en:brick mason en:brickie fr:maçon/maçonne* fr:maçon fr:briqueteur"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(release.Words) != 1 || release.Words["http://data.europa.eu/esco/occupation/z"][0].Text != "inconnu" {
		t.Errorf("words for concepts of no list: %v", release.Words)
	}
	if got := release.Languages[taxonomy.Occupation]; !slices.Equal(got, []string{"en", "fr"}) || len(release.Languages[taxonomy.Skill]) != 1 {
		t.Errorf("languages %v", release.Languages)
	}
	uses := map[string]esco.Use{}
	for _, f := range found {
		uses[f.Name] = f.Use
	}
	for name, use := range map[string]esco.Use{
		"occupations_en.csv": esco.UseConcepts, "occupations_fr.csv": esco.UseLabels, "skillSkillRelations.csv": esco.UseLinks,
		"ISCOGroups_en.csv": esco.UseNone, "greenSkillsCollection_en.csv": esco.UseNone,
	} {
		if uses[name] != use {
			t.Errorf("%s is used as %s, want %s", name, uses[name], use)
		}
	}
}

func TestBrokenRowsAreToldAndTheRestIsRead(t *testing.T) {
	head := "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status,isReplacedBy\n"
	release, _, err := esco.Read([]string{folder(t, map[string]string{
		"occupations_en.csv": head +
			"Occupation,http://example.org/x,7112,x,,,\n" +
			"Occupation," + masonURI + ",7112,,,,\n" +
			"Something," + masonURI + ",7112,x,,,\n" +
			"Occupation," + tilerURI + ",71,tiler,,,\n" +
			"Occupation,too few\n" +
			"Occupation," + masonURI + ",7112,mason,,obsolete," + tilerURI + "\n",
		"skills.csv": "conceptUri,preferredLabel,altLabels\n" + bricksURI + ",x,\n",
		"occupationSkillRelations.csv": "occupationUri,relationType,skillType,skillUri\n" +
			masonURI + ",maybe,," + bricksURI + "\n" + masonURI + ",essential,," + tilerURI + "\n" + masonURI + ",essential,," + bricksURI + "\n",
	})}, "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range release.Refused {
		got = append(got, fmt.Sprintf("%s:%d %s %s", r.File, r.Line, r.Field, r.Reason))
	}
	want := []string{
		"occupationSkillRelations.csv:2 relationType bad_type", "occupationSkillRelations.csv:3 skillUri bad_address",
		"occupations_en.csv:2 conceptUri bad_address", "occupations_en.csv:3 preferredLabel missing", "occupations_en.csv:4 conceptType bad_type",
		"occupations_en.csv:5 iscoGroup bad_isco", "occupations_en.csv:6  unreadable", "skills.csv:2  no_language",
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("refused\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(release.Concepts) != 2 || len(release.Relations) != 1 {
		t.Errorf("%d concepts and %d relations were read, want 2 and 1", len(release.Concepts), len(release.Relations))
	}
	for _, d := range release.Concepts {
		if d.URI == masonURI && (!d.Obsolete || d.ReplacedBy != tilerURI) {
			t.Errorf("the obsolete concept and its successor: %+v", d)
		}
	}
	if len(release.Complete)+len(release.CompleteLinks) != 0 {
		t.Error("a damaged list must not count as complete")
	}
}

func TestNothingToRead(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"an empty folder":  {},
		"other tables":     {"x.csv": "a,b\n1,2\n"},
		"an empty file":    {"occupations_en.csv": ""},
		"only the schemes": {"conceptSchemes_en.csv": version11()["conceptSchemes_en.csv"]},
	} {
		if _, _, err := esco.Read([]string{folder(t, files)}, ""); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
	if _, _, err := esco.Read([]string{filepath.Join(t.TempDir(), "absent")}, ""); err == nil {
		t.Error("an absent path was accepted")
	}
	cut := filepath.Join(t.TempDir(), "cut.zip")
	if err := os.WriteFile(cut, []byte("PK\x03\x04 cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := esco.Read([]string{cut}, ""); err == nil {
		t.Error("a damaged archive was accepted")
	}
}

func FuzzRead(f *testing.F) {
	for _, content := range version11() {
		f.Add("occupations_en.csv", content)
	}
	f.Add("x_fr.csv", "conceptUri,preferredLabel,altLabels\n"+masonURI+",a|b,\"c\nd\n")
	f.Fuzz(func(t *testing.T, name, content string) {
		if name != filepath.Base(name) || strings.ContainsAny(name, "\x00/\\") || len(name) > 100 || !strings.HasSuffix(name, ".csv") {
			return
		}
		dir := t.TempDir()
		if os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600) != nil {
			return
		}
		release, _, err := esco.Read([]string{dir}, "")
		if err != nil {
			return
		}
		for _, d := range release.Concepts {
			if !taxonomy.IsESCO(d.URI) || len(d.Labels) == 0 || !d.Labels[0].Preferred || (d.ISCO != "" && len(d.ISCO) != 4) {
				t.Errorf("unusable concept %+v", d)
			}
		}
	})
}
