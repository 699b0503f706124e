package seal

import (
	"fmt"

	"github.com/baara-platform/baara/domain"
)

// Kept seals what waits for one browser under a key that nobody has alone: half
// of it is the box's, half is in the address the browser is sent to. A thief of
// the database lacks both, one of database and keys the address's.
type Kept struct{ Box *Box }

// Give seals a page for whoever comes with the key from that browser to that place.
func (k Kept) Give(page []byte, key, owner, place string) ([]byte, error) {
	box, err := k.box(key)
	if err != nil {
		return nil, err
	}
	return box.Seal(page, use(owner, place)), nil
}

// Take opens what was given. A key, browser or place that differs is not found.
func (k Kept) Take(sealed []byte, key, owner, place string) ([]byte, error) {
	box, err := k.box(key)
	if err != nil {
		return nil, err
	}
	page, err := box.Open(sealed, use(owner, place))
	if err != nil {
		return nil, domain.NotFound("seal.Kept")
	}
	return page, nil
}

func (k Kept) box(key string) (*Box, error) {
	box, err := NewBox(k.Box.Derive("kept page " + key))
	if err != nil {
		return nil, fmt.Errorf("seal: kept page: %w", err)
	}
	return box, nil
}

func use(owner, place string) string { return "kept " + owner + " " + place }
