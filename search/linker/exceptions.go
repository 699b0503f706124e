package linker

import (
	"strings"
)

// exceptions begin the part of a title that says what is not meant: "Teachers, except special education".
var exceptions = []string{
	"except", "excluding", "sauf", "hors", "exceptés", "exceto", "salvo", "excepto", "ausgenommen", "außer", "ohne", "behalve", "escluso", "tranne", "eccetto",
}

// withoutExceptions leaves out what a title excludes: from the word that says so to the end of the brackets or of the title.
func withoutExceptions(name string) string {
	lower := strings.ToLower(name)
	if len(lower) != len(name) {
		return name // a letter changed its length with its case: places would not agree
	}
	for _, word := range exceptions {
		i := strings.Index(lower, word)
		if i <= 0 || !separates(lower[i-1]) || i+len(word) < len(lower) && !separates(lower[i+len(word)]) {
			continue
		}
		rest := ""
		if end := strings.IndexByte(lower[i:], ')'); end >= 0 {
			rest = name[i+end:]
		}
		return strings.TrimRight(name[:i], " ,(") + " " + rest
	}
	return name
}

func separates(c byte) bool { return c == ' ' || c == ',' || c == '(' || c == ')' }
