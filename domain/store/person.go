package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// Persons implements person.Store.
type Persons struct {
	db    *DB
	keyer person.NameKeyer
}

// nameKeys is person.NameKeyer with keyed hashes: what stands in the name
// register says nothing to who has no key, but that two people share a word.
type nameKeys struct{ vault *vault }

// StoredKey implements person.NameKeyer.
func (k nameKeys) StoredKey(key person.Key) string {
	return k.vault.hash("name "+string(key.Kind), key.Value)
}

// Persons keeps people.
func (d *DB) Persons() Persons { return Persons{db: d, keyer: nameKeys{d.vault}} }

// References takes numbers of the person references.
func (Persons) References(ctx context.Context, t domain.Tx, n int) ([]int64, error) {
	return nextNumbers(ctx, t, "person_reference", n)
}

// InsertBatch writes newcomers with all that belongs to them: one statement a
// table, whatever their number. A few hundred at a time is fastest.
func (s Persons) InsertBatch(ctx context.Context, t domain.Tx, newcomers []person.Newcomer) error {
	var parts partRows
	people := make([]personRow, len(newcomers))
	ids := make([]domain.ID, len(newcomers))
	for i, n := range newcomers {
		ids[i] = n.Person.ID
	}
	keys, err := keysToSeal(ctx, t, ids...)
	if err != nil {
		return err
	}
	seals := &sealing{keys: keys}
	for i, n := range newcomers {
		people[i] = personToRow(n.Person, seals, s.db.vault.hash)
		parts.add(n.Person, s.keyer, seals, s.db.vault.hash)
	}
	if seals.err != nil {
		return seals.err
	}
	if err := insertMany(ctx, t, "persons", people); err != nil {
		return err
	}
	if err := parts.insert(ctx, t); err != nil {
		return err
	}
	if err := insertStanding(ctx, t, newcomers, keys); err != nil {
		return err
	}
	if err := keepFacts(ctx, t, ids...); err != nil {
		return err
	}
	return changed(ctx, t, searchPerson, ids...)
}

// Get reads one person.
func (s Persons) Get(ctx context.Context, t domain.Tx, id domain.ID) (person.Person, error) {
	return s.one(ctx, t, id, "")
}

// ForUpdate reads one person and locks the record.
func (s Persons) ForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (person.Person, error) {
	return s.one(ctx, t, id, " FOR UPDATE OF p")
}

func (Persons) one(ctx context.Context, t domain.Tx, id domain.ID, suffix string) (person.Person, error) {
	people, err := loadPeople(on(ctx, t), inside(ctx, t), selectPeople+wholePeople+suffix, []domain.ID{id})
	if err != nil {
		return person.Person{}, err
	}
	if len(people) == 0 {
		return person.Person{}, domain.NotFound("store.Person")
	}
	return people[0], nil
}

// Many reads people in the order of the ids; unknown ids are left out, and
// people the actor may not read are unknown.
func (Persons) Many(ctx context.Context, t domain.Tx, ids []domain.ID) ([]person.Person, error) {
	return ordered(on(ctx, t), inside(ctx, t), ids, selectPeople+wholePeople)
}

func ordered(g *gorm.DB, keys keysOf, ids []domain.ID, query string) ([]person.Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	people, err := loadPeople(g, keys, query, ids)
	if err != nil {
		return nil, err
	}
	at := make(map[domain.ID]person.Person, len(people))
	for _, p := range people {
		at[p.ID] = p
	}
	out := make([]person.Person, 0, len(people))
	for _, id := range ids {
		if p, ok := at[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

// Save replaces the record and its lists. Reference, entry and creation never change.
func (s Persons) Save(ctx context.Context, t domain.Tx, p person.Person) error {
	const op = "store.Persons.Save"
	keys, err := keysToSeal(ctx, t, p.ID)
	if err != nil {
		return err
	}
	seals := &sealing{keys: keys}
	row := personToRow(p, seals, s.db.vault.hash)
	var parts partRows
	parts.add(p, s.keyer, seals, s.db.vault.hash)
	if seals.err != nil {
		return seals.err
	}
	row.Version++
	result := on(ctx, t).Model(&personRow{}).Where("id = ? AND version = ?", row.ID, p.Version).Select("*").
		Omit("ID", "Reference", "EnteredMode", "EnteredBy", "ExternalSource", "SealedEntry", "ExternalHash", "Demo", "CreatedAt").
		Updates(&row)
	if err := touched(op, result); err != nil {
		return err
	}
	if err := deleteParts(ctx, t, p.ID); err != nil {
		return err
	}
	if err := parts.insert(ctx, t); err != nil {
		return err
	}
	if err := keepFacts(ctx, t, p.ID); err != nil {
		return err
	}
	return changed(ctx, t, searchPerson, p.ID)
}
