package store_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/store"
)

// Whoever has the disk, a dump or a copy finds nothing of what was confided, in
// whatever form bytes are looked for. A word in a readable column is found in
// each of them, so the search can fail.
func TestNothingConfidedIsReadableAtRest(t *testing.T) {
	ctx, raw := t.Context(), domaintest.DurableDatabase(t)
	ids := uuids()
	db, err := store.Open(ctx, raw.AppURL, ids, store.Options{Keys: domaintest.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	agency, account := ids.New(), ids.New()
	execute(t, raw.SQL, `INSERT INTO places (code, kind, country) VALUES ('BKO', 'district', 'MLI')`)
	execute(t, raw.SQL, `INSERT INTO agencies (id, code, name, place_code, created_at) VALUES ('`+string(agency)+`', 'B', 'readablecanary', 'BKO', now())`)
	execute(t, raw.SQL, `INSERT INTO users (id, role, name, email, created_at) VALUES ('`+string(account)+`', 'counsellor', 'C', 'c@example.org', now())`)
	n := domaintest.APerson(ids).Named("canarygiven", "canaryfamily").At(agency)
	p := &n.Person
	p.Father, p.Mother, p.NINA, p.Birth = "canaryfather", "canarymother", "19370219887766K", person.BornOn(domain.Date{Year: 1937, Month: 2, Day: 19})
	p.Guardian, p.GuardianPhone, p.Residence.Detail, p.Email, p.Accommodation = "canaryguardian", "+22379310018", "canaryvillage", "canarymail@example.org", "canaryneed"
	p.Aliases = []person.Alias{{Kind: person.AliasDit, Name: "canaryalias"}}
	p.Phones = []person.Phone{{Number: "+22379310017", Owner: person.HelperPhone, HelperName: "canaryhelper"}}
	p.Educations = []person.Education{{Kind: person.Formal, Diploma: "canarydiploma", Recognition: person.RecognitionNone}}
	p.Experience = []person.Experience{{Title: "canarytitle", Employer: "canaryemployer", Kind: person.Waged}}
	p.Entry.HelperName, p.Entry.ExternalSource, p.Entry.ExternalID = "canaryentry", "anpe", "canaryexternal"
	n.Journey.Episodes = []person.Episode{{ID: ids.New(), Country: "LBY", Role: "destination", Reason: "work", Status: "not_said", Occupation: "canaryoccupation",
		Programme: "canaryprogramme", ReturnDate: domain.Date{Year: 2019, Month: 8, Day: 23}, CreatedAt: p.CreatedAt}}
	n.Journey.Displacements = []person.Displacement{{ID: ids.New(), OriginDetail: "canaryorigin", Date: domain.Date{Year: 2018, Month: 7, Day: 21}, Cause: "conflict", CreatedAt: p.CreatedAt}}
	file := casework.CaseFile{ID: ids.New(), PersonID: p.ID, OwnerID: account, AgencyID: agency, Stage: "plan", OpenedAt: p.CreatedAt, Version: 1,
		Barriers: []casework.Barrier{{Kind: "money", Detail: "canarybarrier"}}}
	err = db.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		for _, write := range []func() error{
			func() error { return db.Persons().InsertBatch(ctx, tx, []person.Newcomer{n}) },
			func() error { return db.Cases().InsertCase(ctx, tx, file) },
			func() error {
				return db.Notes().InsertNote(ctx, tx, casework.Note{ID: ids.New(), CaseID: file.ID, AuthorID: account, Visibility: "file", Contact: "none",
					Body: "canarynote", At: p.CreatedAt})
			},
			func() error {
				return db.Plans().InsertGoal(ctx, tx, casework.Goal{ID: ids.New(), CaseID: file.ID, Words: "canarygoal", State: "open", CreatedBy: account, CreatedAt: p.CreatedAt, Version: 1})
			},
			func() error {
				return db.History("case").Append(ctx, tx, domain.Step{ID: ids.New(), RecordID: file.ID, Transition: "x", From: "plan", To: "plan", ActorRole: "system", Reason: "canaryreason", At: p.CreatedAt})
			},
			func() error {
				return db.Messages().InsertMessage(ctx, tx, person.Message{ID: ids.New(), Channel: person.BySMS, Recipient: "+22379310016", Language: "fr", Template: "sms.code",
					Params: map[string]string{"Code": "canarycode"}, State: person.MessageQueued, CreatedAt: p.CreatedAt})
			},
			func() error {
				return db.Drafts().InsertDraft(ctx, tx, person.DraftForm{ID: ids.New(), TokenHash: "h", Phone: "+22379310015", Answers: person.Answers{HelperName: "canarydraft"},
					Language: "fr", CreatedAt: p.CreatedAt, UpdatedAt: p.CreatedAt, ExpiresAt: p.CreatedAt.AddDate(1, 0, 0), Version: 1})
			},
		} {
			if err := write(); err != nil {
				return err
			}
		}
		for i, write := range (worded{db: db, ids: ids, she: n, file: file, agency: agency, account: account}).writes(ctx, tx) {
			if err := write(); err != nil {
				return fmt.Errorf("words %d: %w", i, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	canaries := []string{"canary", "19370219887766K", "1937-02-19", "2019-08-23", "2018-07-21", "79310015", "79310016", "79310017", "79310018", "79310019", "79310020", "79310021"}
	var dir, socket string
	if err := raw.SQL.QueryRow(`CHECKPOINT; SELECT 1`).Err(); err != nil {
		execute(t, raw.SQL, `CHECKPOINT`)
	}
	if err := raw.SQL.QueryRow(`SELECT current_setting('data_directory'), split_part(current_setting('unix_socket_directories'), ',', 1)`).Scan(&dir, &socket); err != nil {
		t.Fatal(err)
	}
	dump, err := os.ReadFile(raw.Dump(t))
	if err != nil {
		t.Fatal(err)
	}
	places := map[string][][]byte{"pg_dump": {dump}, "data directory": files(t, dir, func(path string) bool { return !strings.Contains(path, "pg_wal") }),
		"WAL": files(t, filepath.Join(dir, "pg_wal"), func(string) bool { return true }), "base backup": files(t, raw.BaseBackup(t), func(string) bool { return true })}
	for place, bodies := range places {
		if found(bodies, "readablecanary") == "" {
			t.Errorf("%s: what is readable is not found, so nothing was proved", place)
		}
		for i := range bodies {
			bodies[i] = bytes.ReplaceAll(bodies[i], []byte("readablecanary"), nil)
		}
		for _, c := range canaries {
			if form := found(bodies, c); form != "" {
				t.Errorf("%s holds %q (%s)", place, c, form)
			}
		}
	}
}

func files(t *testing.T, dir string, want func(string) bool) (out [][]byte) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() || !want(path) {
			return err
		}
		body, err := os.ReadFile(path)
		out = append(out, body)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d files of %s: %v", len(out), dir, err)
	}
	return out
}

// found says in which form a word is in any of the bodies, "" for none. Base64
// depends on where in its line a word begins, so each of the three is tried.
func found(bodies [][]byte, word string) string {
	forms := map[string][]byte{"clear": []byte(word), "hex": []byte(hex.EncodeToString([]byte(word)))}
	var wide []byte
	for _, u := range utf16.Encode([]rune(word)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	forms["UTF-16"] = wide
	for shift, name := range []string{"base64", "base64 after one", "base64 after two"} {
		text := base64.StdEncoding.EncodeToString(append(make([]byte, shift), word...))
		if inner := strings.TrimRight(text[(shift*8+5)/6:], "="); len(inner) > 6 {
			forms[name] = []byte(inner[:len(inner)-1])
		}
	}
	for form, bytesOf := range forms {
		for _, body := range bodies {
			if bytes.Contains(body, bytesOf) {
				return form
			}
		}
	}
	return ""
}
