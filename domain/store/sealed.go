package store

import (
	"bytes"
	"context"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// sealed is a column that holds fields of a subject closed with its key. nil
// is NULL: nothing was told.
type sealed []byte

// MarshalJSON writes bytea as PostgreSQL reads it from JSON.
func (s sealed) MarshalJSON() ([]byte, error) {
	if s == nil {
		return []byte("null"), nil
	}
	out := make([]byte, 0, 2*len(s)+5)
	out = append(out, `"\\x`...)
	out = hex.AppendEncode(out, s)
	return append(out, '"'), nil
}

// UnmarshalJSON reads bytea as PostgreSQL writes it into JSON.
func (s *sealed) UnmarshalJSON(text []byte) error {
	text, ok := bytes.CutPrefix(text, []byte(`"\\x`))
	if !ok {
		*s = nil
		return nil
	}
	out := make([]byte, hex.DecodedLen(len(text)-1))
	if _, err := hex.Decode(out, text[:len(text)-1]); err != nil {
		return fmt.Errorf("store: sealed column: %w", err)
	}
	*s = out
	return nil
}

// Value writes bytea.
func (s sealed) Value() (driver.Value, error) {
	if s == nil {
		return nil, nil
	}
	return []byte(s), nil
}

// Scan reads bytea.
func (s *sealed) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*s = nil
	case []byte:
		*s = bytes.Clone(src)
	default:
		return fmt.Errorf("store: sealed column of type %T", src)
	}
	return nil
}

// keyring holds the keys of the subjects of one act or one page of a list:
// they are read with one query.
type keyring map[domain.ID]seal.SubjectKey

// keysFor gives the keys of subjects that are read.
func keysFor(ctx context.Context, t domain.Tx, subjects ...domain.ID) (keyring, error) {
	own, ok := t.(*tx)
	if !ok {
		panic(fmt.Sprintf("store: transaction of type %T was not opened here", t))
	}
	if len(own.keys) == 0 {
		return own.vault.of(ctx, own.g, subjects...)
	}
	out := keyring{}
	var others []domain.ID
	for _, s := range subjects {
		if key, ok := own.keys[s]; ok {
			out[s] = key
		} else {
			others = append(others, s)
		}
	}
	found, err := own.vault.of(ctx, own.g, others...)
	for s, key := range found {
		out[s] = key
	}
	return out, err
}

// keysToSeal is keysFor for writing: who has no key yet gets one.
func keysToSeal(ctx context.Context, t domain.Tx, subjects ...domain.ID) (keyring, error) {
	out, err := keysFor(ctx, t, subjects...)
	if err != nil {
		return nil, err
	}
	var fresh []domain.ID
	for _, s := range subjects {
		if _, ok := out[s]; !ok {
			fresh = append(fresh, s)
			out[s] = seal.SubjectKey{} // a subject that is named twice has one key
		}
	}
	if len(fresh) == 0 {
		return out, nil
	}
	made, err := t.(*tx).vault.create(ctx, t, fresh...)
	for s, key := range made {
		out[s] = key
	}
	return out, err
}

// seal closes fields of a subject for a column, "table.column". Fields that
// are all empty are NULL.
func (k keyring) seal(subject domain.ID, column string, fields any) (sealed, error) {
	plain, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("store: seal %s: %w", column, err)
	}
	if text := string(plain); text == "{}" || text == `""` {
		return nil, nil
	}
	key, ok := k[subject]
	if !ok || key.IsZero() {
		return nil, fmt.Errorf("store: seal %s: a subject without a key", column)
	}
	closed, err := key.Seal(padded(plain), subject, column)
	if err != nil {
		return nil, fmt.Errorf("store: seal %s: %w", column, err)
	}
	return closed, nil
}

// padded adds spaces, which mean nothing in JSON, so that a length does not
// tell one name from another.
func padded(plain []byte) []byte {
	step := 32
	if len(plain) > 256 {
		step = 256
	}
	return append(plain, bytes.Repeat([]byte(" "), (step-len(plain)%step)%step)...)
}

// open reads the fields of a column. NULL leaves them empty, and so does a
// subject whose key is gone: of who was erased nothing shows, and a list with
// others in it still does.
func (k keyring) open(subject domain.ID, column string, closed sealed, into any) error {
	if closed == nil {
		return nil
	}
	key, ok := k[subject]
	if !ok {
		return nil
	}
	plain, err := key.Open(closed, subject, column)
	if err != nil {
		return fmt.Errorf("store: open %s: %w", column, err)
	}
	if err := json.Unmarshal(plain, into); err != nil {
		return fmt.Errorf("store: open %s: %w", column, err)
	}
	return nil
}

// sealing closes several columns and keeps the first error.
type sealing struct {
	keys keyring
	err  error
}

