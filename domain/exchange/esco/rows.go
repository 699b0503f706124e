package esco

import (
	"strings"
	"unicode/utf8"

	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/domain/text"
)

// Reasons a row is refused, besides those of table.
const (
	ReasonNoLanguage = "no_language" // the file's name does not end in _fr.csv or the like
	ReasonBadAddress = "bad_address" // not an ESCO address of the expected kind
	ReasonBadType    = "bad_type"    // an unknown relation or skill type
	ReasonBadISCO    = "bad_isco"    // not a unit group; the concept is kept without
)

// Longest address and label that are taken.
const (
	maxAddress = 200
	maxLabel   = 500
)

const base = "http://data.europa.eu/esco/"

// kindOf tells the kind of an address: ".../occupation/…" or ".../skill/…".
func kindOf(uri string) (taxonomy.Kind, bool) {
	rest, ok := strings.CutPrefix(uri, base)
	if !ok || len(uri) > maxAddress || strings.ContainsAny(uri, " \t\r\n\"<>") {
		return "", false
	}
	for _, kind := range []taxonomy.Kind{taxonomy.Occupation, taxonomy.Skill} {
		if id, ok := strings.CutPrefix(rest, string(kind)+"/"); ok && id != "" {
			return kind, true
		}
	}
	return "", false
}

func problem(field, reason string) *table.Problem {
	return &table.Problem{Field: field, Reason: reason}
}

// concepts reads a row of a full list. The first language read gives the
// facts, each language its labels.
func (r *reader) concepts(_, lang string, kind taxonomy.Kind) func(table.Row) *table.Problem {
	if lang != "" {
		r.release.Complete[kind] = true
		r.speaks(kind, lang)
	}
	return func(row table.Row) *table.Problem {
		if t := row.Get("conceptType"); t != "Occupation" && t != "KnowledgeSkillCompetence" {
			return problem("conceptType", ReasonBadType)
		}
		uri := row.Get("conceptUri")
		if k, ok := kindOf(uri); !ok || k != kind {
			return problem("conceptUri", ReasonBadAddress)
		}
		labels, bad := labelsOf(row, lang)
		if bad != nil {
			return bad
		}
		uri = r.intern(uri)
		i, seen := r.at[uri]
		if !seen {
			i = len(r.release.Concepts)
			r.at[uri] = i
			r.release.Concepts = append(r.release.Concepts, taxonomy.Draft{URI: uri, Kind: kind})
		}
		d := &r.release.Concepts[i]
		d.Labels = join(d.Labels, labels)
		if seen {
			return nil
		}
		return r.facts(d, row)
	}
}

// facts reads what a concept is besides its labels.
func (r *reader) facts(d *taxonomy.Draft, row table.Row) *table.Problem {
	switch strings.ToLower(row.Get("status")) {
	case "obsolete", "deprecated":
		d.Obsolete = true
	}
	for _, column := range []string{"isReplacedBy", "replacedBy"} {
		if by, _, _ := strings.Cut(row.Get(column), "\n"); by != "" {
			d.ReplacedBy = r.intern(strings.TrimSpace(by))
		}
	}
	switch row.Get("skillType") {
	case "skill/competence":
		d.SkillKind = taxonomy.SkillAbility
	case "knowledge":
		d.SkillKind = taxonomy.SkillKnowledge
	}
	if d.Kind == taxonomy.Occupation {
		group := strings.TrimPrefix(row.Get("iscoGroup"), "C")
		if !unitGroup(group) {
			return problem("iscoGroup", ReasonBadISCO)
		}
		d.ISCO = r.intern(group)
	}
	return nil
}

func unitGroup(s string) bool {
	return len(s) == 4 && strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

// labels reads a row of a plain list.
func (r *reader) labels(_, lang string) func(table.Row) *table.Problem {
	return func(row table.Row) *table.Problem {
		uri := row.Get("conceptUri")
		kind, ok := kindOf(uri)
		if !ok {
			return problem("conceptUri", ReasonBadAddress)
		}
		labels, bad := labelsOf(row, lang)
		if bad != nil {
			return bad
		}
		uri = r.intern(uri)
		r.speaks(kind, lang)
		r.words[uri] = join(r.words[uri], labels)
		return nil
	}
}

// labelsOf reads the preferred label and, from altLabels and hiddenLabels, the
// others: one a line in the official files, separated by bars in plain ones.
func labelsOf(row table.Row, lang string) ([]taxonomy.Label, *table.Problem) {
	if lang == "" {
		return nil, problem("", ReasonNoLanguage)
	}
	preferred := clean(row.Get("preferredLabel"))
	if preferred == "" {
		return nil, problem("preferredLabel", table.ReasonMissing)
	}
	labels := []taxonomy.Label{{Lang: lang, Text: preferred, Preferred: true, Reviewed: true}}
	for _, column := range []string{"altLabels", "hiddenLabels"} {
		for words := range strings.FieldsFuncSeq(row.Get(column), func(c rune) bool { return c == '\n' || c == '|' }) {
			if words = clean(words); words != "" {
				labels = append(labels, taxonomy.Label{Lang: lang, Text: words, Reviewed: true})
			}
		}
	}
	return join(nil, labels), nil
}

// clean gives the words of a label with single spaces, "" for what nobody
// could search for.
func clean(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxLabel || text.Fold(s) == "" {
		return ""
	}
	return strings.Clone(s)
}

// links reads a row of needs: essential or optional.
func (r *reader) links(file string, class taxonomy.LinkClass, from, to string) func(table.Row) *table.Problem {
	r.release.CompleteLinks[class] = true
	kinds := map[string]taxonomy.RelationKind{"essential": taxonomy.Essential, "optional": taxonomy.Optional}
	return func(row table.Row) *table.Problem {
		kind, ok := kinds[row.Get("relationType")]
		if !ok {
			return problem("relationType", ReasonBadType)
		}
		return r.link(row, file, class, from, to, kind)
	}
}

// broader reads a row of hierarchy. Those that lead to groups are passed over:
// an occupation's ISCO group is kept with the occupation.
func (r *reader) broader(file string) func(table.Row) *table.Problem {
	types := map[string]taxonomy.Kind{"Occupation": taxonomy.Occupation, "KnowledgeSkillCompetence": taxonomy.Skill}
	return func(row table.Row) *table.Problem {
		from, fromOK := types[row.Get("conceptType")]
		to, toOK := types[row.Get("broaderType")]
		if !fromOK || !toOK {
			return nil
		}
		class := taxonomy.LinkClass{From: from, To: to, Broader: true}
		r.release.CompleteLinks[class] = true
		return r.link(row, file, class, "conceptUri", "broaderUri", taxonomy.Broader)
	}
}

func (r *reader) link(row table.Row, file string, class taxonomy.LinkClass, from, to string, kind taxonomy.RelationKind) *table.Problem {
	for column, want := range map[string]taxonomy.Kind{from: class.From, to: class.To} {
		if k, ok := kindOf(row.Get(column)); !ok || k != want {
			return problem(column, ReasonBadAddress)
		}
	}
	r.release.Relations = append(r.release.Relations, taxonomy.DraftRelation{
		From: r.intern(row.Get(from)), To: r.intern(row.Get(to)), Kind: kind, File: file, Line: row.Line,
	})
	return nil
}
