package store

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// old are the columns of a row as they were, by name.
type old map[string]any

// text gives a column as PostgreSQL's JSON wrote it, "" for NULL.
func (f old) text(column string) string {
	switch v := f[column].(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		out, _ := json.Marshal(v) // of what was decoded from JSON
		return string(out)
	}
}

// oldSource says how the rows of a table are sealed that were there before.
type oldSource struct {
	keys    []string // the columns that find the row
	subject string   // the column that names whose key closes it, else
	lookup  string   // the query that finds it, by
	by      string   // this column
	columns []oldColumn
	hashes  []oldHash
}

// oldColumn is a sealed column and what goes into it: one text, or fields under
// the short names of the structs that read them.
type oldColumn struct {
	name   string
	text   string
	fields map[string]string
	json   string // a column that holds a JSON document
	own    bool   // under the key of the row, whoever it is about
}

// said is what is sealed; nil for nothing.
func (c oldColumn) said(f old) any {
	switch {
	case c.json != "":
		return json.RawMessage(f.text(c.json))
	case c.text != "":
		if f.text(c.text) == "" {
			return nil
		}
		return f.text(c.text)
	}
	out := map[string]any{}
	for short, column := range c.fields {
		if v := f[column]; v != nil && v != "" {
			out[short] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// oldHash is a look-up beside a sealed column.
type oldHash struct {
	name, kind, of string
	alone          bool // of rows that name nobody only
}

var errGone = errors.New("store: no such record any more")

// oldSubject finds whose key closes a row.
func oldSubject(ctx context.Context, t domain.Tx, how oldSource, f old) (domain.ID, error) {
	if how.lookup == "" {
		if id := f.text(how.subject); id != "" {
			return domain.ID(id), nil
		}
		return domain.ID(f.text("id")), nil // of nobody who is registered
	}
	var found []domain.ID
	if err := on(ctx, t).Raw(how.lookup, f.text(how.by)).Scan(&found).Error; err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", errGone
	}
	return found[0], nil
}

// oldKey reads a key of the name register as it was stored: "w:coulibaly".
func oldKey(k string) person.Key { return person.Key{Kind: person.KeyKind(k[:1]), Value: k[2:]} }

const (
	subjectOfCase = `SELECT subject_id::text FROM case_files WHERE id = ?`
	subjectOfUser = `SELECT person_id::text FROM users WHERE id = ?`
)

var (
	byID       = []string{"id"}
	byPosition = []string{"person_id", "position"}
)

func besideCase(keys []string, column, text string) oldSource {
	return oldSource{keys: keys, lookup: subjectOfCase, by: "case_id", columns: []oldColumn{{name: column, text: text}}}
}

func oldHistory(lookup string) oldSource {
	return oldSource{keys: byID, lookup: lookup, by: "record_id", columns: []oldColumn{{name: "sealed", text: "reason"}}}
}

// oldSources are the tables that held what people confide, with whose columns
// are gone: what they said is in unsealed.
var oldSources = map[string]oldSource{
	"persons": {keys: byID, subject: "id", columns: []oldColumn{
		{name: "sealed_names", fields: map[string]string{"g": "given_names", "f": "family_name"}},
		{name: "sealed_identity", fields: map[string]string{"f": "father_name", "m": "mother_name", "b": "birth_date", "n": "nina", "d": "residence_detail"}},
		{name: "sealed_contact", fields: map[string]string{"e": "email"}},
		{name: "sealed_rest", fields: map[string]string{"a": "accommodation", "g": "guardian_name", "p": "guardian_phone"}},
		{name: "sealed_entry", fields: map[string]string{"h": "helper_name", "x": "external_id"}},
	}, hashes: []oldHash{{name: "external_hash", kind: externalKind, of: "external_id"}}},
	"person_aliases": {keys: byPosition, subject: "person_id", columns: []oldColumn{{name: "sealed", text: "name"}}},
	"person_phones": {keys: byPosition, subject: "person_id", columns: []oldColumn{
		{name: "sealed_number", text: "number"}, {name: "sealed_helper", text: "helper_name"},
	}, hashes: []oldHash{{name: "number_hash", kind: phoneKind, of: "number"}}},
	"educations":         {keys: byPosition, subject: "person_id", columns: []oldColumn{{name: "sealed", text: "diploma"}}},
	"experiences":        {keys: byPosition, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"t": "title", "e": "employer"}}}},
	"migration_episodes": {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"o": "occupation", "r": "return_date", "p": "programme"}}}},
	"displacements":      {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"d": "origin_detail", "t": "date"}}}},
	"consents": {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{
		"w": "witness", "r": "representative", "b": "basis", "p": "representative_phone", "e": "employer", "s": "paper"}}}},
	"registration_drafts": {keys: byID, subject: "id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"p": "phone", "a": "answers"}}},
		hashes: []oldHash{{name: "phone_hash", kind: formKind, of: "phone"}}},
	"messages": {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"r": "recipient", "p": "params"}}},
		hashes: []oldHash{{name: "recipient_hash", kind: recipientKind, of: "recipient", alone: true}}},
	"users": {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"p": "phone", "e": "email"}}},
		hashes: []oldHash{{name: "phone_hash", kind: phoneKind, of: "phone"}, {name: "email_hash", kind: emailKind, of: "email"}}},
	"contact_changes": {keys: byID, lookup: subjectOfUser, by: "user_id", columns: []oldColumn{{name: "sealed", text: "value"}}},

	"registration_history": oldHistory(`SELECT person_id::text FROM registrations WHERE id = ?`),
	"case_history":         oldHistory(subjectOfCase),
	"application_history":  oldHistory(`SELECT subject_id::text FROM applications WHERE id = ?`),
	"placement_history":    oldHistory(`SELECT subject_id::text FROM placements WHERE id = ?`),
	"transfer_history":     oldHistory(`SELECT person_id::text FROM transfers WHERE id = ?`),
	"complaint_history":    oldHistory(`SELECT id::text FROM complaints WHERE id = ?`),

	"rights_request_history": oldHistory(`SELECT coalesce(person_id, id)::text FROM rights_requests WHERE id = ?`),

	"case_shares":   besideCase(byID, "sealed", "reason"),
	"plan_goals":    besideCase(byID, "sealed", "words"),
	"plan_actions":  besideCase(byID, "sealed", "words"),
	"case_barriers": besideCase([]string{"case_id", "kind"}, "sealed", "detail"),
	"notes":         besideCase(byID, "sealed", "body"),
	"applications":  {keys: byID, lookup: `SELECT subject_id::text FROM applications WHERE id = ?`, by: "id", columns: []oldColumn{{name: "sealed", text: "reason"}}},
	"placements":    {keys: byID, lookup: `SELECT subject_id::text FROM placements WHERE id = ?`, by: "id", columns: []oldColumn{{name: "sealed", text: "end_reason"}}},
	"complaints": {keys: byID, lookup: `SELECT subject_id::text FROM complaints WHERE id = ?`, by: "id",
		columns: []oldColumn{{name: "sealed_words", text: "words"}, {name: "sealed_reason", text: "reason", own: true}}},
	"transfers":   {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed_reason", text: "reason"}, {name: "sealed_answer", text: "answer"}}},
	"emergencies": {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", text: "reason"}}},
	"merges":      {keys: byID, subject: "survivor_id", columns: []oldColumn{{name: "sealed", text: "reason"}}},
	"merge_records": {keys: []string{"merge_id"}, lookup: `SELECT survivor_id::text FROM merges WHERE id = ?`, by: "merge_id",
		columns: []oldColumn{{name: "sealed_before", json: "before"}, {name: "sealed_after", json: "after"}}},
	"rights_requests": {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", fields: map[string]string{"w": "words", "r": "reason"}}}},
	"legal_holds":     {keys: byID, subject: "person_id", columns: []oldColumn{{name: "sealed", text: "reason"}}},
}
