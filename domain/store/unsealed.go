package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

// unsealedBatch is how many rows from before are sealed in a transaction.
const unsealedBatch = 2000

// SealOld seals what a database from before sealing kept readably: 0030_sealed.sql
// put it aside, since SQL has no keys. url is the owner's: nobody else reads what
// waits. Stopped, it goes on at the next call; side by side, one works and the
// others wait. It says how many rows it sealed. At the end it writes the tables
// anew, so that the files of the database hold the words no more.
func SealOld(ctx context.Context, url string, keys Keys) (done int, err error) {
	d, err := Open(ctx, url, nil, Options{System: url, MaxOpen: 2, Keys: keys, Timeout: time.Hour})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	var waits bool
	if err := d.system.gorm.WithContext(ctx).Raw(`SELECT to_regclass('unsealed') IS NOT NULL`).Scan(&waits).Error; err != nil || !waits {
		return 0, fault("store.SealOld", err)
	}
	for left := true; left; {
		var n int
		err := d.InTx(ctx, system, func(t domain.Tx) (err error) {
			n, err = sealSome(ctx, t)
			return err
		})
		if err != nil {
			return done, err
		}
		done, left = done+n, n > 0
	}
	return done, d.rewrite(ctx)
}

// sealSome seals a batch of what waits.
func sealSome(ctx context.Context, t domain.Tx) (int, error) {
	const op = "store.SealOld"
	g := on(ctx, t)
	var rows []struct {
		ID     int64
		Source string
		Fields []byte
	}
	err := g.Raw(`WITH batch AS (SELECT id FROM unsealed ORDER BY id LIMIT ? FOR UPDATE)
		DELETE FROM unsealed u USING batch WHERE u.id = batch.id RETURNING u.id, u.source, u.fields`, unsealedBatch).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, fault(op, err)
	}
	// Forced rules bind the owner too: without this nothing would be changed.
	if err := force(g, "NO FORCE"); err != nil {
		return 0, err
	}
	for _, r := range rows {
		var fields old
		if err := json.Unmarshal(r.Fields, &fields); err != nil {
			return 0, fmt.Errorf("%s: %s: %w", op, r.Source, err)
		}
		if err := sealOldRow(ctx, t, r.Source, fields); err != nil {
			return 0, fmt.Errorf("%s: %s: %w", op, r.Source, err)
		}
	}
	return len(rows), force(g, "FORCE")
}

func force(g *gorm.DB, how string) error {
	return fault("store.force", g.Exec(`DO $$ DECLARE one regclass; BEGIN
		FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relkind = 'r' LOOP
			EXECUTE format('ALTER TABLE %s `+how+` ROW LEVEL SECURITY', one);
		END LOOP; END $$`).Error)
}

// sealOldRow writes the sealed columns of one row.
func sealOldRow(ctx context.Context, t domain.Tx, source string, f old) error {
	if source == "imported_rows" {
		return on(ctx, t).Exec(`INSERT INTO imported_rows (kind, source, external_id, fingerprint, at) VALUES ('person', ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			f.text("source"), hashOf(t, importKind, f.text("external_id")), hashOf(t, importKind, f.text("fingerprint")), f.text("at")).Error
	}
	how, ok := oldSources[source]
	if !ok {
		return fmt.Errorf("nobody decided how it is sealed")
	}
	subject, err := oldSubject(ctx, t, how, f)
	if errors.Is(err, errGone) {
		return nil // removed since
	} else if err != nil {
		return err
	}
	set, args := []string{}, []any{}
	for _, c := range how.columns {
		whose := subject
		if c.own {
			whose = domain.ID(f.text("id"))
		}
		closed, err := sealOneOf(ctx, t, whose, source+"."+c.name, c.said(f))
		if err != nil {
			return err
		}
		set, args = append(set, c.name+" = ?"), append(args, closed)
	}
	for _, h := range how.hashes {
		if h.alone && f.text("person_id") != "" {
			continue
		}
		value := f.text(h.of)
		if h.kind == emailKind {
			value = strings.ToLower(value)
		}
		set, args = append(set, h.name+" = ?"), append(args, nullText(hashOf(t, h.kind, value)))
	}
	where := []string{}
	for _, k := range how.keys {
		where, args = append(where, k+"::text = ?"), append(args, f.text(k))
	}
	statement := "UPDATE " + source + " SET " + strings.Join(set, ", ") + " WHERE " + strings.Join(where, " AND ")
	if err := on(ctx, t).Exec(statement, args...).Error; err != nil || source != "persons" {
		return err
	}
	return rehashNames(ctx, t, subject)
}

// sealOneOf is sealOne, without a key for who said nothing.
func sealOneOf(ctx context.Context, t domain.Tx, subject domain.ID, column string, said any) (sealed, error) {
	if said == nil {
		return nil, nil
	}
	return sealOne(ctx, t, subject, column, said)
}

// rehashNames makes keyed hashes of a person's keys in the name register.
func rehashNames(ctx context.Context, t domain.Tx, id domain.ID) error {
	var keys []string
	err := on(ctx, t).Raw(`DELETE FROM person_name_keys WHERE person_id = ? AND key LIKE '_:%' RETURNING key`, string(id)).Scan(&keys).Error
	if err != nil {
		return err
	}
	rows := make([]nameKeyRow, len(keys))
	for i, k := range keys {
		rows[i] = nameKey(string(id), nameKeys{t.(*tx).vault}, oldKey(k))
	}
	return insertMany(ctx, t, "person_name_keys", rows)
}

// rewrite drops what is empty now and writes the tables anew: a dropped column
// and an updated row stay in the files until then.
func (d *DB) rewrite(ctx context.Context) error {
	const op = "store.rewrite"
	g := d.system.gorm.WithContext(ctx)
	for source := range oldSources {
		if err := g.Exec(`VACUUM (FULL, ANALYZE) ` + pgx.Identifier{source}.Sanitize()).Error; err != nil {
			return fault(op, err)
		}
	}
	for _, statement := range []string{`VACUUM (FULL, ANALYZE) person_name_keys`, `VACUUM (FULL, ANALYZE) imported_rows`, `VACUUM (FULL, ANALYZE) one_time_codes`,
		`VACUUM (FULL, ANALYZE) resume_tickets`, `DROP TABLE unsealed`} {
		if err := g.Exec(statement).Error; err != nil {
			return fault(op, err)
		}
	}
	return nil
}
