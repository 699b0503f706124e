package linker

import (
	_ "embed" // the list
	"strings"

	"github.com/baara-platform/baara/domain/text"
)

// synonymList has a line for words that mean the same at work, in one language or several.
//
//go:embed synonyms.txt
var synonymList string

// synonyms reads words as what they mean: the stem of each, or one sign for all ways to say it.
type synonyms struct {
	of      map[string]string // stems of a phrase, joined by a space → its sign
	longest int               // words in a phrase
}

// readSynonyms reads a list: phrases of a line mean the same, "|" separates them, "#" begins a comment. A phrase that stands in two lines
// keeps the meaning of the first.
func readSynonyms(list string) *synonyms {
	s := &synonyms{of: map[string]string{}}
	for line := range strings.Lines(list) {
		line, _, _ = strings.Cut(line, "#")
		sign := ""
		for phrase := range strings.SplitSeq(line, "|") {
			stems := stemsOf(contentWords(text.Neutral(phrase)))
			if len(stems) == 0 {
				continue
			}
			key := strings.Join(stems, " ")
			if sign == "" {
				sign = "=" + strings.ReplaceAll(key, " ", "_")
			}
			if _, ok := s.of[key]; !ok {
				s.of[key] = sign
				s.longest = max(s.longest, len(stems))
			}
		}
	}
	return s
}

func stemsOf(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text.Stem(w)
	}
	return out
}

// meanings gives the signs of content words: the longest phrase that begins at a word wins.
func (s *synonyms) meanings(words []string) []string {
	stems := stemsOf(words)
	out := stems[:0:0]
next:
	for i := 0; i < len(stems); {
		for n := min(s.longest, len(stems)-i); n > 0; n-- {
			if sign, ok := s.of[strings.Join(stems[i:i+n], " ")]; ok {
				out = append(out, sign)
				i += n
				continue next
			}
		}
		out = append(out, stems[i])
		i++
	}
	return out
}
