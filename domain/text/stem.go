package text

import "strings"

// Stem strips one folded word of gender, number and the lightest verb endings of French, English and Portuguese together: people
// mix them within a line, and a two-word query does not tell its language. It is deliberately lighter than Snowball, whose
// French rules lean on the accents that half of the typed words lack: "vendeuses" and "vendeur" meet, "vendeur" and "vente" do not.
// A stem is for comparing, never for showing. Stem(Stem(w)) may be shorter than Stem(w); apply it once.
func Stem(word string) string {
	if len(word) < 4 || !isLatin(word) {
		return word
	}
	return lightEnding(singular(neutralWord(word)))
}

// Stems returns the stems of the words of s without gender pairs, in order, stop words left out (all words, should only stop words be there).
func Stems(s string) []string {
	words := strings.Fields(Neutral(s))
	out := make([]string, 0, len(words))
	for _, w := range words {
		if !stopWords[w] {
			out = append(out, Stem(w))
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, w := range words {
		out = append(out, Stem(w))
	}
	return out
}

func singular(w string) string {
	if s, ok := irregularPlural[w]; ok {
		return s
	}
	n := len(w)
	for _, p := range pluralEndings {
		if stem, ok := strings.CutSuffix(w, p.plural); ok && len(stem) >= p.minStem {
			return stem + p.singular
		}
	}
	if w[n-1] == 's' && w[n-2] != 's' && n > 3 {
		return w[:n-1]
	}
	return w
}

var pluralEndings = []struct {
	plural, singular string
	minStem          int
}{
	{"eaux", "eau", 1}, // tableaux
	{"aux", "al", 3},   // sociaux, chevaux
	{"eux", "eu", 2},   // jeux; feux; and "sérieux" alike in both numbers
	{"oux", "ou", 2},   // bijoux
	{"coes", "cao", 2}, // ações
	{"soes", "sao", 2}, // profissões
	{"ioes", "iao", 2}, // uniões
	{"sses", "ss", 2},  // processes
	{"ches", "ch", 3},  // dispatches; "branches" is branch in both
	{"shes", "sh", 2},  // dishes
	{"xes", "x", 2},    // boxes
	{"ies", "ie", 2},   // industries, batteries
	{"ores", "or", 3},  // vendedores
	{"eros", "ero", 2}, // enfermeiros
}

var irregularPlural = map[string]string{
	"travaux": "travail", "materiaux": "materiau", "vitraux": "vitrail", "baux": "bail", "yeux": "oeil", "people": "person",
	"children": "child", "men": "man", "wives": "wife", "knives": "knife", "lives": "life", "shelves": "shelf", "leaves": "leaf",
}

// lightEnding meets infinitive, participle and gerund ("manage, managing, managed"; "gérer, gère, géré") and final e or y
// ("industry, industrie").
func lightEnding(w string) string {
	for _, e := range [...]struct {
		ending  string
		minStem int
	}{{"ing", 4}, {"ed", 4}, {"er", 3}, {"ez", 4}, {"ee", 3}} {
		if stem, ok := strings.CutSuffix(w, e.ending); ok && len(stem) >= e.minStem {
			return finalLetter(undouble(stem))
		}
	}
	return finalLetter(w)
}

func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && strings.IndexByte("bdgklmnprt", w[n-1]) >= 0 {
		return w[:n-1]
	}
	return w
}

func finalLetter(w string) string {
	if w[len(w)-1] == 'e' && len(w) > 3 {
		w = w[:len(w)-1]
	}
	if len(w) > 3 && w[len(w)-1] == 'y' {
		w = w[:len(w)-1] + "i"
	}
	return undouble(w)
}

func isLatin(w string) bool {
	for i := 0; i < len(w); i++ {
		if c := w[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// IsStopWord reports whether a folded word carries no meaning of its own in occupation and skill names.
func IsStopWord(word string) bool { return stopWords[word] }

var stopWords = set(
	"a", "au", "aux", "avec", "ce", "ces", "d", "dan", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "leur", "leurs", "ou",
	"par", "pour", "qu", "que", "s", "sa", "se", "ses", "son", "sur", "un", "une", "y",
	"an", "and", "at", "by", "for", "from", "in", "into", "is", "it", "of", "on", "or", "the", "to", "with",
	"ao", "aos", "as", "com", "da", "das", "do", "dos", "e", "em", "na", "nas", "no", "nos", "o", "os", "ou", "para", "por", "um", "uma",
)
