package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/linker"
)

// linkingSet is a folder of titles whose concepts are known.
type linkingSet struct {
	queries []linkingQuery
	corpus  []linkingLabel    // in the order of the file
	ids     map[string]string // of labels, by concept and words
	first   map[string]string // of each concept's first label, by concept
	own     map[string][]taxonomy.Label
}

type linkingQuery struct {
	words string
	right map[string]bool // ids of labels
}

type linkingLabel struct{ id, concept, words string }

func readLinkingSet(dir string) (*linkingSet, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	set := &linkingSet{ids: map[string]string{}, first: map[string]string{}, own: map[string][]taxonomy.Label{}}
	concepts, byID := map[string]string{}, map[string]int{}
	err = errors.Join(
		eachRow(root.FS(), "concept_mapping.tsv", 2, func(row []string) { concepts[row[0]] = row[1] }),
		eachRow(root.FS(), "corpus_elements.tsv", 2, func(row []string) {
			concept := concepts[row[0]]
			if concept == "" {
				concept = row[0] // a label that is mapped to nothing stands for itself
			}
			concepts[row[0]] = concept
			set.corpus = append(set.corpus, linkingLabel{row[0], concept, row[1]})
			if _, ok := set.first[concept]; !ok {
				set.first[concept] = row[0]
			}
			if key := concept + "\t" + row[1]; set.ids[key] == "" {
				set.ids[key] = row[0]
			}
		}),
		eachRow(root.FS(), "queries.tsv", 2, func(row []string) {
			byID[row[0]] = len(set.queries)
			set.queries = append(set.queries, linkingQuery{row[1], map[string]bool{}})
		}),
		eachRow(root.FS(), "annotations.tsv", 4, func(row []string) {
			if i, ok := byID[row[0]]; ok && row[3] != "0" {
				set.queries[i].right[row[2]] = true
			}
		}),
	)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return set, set.addOwn()
}

// eachRow reads a file of columns that tabs separate, without a head.
func eachRow(folder fs.FS, name string, columns int, visit func([]string)) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		row := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if len(row) < columns {
			return fmt.Errorf("%s: line %d has %d columns, want %d", name, n, len(row), columns)
		}
		visit(row)
	}
	return lines.Err()
}

// addOwn takes what Baara's files call the concepts of the folder.
func (s *linkingSet) addOwn() error {
	release, err := starter.Taxonomy()
	if err != nil {
		return err
	}
	for _, c := range release.Concepts {
		if _, ok := s.first[c.URI]; ok && c.Kind == taxonomy.Occupation {
			s.own[c.URI] = c.Labels
		}
	}
	return nil
}

// labels walks over them for a linker. A concept's first label is its preferred one.
func (s *linkingSet) labels(ctx context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
	for _, l := range s.corpus {
		c := taxonomy.Concept{ID: domain.ID(l.concept), Kind: taxonomy.Occupation, URI: l.concept}
		if err := yield(c, taxonomy.Label{Text: l.words, Preferred: s.first[l.concept] == l.id}); err != nil {
			return err
		}
	}
	for _, l := range s.corpus {
		if s.first[l.concept] != l.id {
			continue
		}
		c := taxonomy.Concept{ID: domain.ID(l.concept), Kind: taxonomy.Occupation, URI: l.concept}
		for _, own := range s.own[l.concept] {
			own.Preferred = false // the folder's name stays the first
			if err := yield(c, own); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// labelOf gives the label of the folder that a guess answers with: the one that matched, or the concept's first where one of Baara's did.
func (s *linkingSet) labelOf(g taxonomy.Guess) string {
	concept := string(g.ConceptID)
	if id, ok := s.ids[concept+"\t"+g.Matched]; ok {
		return id
	}
	return s.first[concept]
}

// questions are the queries with their concepts, for fitting.
func (s *linkingSet) questions() []linker.Question {
	concept := make(map[string]string, len(s.corpus))
	for _, l := range s.corpus {
		concept[l.id] = l.concept
	}
	out := make([]linker.Question, len(s.queries))
	for i, q := range s.queries {
		out[i].Words = q.words
		for id := range q.right {
			out[i].Right = domain.ID(concept[id]) // all of one concept in MELO
		}
	}
	return out
}
