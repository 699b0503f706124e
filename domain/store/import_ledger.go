package store

import (
	"context"
	"maps"
	"slices"

	"github.com/baara-platform/baara/domain"
)

// ImportLedger remembers the rows of other systems that were imported. A row
// counts only while its record exists: what was erased may come again. Of
// people it keeps keyed hashes: their ids there are theirs, and a fingerprint
// that anybody can compute tells who guesses a row that it was one.
type ImportLedger struct {
	db   *DB
	kind string
}

// ImportedPeople remembers rows that made people.
func (d *DB) ImportedPeople() ImportLedger { return ImportLedger{d, searchPerson} }

// ImportedVacancies remembers rows that made vacancies.
func (d *DB) ImportedVacancies() ImportLedger { return ImportLedger{d, searchVacancy} }

// stored gives how the external ids stand in the ledger and in the records.
func (l ImportLedger) stored(ids []string) (ledger, records textArray) {
	ledger, records = make(textArray, len(ids)), make(textArray, len(ids))
	for i, id := range ids {
		if ledger[i], records[i] = id, id; l.kind == searchPerson {
			ledger[i], records[i] = l.db.vault.hash(importKind, id), l.db.vault.hash(externalKind, id)
		}
	}
	return ledger, records
}

func (l ImportLedger) print(print string) string {
	if l.kind == searchPerson {
		return l.db.vault.hash(importKind, print)
	}
	return print
}

// Known tells of which external ids the row with that fingerprint was imported
// from the source.
func (l ImportLedger) Known(ctx context.Context, source string, fingerprints map[string]string) (map[string]bool, error) {
	ids := slices.Sorted(maps.Keys(fingerprints))
	ledger, records := l.stored(ids)
	table, column := "vacancies", "external_id"
	if l.kind == searchPerson {
		table, column = "persons", "external_hash"
	}
	var rows []struct {
		At          int
		Fingerprint string
	}
	err := l.db.View(ctx, system, func(t domain.Tx) error {
		// Looked up one by one: a new table has no statistics yet, and a plan made without them reads all of it for every batch.
		return fault("store.ImportLedger.Known", on(ctx, t).Raw(`SELECT w.at::int AS at, i.fingerprint
			FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS w(id, record, at)
			CROSS JOIN LATERAL (SELECT fingerprint FROM imported_rows WHERE kind = ? AND source = ? AND external_id = w.id LIMIT 1) i
			CROSS JOIN LATERAL (SELECT 1 FROM `+table+` WHERE external_source = ? AND `+column+` = w.record LIMIT 1) r`,
			ledger, records, l.kind, source, source).Scan(&rows).Error)
	})
	out := make(map[string]bool, len(ids))
	for _, r := range rows {
		id := ids[r.At-1]
		out[id] = r.Fingerprint == l.print(fingerprints[id])
	}
	return out, err
}

// Note remembers the fingerprints of rows that were imported, by external id.
func (l ImportLedger) Note(ctx context.Context, source string, fingerprints map[string]string) error {
	ids := slices.Sorted(maps.Keys(fingerprints)) // in one order, so that two imports do not lock each other out
	ledger, _ := l.stored(ids)
	prints := make(textArray, len(ids))
	for i, id := range ids {
		prints[i] = l.print(fingerprints[id])
	}
	return l.db.InTx(ctx, system, func(t domain.Tx) error {
		return fault("store.ImportLedger.Note", on(ctx, t).Exec(`INSERT INTO imported_rows (kind, source, external_id, fingerprint)
			SELECT ?, ?, r.id, r.print FROM unnest(?::text[], ?::text[]) AS r(id, print)
			ON CONFLICT (kind, source, external_id) DO UPDATE SET fingerprint = excluded.fingerprint, at = now()`,
			l.kind, source, ledger, prints).Error)
	})
}
