package main

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
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
	db, err := sql.Open("pgx", cluster.Address.URL(localpg.SuperuserRole, localpg.Database)) // rules of rows bind the owner too
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
		"other ids":     `SELECT count(DISTINCT external_hash) FROM persons`,
		"registrations": `SELECT count(*) FROM registrations WHERE state = 'active'`,
		"histories":     `SELECT count(*) FROM registration_history`,
		"consents":      `SELECT count(*) FROM consents WHERE mode = 'import' AND sealed IS NOT NULL`,
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

// TestACSVOfAnotherSystem imports a file as spreadsheets of Mali write it, with
// the mapping docs/import.md shows.
func TestACSVOfAnotherSystem(t *testing.T) {
	w := newWorld(t).withTaxonomy()
	_, err := demoAgencies(w.ctx, w.core)
	w.must(err)
	dir := t.TempDir()
	write := func(name, body string) string {
		path := filepath.Join(dir, name)
		w.must(os.WriteFile(path, []byte(body), 0o600))
		return path
	}
	file := write("people.csv", "\xef\xbb\xbfMatricule;Prénom;Nom;Sexe;Né le;Tél;Région;Mobilité;Métier;Années;Compétences;Niveau\n"+
		"17;Awa;Keïta;F;1998-05-02;70 00 00 17;Kayes;Kayes|Bamako;maçonne;3,5;lire un plan|enduire un mur;CAP\n"+
		"18;Moussa;Traoré;H;1990;70 00 00 18;Koulikoro ville;*;soudeur;2;souder;CAP\n"+
		"19;Binta;Diarra;F;1991;70 00 00 19;Atlantide;;;;;\n"+
		"20;Adama;Sow;H;;1234;Mopti;;;;;\n")
	mapping := write("mapping.toml", `separator = "|"
[columns]
id = "Matricule"
given = "Prénom"
family = "Nom"
sex = "Sexe"
born = "Né le"
phones = "Tél"
region = "Région"
mobility = "Mobilité"
"experience.0.title" = "Métier"
"experience.0.years" = "Années"
skills = "Compétences"
isced = "Niveau"
[values.sex]
H = "male"
F = "female"
[values.region]
"Koulikoro ville" = "KLK"
[values.isced]
CAP = "3"
`)
	report := filepath.Join(dir, "report.csv")
	c := importCandidatesCmd{ConsentBasis: " Fiche signée, 2026 ", ConsentFor: []string{"matching", "messages"}}
	c.File, c.Mapping, c.Source, c.Report = file, mapping, "anpe", report
	w.must(c.Run(w.ctx, &Settings{DataDir: dir, DatabaseURL: w.appURL, OwnerURL: w.ownerURL, LogLevel: "error"}))

	for what, query := range map[string]string{
		"nobody of the refused":     `SELECT 3 - count(*) FROM persons`,
		"consents with their basis": `SELECT count(*) - 3 FROM consents WHERE mode = 'import'`,
	} {
		if n := w.count(query); n != 1 {
			t.Errorf("%s: %d", what, n)
		}
	}
	people, bases := w.imported(dir)
	awa, moussa := people["17"], people["18"]
	if work := awa.Experience; awa.Given != "Awa" || awa.Sex != person.Female || awa.Birth.Date.String() != "1998-05-02" || len(awa.Phones) != 1 ||
		awa.Phones[0].Number != "+22370000017" || awa.Residence.Region != "KAY" || awa.ISCED == nil || *awa.ISCED != 3 || awa.Entry.ExternalSource != "anpe" ||
		len(work) != 1 || work[0].Months != 42 || work[0].Title != "maçonne" || work[0].OccupationID.IsZero() {
		t.Errorf("the first is kept as %+v", awa)
	}
	if moussa.Given != "Moussa" || !moussa.Mobility.Anywhere || moussa.Residence.Region != "KLK" {
		t.Errorf("who works everywhere is kept as %+v", moussa)
	}
	if !slices.Equal(slices.Compact(bases), []string{"Fiche signée, 2026"}) {
		t.Errorf("the consents rest on %q", bases)
	}
	body, err := os.ReadFile(report)
	w.must(err)
	want := "line,field,reason,effect\n4,region,unknown_place,record refused\n5,phones.0.number,phone,record refused\n"
	if string(body) != want {
		t.Errorf("report %q, want %q", body, want)
	}
}

// imported reads people by their id in the other system, and what their
// consents rest on, with the keys of the command's data directory.
func (w *world) imported(dir string) (map[string]person.Person, []string) {
	w.Helper()
	keys, err := (&Settings{DataDir: dir}).keys()
	w.must(err)
	db, err := store.Open(w.ctx, w.appURL, wire.NewIDs(), store.Options{Keys: keys})
	w.must(err)
	defer func() { _ = db.Close() }()
	rows, err := w.sql.QueryContext(w.ctx, `SELECT id::text FROM persons`)
	w.must(err)
	defer func() { _ = rows.Close() }()
	out, bases := map[string]person.Person{}, []string(nil)
	for rows.Next() {
		var id domain.ID
		w.must(rows.Scan(&id))
		w.must(db.View(w.ctx, domain.System(), func(tx domain.Tx) error {
			p, err := db.Persons().Get(w.ctx, tx, id)
			out[p.Entry.ExternalID] = p
			consents, failed := db.Consents().Consents(w.ctx, tx, id)
			for _, c := range consents {
				bases = append(bases, c.Basis)
			}
			return errors.Join(err, failed)
		}))
	}
	return out, bases
}

func TestImportedOffersAreHeldWhenTheyMentionAFee(t *testing.T) {
	w := newWorld(t)
	_, err := demoAgencies(w.ctx, w.core)
	w.must(err)
	dir := t.TempDir()
	path := filepath.Join(dir, "offers.jsonl")
	w.must(os.WriteFile(path, []byte(`{"id":1,"title":"Maçon","region":"BKO"}
{"id":2,"title":"Soudeur","region":"BKO","description":"Frais de dossier : 5 000 F."}
{"id":3,"title":"Plombier","region":"BKO","fee_free":false}
`), 0o600))
	c := importVacanciesCmd{ConsentBasis: "Convention de 2026"}
	c.File, c.Source = path, "cci"
	w.must(c.Run(w.ctx, &Settings{DataDir: dir, DatabaseURL: w.appURL, OwnerURL: w.ownerURL, LogLevel: "error"}))
	for title, state := range map[string]string{"Maçon": "published", "Soudeur": "held", "Plombier": "draft"} {
		if n := w.count(`SELECT count(*) FROM vacancies WHERE title = $1 AND state = $2 AND source_detail = 'Convention de 2026'`, title, state); n != 1 {
			t.Errorf("%s is not %s", title, state)
		}
	}
}
