package table_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/exchange/table"
)

// What people type to make somebody else's spreadsheet compute, with what
// must stand in the cell.
var formulas = map[string]string{
	"=cmd|' /C calc'!A0":             "'=cmd|' /C calc'!A0",
	"=1+1":                           "'=1+1",
	"=HYPERLINK(\"http://x\",\"y\")": "'=HYPERLINK(\"http://x\",\"y\")",
	"+22370000041":                   "'+22370000041",
	"-2+3+cmd|' /C calc'!A0":         "'-2+3+cmd|' /C calc'!A0",
	"@SUM(1+9)*cmd|' /C calc'!A0":    "'@SUM(1+9)*cmd|' /C calc'!A0",
	"\t=1+1":                         " '=1+1",
	"\r=1+1":                         " '=1+1",
	"\n=1+1":                         " '=1+1",
	"  =1+1":                         "  '=1+1",
	"\uff1dcmd|' /C calc'!A0":        "'\uff1dcmd|' /C calc'!A0",
	"\uff0b1":                        "'\uff0b1",
	"\uff0d1":                        "'\uff0d1",
	"\uff20SUM(A1)":                  "'\uff20SUM(A1)",
	"\u200b=1+1":                     " '=1+1",
	"\ufeff=1+1":                     " '=1+1",
	"Awa;=cmd|' /C calc'!A0":         "Awa;'=cmd|' /C calc'!A0",
	"Awa,=1+1":                       "Awa,'=1+1",
	"Awa\",\"=1+1":                   "Awa\",\"'=1+1",
	"Awa|@SUM(1)":                    "Awa|'@SUM(1)",
	"Awa\x00=1":                      "Awa =1",
	"chef d'équipe - nuit":           "chef d'équipe - nuit",
	"C++ / C#":                       "C++ / C#",
	"awa@example.org":                "awa@example.org",
	"2026-11-27":                     "2026-11-27",
	"Aïssata Keïta (coordonnatrice)": "Aïssata Keïta (coordonnatrice)",
	"":                               "",
	"ߒߞߏ – أحمد":                     "ߒߞߏ – أحمد",
}

func TestNoCellIsComputed(t *testing.T) {
	for in, want := range formulas {
		if got := table.Plain(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestATableSaysWhereItIsFrom(t *testing.T) {
	for name, between := range map[string]rune{"comma": table.Comma, "semicolon": table.Semicolon} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w := table.NewWriter(&out, between, table.Mark{Number: "EXP-2026-00001", Words: "by Awa, =1+1", Head: "export"}, "name", "words")
			rows := 0
			for in := range formulas {
				if err := w.Row(in, "two\nlines; \"quoted\""); err != nil {
					t.Fatal(err)
				}
				rows++
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(out.Bytes(), []byte("\xef\xbb\xbf")) {
				t.Error("no byte-order mark")
			}
			r := csv.NewReader(bytes.NewReader(out.Bytes()[3:]))
			r.Comma, r.FieldsPerRecord = between, -1
			all, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if all[0][0] != "# by Awa, '=1+1" || strings.Join(all[1], " ") != "export name words" || len(all) != rows+2 {
				t.Errorf("begins with %q, has %d rows", all[:2], len(all))
			}
			for _, row := range all[2:] {
				if row[0] != "EXP-2026-00001" {
					t.Errorf("a row without its mark: %q", row)
				}
				for _, cell := range row {
					if strings.IndexAny(strings.TrimSpace(cell), "=+-@\uff1d\uff0b\uff0d\uff20") == 0 {
						t.Errorf("a spreadsheet computes %q", cell)
					}
				}
			}
		})
	}
}

func FuzzPlain(f *testing.F) {
	for in := range formulas {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, part := range strings.FieldsFunc(table.Plain(in), func(r rune) bool { return strings.ContainsRune(";,|\t\r\n", r) }) {
			if strings.IndexAny(strings.Trim(part, "\" \u00a0\u3000"), "=+-@") == 0 {
				t.Errorf("%q leaves %q", in, part)
			}
		}
	})
}
