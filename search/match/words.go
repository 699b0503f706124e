package match

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/domain/text"
	"github.com/baara-platform/baara/search/index"
)

// maxWords bounds what one search costs; the words after them are ignored.
const maxWords = 12

// The worth of the ways in which a word can be found, against a word found as it is in the text.
const (
	boostTitle  = 4.0
	boostText   = 1.0
	boostPrefix = 0.5 // the beginning of a word, for the last word: it may still be being typed
	boostTypo   = 0.25
)

// wordQueries returns one query a word of what was typed: it is met by the word itself, by a word one or two letters away, and for the
// last word by its continuation.
func wordQueries(typed string, fields map[string]float64) []query.Query {
	stems := text.Stems(typed)
	stems = stems[:min(len(stems), maxWords)]
	var out []query.Query
	for i, stem := range stems {
		var ways []query.Query
		for _, field := range []string{index.FieldTitle, index.FieldText} {
			boost, ok := fields[field]
			if !ok {
				continue
			}
			ways = append(ways, boosted(bleve.NewTermQuery(stem), field, boost))
			if i == len(stems)-1 && len(stem) >= 3 {
				ways = append(ways, boosted(bleve.NewPrefixQuery(stem), field, boost*boostPrefix))
			}
			if n := typosForgiven(stem); n > 0 {
				q := bleve.NewFuzzyQuery(stem)
				q.SetFuzziness(n)
				q.SetPrefix(1)
				ways = append(ways, boosted(q, field, boost*boostTypo))
			}
		}
		out = append(out, bleve.NewDisjunctionQuery(ways...))
	}
	return out
}

// typosForgiven: short words have too many neighbours, and the first letter is rarely wrong.
func typosForgiven(stem string) int {
	switch n := len([]rune(stem)); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

type fieldQuery interface {
	query.Query
	SetField(string)
	SetBoost(float64)
}

func boosted(q fieldQuery, field string, boost float64) query.Query {
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

// filterQuery writes a filter of matching in Bleve's terms. OnlyFrom has no use in searching words.
func filterQuery(f matching.Filter) query.Query {
	if f.Kind == matching.Between {
		yes := true
		q := bleve.NewTermRangeInclusiveQuery(f.Min, f.Max, &yes, &yes)
		q.SetField(f.Field)
		return q
	}
	return anyOf(f.Field, f.Terms)
}

func anyOf(field string, terms []string) query.Query {
	ways := make([]query.Query, len(terms))
	for i, t := range terms {
		q := bleve.NewTermQuery(t)
		q.SetField(field)
		ways[i] = q
	}
	return bleve.NewDisjunctionQuery(ways...)
}