func (s *sealing) seal(subject domain.ID, column string, fields any) sealed {
	if s.err != nil {
		return nil
	}
	var out sealed
	out, s.err = s.keys.seal(subject, column, fields)
	return out
}

// sealOne closes one column of one subject, who has or gets a key.
func sealOne(ctx context.Context, t domain.Tx, subject domain.ID, column string, fields any) (sealed, error) {
	keys, err := keysToSeal(ctx, t, subject)
	if err != nil {
		return nil, err
	}
	return keys.seal(subject, column, fields)
}

// subjectOf is whose key closes what is said beside a record, for its noun.
func subjectOf(ctx context.Context, t domain.Tx, noun string, record domain.ID) (domain.ID, error) {
	var found []domain.ID
	if err := on(ctx, t).Raw(`SELECT s::text FROM rls.subject(?, ?) AS s WHERE s IS NOT NULL`, noun, string(record)).Scan(&found).Error; err != nil {
		return "", fault("store.subjectOf", err)
	}
	if len(found) == 0 {
		return "", domain.NotFound("store.subjectOf")
	}
	return found[0], nil
}

// sealRecord closes the words of a record itself with the key of whom it was
// written of: a merge may have given it to another person since. One that is not
// there yet is of owner.
func sealRecord(ctx context.Context, t domain.Tx, noun string, record, owner domain.ID, column string, fields any) (sealed, error) {
	subject, err := recordSubject(ctx, t, noun, record, owner)
	if err != nil {
		return nil, err
	}
	return sealOne(ctx, t, subject, column, fields)
}

func recordSubject(ctx context.Context, t domain.Tx, noun string, record, owner domain.ID) (domain.ID, error) {
	subject, err := subjectOf(ctx, t, noun, record)
	if domain.KindOf(err) == domain.KindNotFound {
		return owner, nil
	}
	return subject, err
}

// sealBeside closes one column of a row beside a record. Nothing said needs no key.
func sealBeside(ctx context.Context, t domain.Tx, noun string, record domain.ID, column, words string) (sealed, error) {
	if words == "" {
		return nil, nil
	}
	subject, err := subjectOf(ctx, t, noun, record)
	if err != nil {
		return nil, err
	}
	return sealOne(ctx, t, subject, column, words)
}

// opening opens columns of rows, with the keys of all that have something
// sealed, and keeps the first error.
type opening struct {
	keys keyring
	err  error
}

func (o *opening) open(subject domain.ID, column string, closed sealed, into any) {
	if o.err == nil {
		o.err = o.keys.open(subject, column, closed, into)
	}
}

// text opens a column of one text.
func (o *opening) text(subject domain.ID, column string, closed sealed) (out string) {
	o.open(subject, column, closed, &out)
	return out
}

// openAll reads the keys of the rows' subjects in one query.
func openAll[R any](ctx context.Context, t domain.Tx, rows []R, subject func(R) domain.ID) (*opening, error) {
	return inside(ctx, t)(subjectsOf(rows, subject))
}

// subjectsOf lists the subjects of rows once each; rows of nobody have "".
func subjectsOf[R any](rows []R, subject func(R) domain.ID) []domain.ID {
	seen := make(map[domain.ID]bool, len(rows))
	out := make([]domain.ID, 0, len(rows))
	for _, r := range rows {
		if id := subject(r); !id.IsZero() && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// hash is how a sealed value is looked up; "" has none. Kinds keep equal
// values of different columns apart where they need not meet.
func (v *vault) hash(kind, value string) string {
	if value == "" {
		return ""
	}
	return v.keys.Lookup.Hash(kind, value)
}

func hashOf(t domain.Tx, kind, value string) string { return t.(*tx).vault.hash(kind, value) }

// Kinds of look-ups. A phone of a record and of an account meet anyway; codes
// and forms have their own, so that a form is not led to a person.
const (
	phoneKind = "phone"
	codeKind  = "phone of a code"
	formKind  = "phone of a form"

	recipientKind = "recipient of a message"

	externalKind = "external id"
	importKind   = "imported row"
)

// keysOf reads the keys of subjects, in a transaction or under a narrow role.
type keysOf func(subjects []domain.ID) (*opening, error)

func inside(ctx context.Context, t domain.Tx) keysOf {
	return func(subjects []domain.ID) (*opening, error) {
		keys, err := keysFor(ctx, t, subjects...)
		return &opening{keys: keys}, err
	}
}

func (v *vault) outsideOf(ctx context.Context, g *gorm.DB) keysOf {
	return func(subjects []domain.ID) (*opening, error) {
		keys, err := v.of(ctx, g, subjects...)
		return &opening{keys: keys}, err
	}
}
