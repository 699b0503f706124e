package store

import (
	"slices"
	"testing"
)

// TestTextArraysComeBack: what is written as an array's text is read as the same, whatever it holds.
func TestTextArraysComeBack(t *testing.T) {
	for name, want := range map[string]textArray{
		"none": {}, "ids": {"0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"}, "empty": {"", ""},
		"quotes": {`"`, `say "hello"`, `ends with "`}, "backslashes": {`\`, `\\`, `C:\new "file"\`}, "NULL is a word": {"NULL", "null"},
		"brackets and commas": {"{a,b}", ", ", "}"}, "other scripts": {"Ségou", "بناء", "ɲɛgɛn"}, "lines": {"a\nb\tc"},
	} {
		t.Run(name, func(t *testing.T) {
			written, err := want.Value()
			if err != nil {
				t.Fatal(err)
			}
			var got textArray
			if err := got.Scan(written); err != nil || !slices.Equal(got, want) {
				t.Errorf("%q came back as %q: %v", want, got, err)
			}
		})
	}
}
