package seal

import (
	"errors"
	"fmt"
)

// A database and its key store know each other: the database holds the store's
// id and a value only its keys give, the store holds which database it serves.
// So a store that is lost, one that is another's, and a copy of a database that
// would destroy the keys of the real one are told apart before anything is
// opened, and nothing is made in place of what is missing.
var (
	// ErrKeysLost says that the key store, or part of it, is not where it should be.
	ErrKeysLost = errors.New("the key store is lost")
	// ErrKeysWrong says that there is a key store, and that it is another one.
	ErrKeysWrong = errors.New("this is another key store")
	// ErrKeysElsewhere says that the store serves another database, of which this may be a copy.
	ErrKeysElsewhere = errors.New("this key store serves another database")
)

// Recorded is what a database says.
type Recorded struct {
	Pairing
	Database string // which database this is: another for each copy
	Sealed   bool   // it holds something that only keys open
	Wrapping int    // wrapping keys with subjects
}

// Pairing is what a database keeps of its key store. The zero value is of one
// that has none yet.
type Pairing struct {
	Store string // its id
	Check string // a value only its box gives
}

// Pair holds that the store is the database's, and makes both one where neither
// has anything yet. The database keeps the answer where it had none.
func (s KeyStore) Pair(r Recorded) (Pairing, error) {
	c, err := s.Contents()
	if err != nil {
		return Pairing{}, err
	}
	if err := s.fits(r, c); err != nil {
		return Pairing{}, err
	}
	if c.Database != "" && c.Database != r.Database {
		return Pairing{}, fmt.Errorf("%w: the keys in %s. Give this database a folder of its own with --keys-dir (BAARA_KEYS_DIR). "+
			"If it takes the other one's place for good, because it was restored from its copy or moved: baara keys adopt. "+
			"Never let two databases share keys: each destroys what it does not know", ErrKeysElsewhere, s.Dir)
	}
	if r.Store == "" {
		if err := s.begin(); err != nil {
			return Pairing{}, err
		}
	}
	if c.Database == "" {
		if err := s.serve(r.Database); err != nil {
			return Pairing{}, err
		}
	}
	return s.pairing(r)
}

// Adopt has the store serve this database from now on, in place of the one it
// served. The store must be the one the database says, or the database must
// hold nothing sealed yet.
func (s KeyStore) Adopt(r Recorded) (Pairing, error) {
	c, err := s.Contents()
	if err != nil {
		return Pairing{}, err
	}
	if err := s.fits(r, c); err != nil {
		return Pairing{}, err
	}
	if r.Store == "" {
		if err := s.begin(); err != nil {
			return Pairing{}, err
		}
	}
	if err := s.serve(r.Database); err != nil {
		return Pairing{}, err
	}
	return s.pairing(r)
}

// pairing is what the store says of itself, which must be what was recorded.
func (s KeyStore) pairing(r Recorded) (Pairing, error) {
	id, err := line(s.storeFile())
	if err != nil {
		return Pairing{}, err
	}
	check, err := s.check()
	if err != nil {
		return Pairing{}, err
	}
	if r.Store != "" && check != r.Check {
		return Pairing{}, fmt.Errorf("%w: %s is not the key that this database's secrets are sealed with. Put back the file that was there, "+
			"or: baara keys restore FILE", ErrKeysWrong, s.identity())
	}
	return Pairing{Store: id, Check: check}, nil
}

// fits compares what the database says with what there is, without opening a key.
func (s KeyStore) fits(r Recorded, c Contents) error {
	lost := func(what string) error {
		return fmt.Errorf("%w: %s. Is BAARA_KEYS_DIR right, and is the disk there? Otherwise bring it back from a backup: baara keys restore FILE. "+
			"Nothing was made in its place: new keys do not open what the old ones closed", ErrKeysLost, what)
	}
	switch {
	case r.Store != "" && c.ID != "" && c.ID != r.Store:
		return fmt.Errorf("%w: this database's keys are those of store %s, and %s is store %s. Point BAARA_KEYS_DIR to the right folder",
			ErrKeysWrong, r.Store, s.Dir, c.ID)
	case r.Store != "" && c.ID == "" && !c.Identity && c.Wrapping == 0:
		return lost("this database's keys, store " + r.Store + ", are not in " + s.Dir)
	case r.Store != "" && c.ID == "":
		return lost(s.storeFile() + " is missing, which says that these are the keys of store " + r.Store)
	case (r.Store != "" || r.Sealed) && !c.Identity:
		return lost(s.identity() + " is missing")
	case r.Wrapping > 0 && c.Wrapping == 0:
		return lost(fmt.Sprintf("none of the %d wrapping keys of this database's people is in %s", r.Wrapping, s.PeopleDir()))
	}
	return nil
}
