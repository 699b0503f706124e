package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain/store/localpg"
)

// candidatesFile writes people of another system, masons all of them.
func candidatesFile(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "candidates.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	for i := range n {
		fmt.Fprintf(out, `{"id":"C%06d","given":"Awa","family":"Keïta","region":"BKO","mobility":["*"],"isced":2,"languages":["fr"],`+
			`"experience":[{"title":"maçon","years":%d}],"skills":[{"text":"monter des murs en briques ou parpaings"},{"text":"lire un plan %d"}]}`+"\n", i, i%9, i)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func vacanciesFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vacancies.jsonl")
	body := `{"id":"V1","title":"maçon","employer":"Atelier","region":"BKO","posts":3,"contract":"daily","skills":[{"text":"monter des murs en briques ou parpaings"}]}`
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestAnImportThatIsKilledIsFinishedByRunningItAgain kills it with SIGKILL in
// the middle, beside a running server, and runs it again.
func TestAnImportThatIsKilledIsFinishedByRunningItAgain(t *testing.T) {
	t.Parallel()
	const people = 12_000
	dir := dataDir(t)
	serve(t, nil, "--data-dir", dir, "--no-demo")
	args := []string{"import", "candidates", candidatesFile(t, people), "--consent-basis", "Accord écrit de 2026", "--data-dir", dir}

	cluster, err := localpg.Attach(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", cluster.OwnerURL())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	count := func(query string) int {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	const stored = `SELECT count(*) FROM persons`
	killed := start(t, nil, args...)
	killed.until("half done", func() bool { return count(stored) > 800 })
	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	killed.wait()
	if n := count(stored); n == 0 || n >= people {
		t.Fatalf("%d people are stored after the kill: nothing was interrupted", n)
	}

	finished, status := run(t, args...)
	if status != 0 {
		t.Fatalf("again: status %d, %s", status, finished.err.String())
	}
	for what, query := range map[string]string{
		"people":        stored,
		"other ids":     `SELECT count(DISTINCT external_id) FROM persons`,
		"registrations": `SELECT count(*) FROM registrations WHERE state = 'active'`,
		"histories":     `SELECT count(*) FROM registration_history`,
		"consents":      `SELECT count(*) FROM consents WHERE basis = 'Accord écrit de 2026'`,
		"experiences":   `SELECT count(*) FROM experiences`,
		"ledger":        `SELECT count(*) FROM imported_rows`,
		"skills":        `SELECT count(*) / 2 FROM person_skills`,
	} {
		if n := count(query); n != people {
			t.Errorf("%s: %d, want %d", what, n, people)
		}
	}
	once, status := run(t, args...)
	if want := fmt.Sprintf("%d candidates read: 0 new, 0 changed, %d as before", people, people); status != 0 || !strings.Contains(once.out.String(), want) {
		t.Errorf("once more: status %d, %s", status, once.out.String())
	}
}
