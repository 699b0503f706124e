package esco

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Use says what a file was taken for.
type Use string

// The uses of a file.
const (
	UseConcepts Use = "concepts" // the full list of a kind in one language
	UseLabels   Use = "labels"   // labels only
	UseLinks    Use = "links"    // relations
	UseNone     Use = "none"     // groups, schemes, collections and what is not ESCO
)

// File is a file that was found and what it was taken for.
type File struct {
	Name string
	Use  Use
	Rows int // usable rows
}

// Read reads all files under paths: folders, zip archives, CSV files. Version
// names the release; "" takes it from a path such as "ESCO dataset - v1.2.0".
// It is an error when nothing usable is found or a path cannot be read.
func Read(paths []string, version string) (taxonomy.Release, []File, error) {
	found, closeAll, err := sources(paths)
	if err != nil {
		return taxonomy.Release{}, nil, err
	}
	defer closeAll()
	if version == "" {
		version = versionIn(found)
	}
	r := newReader(version)
	var files []File
	for _, s := range found {
		use, rows, err := r.file(s)
		if err != nil {
			return taxonomy.Release{}, files, err
		}
		files = append(files, File{s.name, use, rows})
	}
	if !slices.ContainsFunc(files, func(f File) bool { return f.Use != UseNone }) {
		return taxonomy.Release{}, files, domain.Invalid("esco.Read", domain.Field("path", "error.import.nothing_found"))
	}
	return r.finish(), files, nil
}

var (
	versionPattern  = regexp.MustCompile(`(?i)(?:esco|v)[ _-]*v?(\d+\.\d+(?:\.\d+)?)`)
	languagePattern = regexp.MustCompile(`_([a-z]{2,3})\.csv$`)
)

// unversioned is the version of files whose paths do not tell one.
const unversioned = "unversioned"

// versionIn finds "1.1.1" in the paths of the files, the highest one if they differ.
func versionIn(files []source) string {
	best := ""
	for _, f := range files {
		for _, m := range versionPattern.FindAllStringSubmatch(f.path, -1) {
			best = max(best, m[1])
		}
	}
	return cmp.Or(best, unversioned)
}

// languageOf gives the language in a file's name, "" where it has none.
func languageOf(name string) string {
	if m := languagePattern.FindStringSubmatch(strings.ToLower(name)); m != nil {
		return m[1]
	}
	return ""
}

// reader gathers a release from files.
type reader struct {
	release taxonomy.Release
	at      map[string]int // URI → draft
	words   map[string][]taxonomy.Label
	strings map[string]string // one copy of each address
	sum     []byte
}

func newReader(version string) *reader {
	return &reader{
		release: taxonomy.Release{
			Scheme: taxonomy.SchemeESCO, Version: version, Source: Attribution, Languages: map[taxonomy.Kind][]string{},
			Complete: map[taxonomy.Kind]bool{}, CompleteLinks: map[taxonomy.LinkClass]bool{},
		},
		at: map[string]int{}, words: map[string][]taxonomy.Label{}, strings: map[string]string{},
	}
}

// file reads one file for what its columns say it is.
func (r *reader) file(s source) (Use, int, error) {
	in, err := s.open()
	if err != nil {
		return UseNone, 0, fmt.Errorf("esco: %s: %w", s.name, err)
	}
	defer func() { _ = in.Close() }()
	hash := sha256.New()
	content := &bounded{in: io.TeeReader(in, hash), left: maxFile}
	rows, err := table.Open(s.name, content, nil)
	var empty *table.Error
	if errors.As(err, &empty) {
		return UseNone, 0, nil
	}
	use, read := r.purpose(s.name, rows)
	if use == UseNone {
		return UseNone, 0, nil
	}
	count := 0
	problems, err := rows.Each(func(row table.Row) *table.Problem {
		p := read(row)
		if p == nil {
			count++
		}
		return p
	})
	if err != nil {
		return use, count, fmt.Errorf("esco: %w", err)
	}
	for _, p := range problems {
		r.release.Refused = append(r.release.Refused, taxonomy.Refusal(p))
	}
	r.sum = hash.Sum(append(r.sum, s.name...))
	return use, count, nil
}

