package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/baara-platform/baara/search/linker"
)

// aLinkingSet writes a folder: three concepts with two labels each; the rank of the right one is told beside each query.
func aLinkingSet(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"corpus_elements.tsv": "L1\tgardener\nL2\tgarden worker\nL3\tgarden designer\nL4\tdesigner of gardens\nL5\tpilot\nL6\tflyer\n",
		"concept_mapping.tsv": "L1\turn:a\nL2\turn:a\nL3\turn:b\nL4\turn:b\nL5\turn:c\nL6\turn:c\n",
		"queries.tsv":         "Q1\tGardeners\nQ2\tGarden designer\nQ3\tzzz\nQ4\tGarden designers\n",
		// Q1 and Q2 at rank 1; Q3 is found nowhere; Q4 is meant to be the gardener, which the designer stands before.
		"annotations.tsv": "Q1\t0\tL1\t1\nQ1\t0\tL2\t1\nQ2\t0\tL3\t1\nQ2\t0\tL4\t1\nQ3\t0\tL5\t1\nQ4\t0\tL1\t1\nQ4\t0\tL2\t1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func measured(t *testing.T, dir string) linkingMeasures {
	t.Helper()
	set, err := readLinkingSet(dir)
	if err != nil {
		t.Fatal(err)
	}
	l := linker.New()
	if err := l.Load(context.Background(), set.labels); err != nil {
		t.Fatal(err)
	}
	m, err := measureLinking(context.Background(), l, set)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEvalLinkingCountsRanks(t *testing.T) {
	m := measured(t, aLinkingSet(t))
	if m.Queries != 4 || m.MRR != (1+1+0+0.5)/4 || m.Success1 != 0.5 || m.Success5 != 0.75 || m.Success10 != 0.75 {
		t.Errorf("got %+v", m)
	}
	var out bytes.Buffer
	if err := m.print(&out, true); err != nil {
		t.Fatal(err)
	}
	var read map[string]float64
	if err := json.Unmarshal(out.Bytes(), &read); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Fatalf("not one line of JSON: %s, %v", out.String(), err)
	}
	for _, key := range []string{"queries", "mrr", "success_1", "success_5", "success_10", "p50_ms", "p99_ms"} {
		if _, ok := read[key]; !ok {
			t.Errorf("%s is missing in %s", key, out.String())
		}
	}
}

func TestEvalLinkingRefusesOtherFolders(t *testing.T) {
	if _, err := readLinkingSet(t.TempDir()); err == nil {
		t.Error("an empty folder is read")
	}
	dir := aLinkingSet(t)
	if err := os.WriteFile(filepath.Join(dir, "annotations.tsv"), []byte("Q1 L1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readLinkingSet(dir); err == nil || !strings.Contains(err.Error(), "annotations.tsv: line 1") {
		t.Errorf("a row without columns: %v", err)
	}
}

// TestLinkingIsAsGoodAsStated holds what docs/linking.md states, where the collections are at hand.
func TestLinkingIsAsGoodAsStated(t *testing.T) {
	data := os.Getenv("BAARA_SHARED_DATA")
	if data == "" {
		data = filepath.Join("..", "..", "..", "shared", "data")
	}
	for name, least := range map[string]struct{ mrr, success float64 }{
		"fra_q_fr_c_fr": {0.85, 0.81}, "usa_q_en_c_en": {0.66, 0.57},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(data, "melo", name)
			if _, err := os.Stat(dir); err != nil {
				t.Skip("the collection is not here: set BAARA_SHARED_DATA to a folder with melo/")
			}
			if m := measured(t, dir); m.MRR < least.mrr || m.Success1 < least.success {
				t.Errorf("got %+v, want at least %+v", m, least)
			}
		})
	}
}
