package domaintest

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"testing"
	"unicode/utf16"
)

// PDFText reads the words out of a document, as a reader of PDF does: the
// streams are inflated, and the strings that are shown are UTF-16.
func PDFText(t testing.TB, body []byte) (out []string) {
	t.Helper()
	shown := regexp.MustCompile(`(?s)\(((?:[^()\\]|\\.)*)\) ?Tj`)
	for _, part := range bytes.Split(body, []byte("stream\n"))[1:] {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(z)
		if err != nil && len(content) == 0 {
			continue
		}
		for _, found := range shown.FindAllSubmatch(content, -1) {
			raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(found[1], func(m []byte) []byte {
				if m[1] == 'r' {
					return []byte{'\r'}
				}
				return m[1:]
			})
			units := make([]uint16, len(raw)/2)
			for i := range units {
				units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
			}
			out = append(out, string(utf16.Decode(units)))
		}
	}
	if len(out) == 0 {
		t.Fatal("no word can be read out of the document")
	}
	return out
}
