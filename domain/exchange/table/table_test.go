package table_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/exchange/table"
)

func TestColumnsAreFoundByNameAndBrokenRowsAreTold(t *testing.T) {
	in := "\xef\xbb\xbf# a comment\nb,a\n 1 ,\"two\nlines\"\nonly one\nbad\"quote,x\n3,\xff\n4,5\n"
	r, err := table.Open("f.csv", strings.NewReader(in), []string{"a", "b"}, table.WithComments())
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	problems, err := r.Each(func(row table.Row) *table.Problem {
		if row.Get("b") == "4" {
			return &table.Problem{Field: "b", Reason: "four"}
		}
		seen = append(seen, row.Get("b")+"|"+row.Get("a")+"|"+row.Get("absent"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "1|two\nlines|"; len(seen) != 1 || seen[0] != want {
		t.Errorf("rows %q, want only %q", seen, want)
	}
	want := []table.Problem{
		{"f.csv", 5, "", table.ReasonUnreadable}, {"f.csv", 6, "", table.ReasonUnreadable},
		{"f.csv", 7, "", table.ReasonNotUTF8}, {"f.csv", 8, "b", "four"},
	}
	if len(problems) != len(want) {
		t.Fatalf("problems %v, want %v", problems, want)
	}
	for i := range want {
		if problems[i] != want[i] {
			t.Errorf("problem %d is %v, want %v", i, problems[i], want[i])
		}
	}
}

func TestAMissingColumnRefusesTheTable(t *testing.T) {
	_, err := table.Open("f.csv", strings.NewReader("a,b\n"), []string{"c"})
	var bad *table.Error
	if !errors.As(err, &bad) || bad.Field != "c" || bad.Reason != table.ReasonMissing {
		t.Errorf("got %v, want column c missing", err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("a,b\n1,2\n")
	f.Add("a,b\n\"1,2\n")
	f.Add("\"\n\r\"x,\x00")
	f.Fuzz(func(t *testing.T, in string) {
		r, err := table.Open("f", strings.NewReader(in), nil)
		if err != nil {
			return
		}
		for range len(in) + 2 {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && strings.ContainsRune(row.Get("a"), 0) {
				t.Error("a NUL reached the caller")
			}
		}
		t.Error("the table does not end")
	})
}
