package starter

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// taxonomyVersion names the edition of the shipped occupations and skills.
const taxonomyVersion = "1"

// Taxonomy reads Baara's own occupations and skills as a release.
func Taxonomy() (taxonomy.Release, error) {
	sub, err := fs.Sub(files, "taxonomy")
	if err != nil {
		return taxonomy.Release{}, fmt.Errorf("starter: %w", err)
	}
	return ReadTaxonomy(sub)
}

// ReadTaxonomy reads the files of a folder: occupations_SECTOR.csv with the columns
// id,isco,en,fr,alt_en,alt_fr,bm,esco,essential,optional and
// skills_SECTOR.csv with id,kind,en,fr,alt_en,alt_fr,bm,esco. Lists are
// separated by "|". An id is a slug, unique over all files of its kind; esco is
// the address of the same concept in ESCO, where sure; bm is the Bambara word,
// not yet reviewed. Anything amiss is an error.
func ReadTaxonomy(folder fs.FS) (taxonomy.Release, error) {
	r := &reader{folder: folder, taken: map[string]string{}, uris: map[taxonomy.Kind]map[string]string{taxonomy.Occupation: {}, taxonomy.Skill: {}}}
	release := taxonomy.Release{
		Scheme: taxonomy.SchemeStarter, Version: taxonomyVersion, Source: "Baara",
		Languages: map[taxonomy.Kind][]string{taxonomy.Occupation: languageCodes(), taxonomy.Skill: languageCodes()},
		Complete:  map[taxonomy.Kind]bool{taxonomy.Occupation: true, taxonomy.Skill: true},
		CompleteLinks: map[taxonomy.LinkClass]bool{
			{From: taxonomy.Occupation, To: taxonomy.Skill}: true,
		},
	}
	for _, part := range []struct {
		pattern string
		read    func(file string) error
	}{{"skills_*.csv", r.skills}, {"occupations_*.csv", r.occupations}} {
		names, err := fs.Glob(folder, part.pattern)
		if err != nil {
			return release, fmt.Errorf("starter: %w", err)
		}
		slices.Sort(names)
		for _, name := range names {
			if err := part.read(name); err != nil {
				return release, err
			}
			content, err := fs.ReadFile(folder, name)
			if err != nil {
				return release, fmt.Errorf("starter: %w", err)
			}
			r.sum = append(r.sum, content...)
		}
	}
	hash := sha256.Sum256(r.sum)
	release.Checksum = hex.EncodeToString(hash[:])
	release.Concepts, release.Relations = r.concepts, r.relations
	return release, nil
}

// languageCodes are the languages of the files' label columns.
func languageCodes() []string { return []string{"bm", "en", "fr"} }

type reader struct {
	folder    fs.FS
	uris      map[taxonomy.Kind]map[string]string // slug → URI
	taken     map[string]string                   // URI → slug
	concepts  []taxonomy.Draft
	relations []taxonomy.DraftRelation
	sum       []byte
}

func (r *reader) skills(file string) error {
	return each(r.folder, file, "id,kind,en,fr,alt_en,alt_fr,bm,esco", func(row table.Row) error {
		kind := row.Get("kind")
		if kind != taxonomy.SkillAbility && kind != taxonomy.SkillKnowledge {
			return fmt.Errorf("%s: kind %q is neither skill nor knowledge", row.Get("id"), kind)
		}
		return r.add(row, taxonomy.Draft{Kind: taxonomy.Skill, SkillKind: kind})
	})
}

func (r *reader) occupations(file string) error {
	return each(r.folder, file, "id,isco,en,fr,alt_en,alt_fr,bm,esco,essential,optional", func(row table.Row) error {
		if err := r.add(row, taxonomy.Draft{Kind: taxonomy.Occupation, ISCO: row.Get("isco")}); err != nil {
			return err
		}
		from := r.uris[taxonomy.Occupation][row.Get("id")]
		needs := map[string]bool{}
		for _, kind := range []taxonomy.RelationKind{taxonomy.Essential, taxonomy.Optional} {
			for _, slug := range list(row.Get(string(kind))) {
				to, ok := r.uris[taxonomy.Skill][slug]
				if !ok || needs[slug] {
					return fmt.Errorf("%s: skill %q is unknown or named twice", row.Get("id"), slug)
				}
				needs[slug] = true
				r.relations = append(r.relations, taxonomy.DraftRelation{From: from, To: to, Kind: kind, File: file, Line: row.Line})
			}
		}
		return nil
	})
}

// add completes a draft with identity and labels.
func (r *reader) add(row table.Row, d taxonomy.Draft) error {
	d.StarterID = row.Get("id")
	if !slug(d.StarterID) || r.uris[d.Kind][d.StarterID] != "" {
		return fmt.Errorf("id %q is not a slug or is used twice", d.StarterID)
	}
	if d.URI = row.Get("esco"); d.URI == "" {
		d.URI = taxonomy.OwnURI(d.Kind, d.StarterID)
	} else if !taxonomy.IsESCO(d.URI) || !strings.Contains(d.URI, "/"+string(d.Kind)+"/") {
		return fmt.Errorf("%s: %q is not the ESCO address of one %s", d.StarterID, d.URI, d.Kind)
	}
	if other := r.taken[d.URI]; other != "" {
		return fmt.Errorf("%s and %s are the same ESCO concept", other, d.StarterID)
	}
	r.taken[d.URI] = d.StarterID
	r.uris[d.Kind][d.StarterID] = d.URI
	for _, lang := range []string{"en", "fr"} {
		if row.Get(lang) == "" {
			return fmt.Errorf("%s: %w", d.StarterID, errRequired)
		}
		d.Labels = append(d.Labels, taxonomy.Label{Lang: lang, Text: row.Get(lang), Preferred: true, Reviewed: true})
		for _, words := range list(row.Get("alt_" + lang)) {
			if words != row.Get(lang) {
				d.Labels = append(d.Labels, taxonomy.Label{Lang: lang, Text: words, Reviewed: true})
			}
		}
	}
	for i, words := range list(row.Get("bm")) {
		d.Labels = append(d.Labels, taxonomy.Label{Lang: "bm", Text: words, Preferred: i == 0})
	}
	r.concepts = append(r.concepts, d)
	return nil
}

// list splits at "|" and drops empty and repeated parts.
func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, "|") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// slug reports whether s is lower-case words joined by hyphens.
func slug(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 80
}