// purpose tells from its columns what a file is for and how its rows are read.
// Collections repeat concepts of the full lists: their broaderConceptUri gives them away.
func (r *reader) purpose(name string, t *table.Reader) (Use, func(table.Row) *table.Problem) {
	lang := languageOf(name)
	switch {
	case t.Has("occupationUri", "relationType", "skillUri"):
		return UseLinks, r.links(name, taxonomy.LinkClass{From: taxonomy.Occupation, To: taxonomy.Skill}, "occupationUri", "skillUri")
	case t.Has("originalSkillUri", "relationType", "relatedSkillUri"):
		return UseLinks, r.links(name, taxonomy.LinkClass{From: taxonomy.Skill, To: taxonomy.Skill}, "originalSkillUri", "relatedSkillUri")
	case t.Has("conceptType", "conceptUri", "broaderType", "broaderUri"):
		return UseLinks, r.broader(name)
	case t.Has("broaderConceptUri"), !t.Has("conceptUri", "preferredLabel"):
		return UseNone, nil
	case t.Has("conceptType", "iscoGroup"):
		return UseConcepts, r.concepts(name, lang, taxonomy.Occupation)
	case t.Has("conceptType", "skillType"):
		return UseConcepts, r.concepts(name, lang, taxonomy.Skill)
	case t.Has("altLabels") && !t.Has("conceptType"):
		return UseLabels, r.labels(name, lang)
	}
	return UseNone, nil
}

// finish puts labels of the plain lists with their concepts, and withdraws the
// claim to be complete from what a broken row may have belonged to.
func (r *reader) finish() taxonomy.Release {
	for uri, labels := range r.words {
		if i, ok := r.at[uri]; ok {
			r.release.Concepts[i].Labels = join(r.release.Concepts[i].Labels, labels)
			delete(r.words, uri)
		}
	}
	r.release.Words = r.words
	hash := sha256.Sum256(r.sum)
	r.release.Checksum = hex.EncodeToString(hash[:])
	listed := map[taxonomy.Kind]bool{}
	for _, d := range r.release.Concepts {
		listed[d.Kind] = true
	}
	maps.DeleteFunc(r.release.Complete, func(kind taxonomy.Kind, _ bool) bool { return !listed[kind] }) // an empty list says nothing
	for _, refused := range r.release.Refused {
		if refused.Reason == table.ReasonUnreadable || refused.Reason == table.ReasonNotUTF8 || refused.Reason == table.ReasonMissing {
			clear(r.release.Complete)
			clear(r.release.CompleteLinks)
		}
	}
	return r.release
}

// intern keeps one copy of an address, free of the row it was read from.
func (r *reader) intern(s string) string {
	if kept, ok := r.strings[s]; ok {
		return kept
	}
	s = strings.Clone(s)
	r.strings[s] = s
	return s
}

// speaks notes that the release has labels of a kind in a language.
func (r *reader) speaks(kind taxonomy.Kind, lang string) {
	if !slices.Contains(r.release.Languages[kind], lang) {
		r.release.Languages[kind] = append(r.release.Languages[kind], lang)
	}
}

// join adds labels without repeating words of a language.
func join(labels, more []taxonomy.Label) []taxonomy.Label {
	have := make(map[string]bool, len(labels))
	preferred := map[string]bool{}
	for _, l := range labels {
		have[l.Lang+"\x00"+l.Text] = true
		preferred[l.Lang] = preferred[l.Lang] || l.Preferred
	}
	for _, l := range more {
		if key := l.Lang + "\x00" + l.Text; !have[key] {
			have[key] = true
			l.Preferred = l.Preferred && !preferred[l.Lang]
			labels = append(labels, l)
		}
	}
	return labels
}

// bounded fails where a file is longer than it may be.
type bounded struct {
	in   io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, domain.Invalid("esco.Read", domain.Field("path", "error.import.too_large"))
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
