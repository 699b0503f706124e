package taxonomy

import (
	"fmt"
	"strings"
	"testing"
)

func esco(lang, words string, preferred bool) Label {
	return Label{Lang: lang, Text: words, Preferred: preferred, Reviewed: true, Source: FromESCO}
}

func ours(lang, words string, preferred bool) Label {
	l := esco(lang, words, preferred)
	l.Source = FromStarter
	return l
}

func show(labels []Label) string {
	var out []string
	for _, l := range labels {
		mark := ""
		if l.Preferred {
			mark = "*"
		}
		out = append(out, fmt.Sprintf("%s:%s%s(%s)", l.Lang, l.Text, mark, l.Source))
	}
	return strings.Join(out, " ")
}

func TestLabelsOfTwoSourcesShareAConcept(t *testing.T) {
	for _, c := range []struct {
		name     string
		stored   []Label
		source   Source
		langs    []string
		incoming []Label
		want     string
	}{
		{
			"the first source is taken as it is",
			nil, FromESCO, []string{"fr"}, []Label{esco("fr", "maçon", true), esco("fr", "briqueteur", false)},
			"fr:maçon*(esco) fr:briqueteur(esco)",
		},
		{
			"Baara's preferred word stays preferred, ESCO's becomes another word",
			[]Label{ours("fr", "maçon", true), ours("fr", "coffreur", false)}, FromESCO, []string{"fr"},
			[]Label{esco("fr", "ouvrier maçon", true)},
			"fr:maçon*(starter) fr:coffreur(starter) fr:ouvrier maçon(esco)",
		},
		{
			"Baara's words take the lead over ESCO's that were there first",
			[]Label{esco("fr", "ouvrier maçon", true)}, FromStarter, []string{"fr"}, []Label{ours("fr", "maçon", true)},
			"fr:maçon*(starter) fr:ouvrier maçon(esco)",
		},
		{
			"equal words are one label of the stronger source",
			[]Label{ours("fr", "maçon", true), ours("fr", "maçon/maçonne", false)}, FromESCO, []string{"fr"},
			[]Label{esco("fr", "maçon/maçonne", true), esco("fr", "maçon", false)},
			"fr:maçon*(starter) fr:maçon/maçonne(starter)",
		},
		{
			"a new edition replaces the words of its languages only",
			[]Label{esco("en", "mason", true), esco("fr", "maçon", true), ours("fr", "coffreur", false)}, FromESCO, []string{"fr"},
			[]Label{esco("fr", "maçonne", true)},
			"en:mason*(esco) fr:maçonne*(esco) fr:coffreur(starter)",
		},
		{
			"what staff wrote wins over both",
			[]Label{{Lang: "fr", Text: "bâtisseur", Preferred: true, Source: FromStaff}, ours("fr", "maçon", true)}, FromESCO, []string{"fr"},
			[]Label{esco("fr", "briqueteur", true)},
			"fr:bâtisseur*(staff) fr:maçon(starter) fr:briqueteur(esco)",
		},
		{
			"a source that is gone leaves the other's words",
			[]Label{esco("fr", "maçon", true), ours("fr", "coffreur", false)}, FromESCO, []string{"fr"}, nil,
			"fr:coffreur(starter)",
		},
	} {
		got := mergeLabels(c.stored, c.source, c.langs, c.incoming)
		if show(got) != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, show(got), c.want)
		}
		again := mergeLabels(got, c.source, c.langs, c.incoming)
		if remove, save := labelChanges(got, again); len(remove)+len(save) != 0 {
			t.Errorf("%s: the same edition again changes %s / %s", c.name, show(remove), show(save))
		}
	}
}

func TestLabelChangesTouchOnlyWhatDiffers(t *testing.T) {
	stored := []Label{ours("fr", "a", true), ours("fr", "b", false), esco("fr", "c", false)}
	wanted := []Label{ours("fr", "a", true), ours("fr", "c", false), ours("fr", "d", false)}
	remove, save := labelChanges(stored, wanted)
	if got, want := show(remove), "fr:b(starter)"; got != want {
		t.Errorf("removes %s, want %s", got, want)
	}
	if got, want := show(save), "fr:c(starter) fr:d(starter)"; got != want {
		t.Errorf("saves %s, want %s", got, want)
	}
}
