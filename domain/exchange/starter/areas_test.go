package starter_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/exchange/table"
)

func TestReadAreas(t *testing.T) {
	in := "parent,code,level,fr,valid_from\n" +
		"KAY-KAYES,KAY-KAYES-1,commune,Kayes,2023-03-13\n" +
		"KAY,,cercle,x,\n" +
		"KAY,A,parish,x,\n" +
		"KAY,B,cercle,,\n" +
		"KAY,C,cercle,x,yesterday\n" +
		"KAY,KAY-KAYES-1,cercle,x,\n"
	areas, problems, err := starter.ReadAreas("list.csv", strings.NewReader(in), "MLI", "INSTAT")
	if err != nil || len(areas) != 1 {
		t.Fatalf("%d areas, %v", len(areas), err)
	}
	if a := areas[0]; a.Code != "KAY-KAYES-1" || a.Parent != "KAY-KAYES" || a.Names["en"] != "Kayes" || a.From.String() != "2023-03-13" || a.Source != "INSTAT" {
		t.Errorf("read %+v", a)
	}
	want := []table.Problem{
		{File: "list.csv", Line: 3, Field: "code", Reason: table.ReasonMissing},
		{File: "list.csv", Line: 4, Field: "level", Reason: starter.ReasonUnknownKind},
		{File: "list.csv", Line: 5, Field: "fr", Reason: table.ReasonMissing},
		{File: "list.csv", Line: 6, Field: "valid_from", Reason: starter.ReasonBadDates},
		{File: "list.csv", Line: 7, Field: "code", Reason: starter.ReasonTwice},
	}
	if !slices.Equal(problems, want) {
		t.Errorf("problems\n%v, want\n%v", problems, want)
	}
}

func FuzzReadAreas(f *testing.F) {
	f.Add("code,level,parent,fr\nA,cercle,,x\n")
	f.Add("\xef\xbb\xbfcode,level,parent,fr,en,valid_from,valid_to\nA,site,B,x,y,2020-01-01,2019-01-01\n\"")
	f.Fuzz(func(t *testing.T, in string) {
		areas, _, err := starter.ReadAreas("f", strings.NewReader(in), "MLI", "")
		if err != nil {
			return
		}
		for _, a := range areas {
			if a.Code == "" || a.Names["fr"] == "" || !a.Ordered() {
				t.Errorf("an unusable area was let through: %+v", a)
			}
		}
	})
}
