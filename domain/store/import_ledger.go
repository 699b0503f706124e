package store

import (
	"context"
	"maps"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// ImportLedger remembers the rows of other systems that were imported. A row
// counts only while its record exists: what was erased may come again.
type ImportLedger struct {
	db   *DB
	kind string
}

// ImportedPeople remembers rows that made people.
func (d *DB) ImportedPeople() ImportLedger { return ImportLedger{d, searchPerson} }

// ImportedVacancies remembers rows that made vacancies.
func (d *DB) ImportedVacancies() ImportLedger { return ImportLedger{d, searchVacancy} }

// Known gives the fingerprints of those of the external ids that were imported
// from the source.
func (l ImportLedger) Known(ctx context.Context, source string, ids []string) (map[string]string, error) {
	records := map[string]string{searchPerson: "persons", searchVacancy: "vacancies"}[l.kind]
	var rows []struct{ ExternalID, Fingerprint string }
	err := l.db.View(ctx, system, func(t domain.Tx) error {
		// Looked up one by one: a new table has no statistics yet, and a plan made without them reads all of it for every batch.
		return fault("store.ImportLedger.Known", on(ctx, t).Raw(`SELECT w.id AS external_id, i.fingerprint FROM unnest(?::text[]) AS w(id)
			CROSS JOIN LATERAL (SELECT fingerprint FROM imported_rows WHERE kind = ? AND source = ? AND external_id = w.id LIMIT 1) i
			CROSS JOIN LATERAL (SELECT 1 FROM `+records+` WHERE external_source = ? AND external_id = w.id LIMIT 1) r`,
			textArray(ids), l.kind, source, source).Scan(&rows).Error)
	})
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.ExternalID] = r.Fingerprint
	}
	return out, err
}

// Note remembers the fingerprints of rows that were imported, by external id.
func (l ImportLedger) Note(ctx context.Context, source string, fingerprints map[string]string) error {
	ids := slices.Sorted(maps.Keys(fingerprints)) // in one order, so that two imports do not lock each other out
	prints := make(textArray, len(ids))
	for i, id := range ids {
		prints[i] = fingerprints[id]
	}
	return l.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.ImportLedger.Note", on(ctx, t).Exec(`INSERT INTO imported_rows (kind, source, external_id, fingerprint)
			SELECT ?, ?, r.id, r.print FROM unnest(?::text[], ?::text[]) AS r(id, print)
			ON CONFLICT (kind, source, external_id) DO UPDATE SET fingerprint = excluded.fingerprint, at = now()`,
			l.kind, source, textArray(ids), prints).Error)
	})
}
