package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain/exchange/esco"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// TestRealESCOIsImportedWhole takes the real v1.1.1 when it is at hand.
func TestRealESCOIsImportedWhole(t *testing.T) {
	data := os.Getenv("BAARA_SHARED_DATA")
	if data == "" {
		data = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(data, "esco")); err != nil {
		t.Skip("the real ESCO files are not here: set BAARA_SHARED_DATA to a folder with esco/")
	}
	read, _, err := esco.Read([]string{filepath.Join(data, "esco")}, "")
	if err != nil {
		t.Fatal(err)
	}
	db := freshStore(t)
	if _, err := starter.Load(context.Background(), directory(t, db), importer(db)); err != nil {
		t.Fatal(err)
	}
	report := importRelease(t, db, read)
	if report.Skills != 13896 || report.Occupations != 3007 || report.Met == 0 {
		t.Errorf("read %d skills, %d occupations, met %d", report.Skills, report.Occupations, report.Met)
	}
	if n := report.Links[taxonomy.LinkClass{From: taxonomy.Occupation, To: taxonomy.Skill}]; n != 123788 {
		t.Errorf("%d relations of occupations and skills, want 123788", n)
	}
	lost := 0
	for _, r := range report.Refused {
		if r.File == "occupationSkillRelations.csv" && r.Reason == taxonomy.RefusedUnknownFrom {
			lost++
		}
	}
	if lost != 67 {
		t.Errorf("%d relations refused, want 67", lost)
	}
	if again := importRelease(t, db, read); again.Changed() != 0 {
		t.Errorf("again: %+v", again)
	}
}
