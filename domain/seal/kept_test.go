package seal_test

import (
	"bytes"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// What is kept opens for who has the address, from the same browser, at the
// same place, where the key of the installation is: for nobody who lacks one.
func TestWhatIsKeptNeedsEverything(t *testing.T) {
	kept := seal.Kept{Box: seal.RandomBox()}
	page := []byte("Parle de Brandimarque")
	sealed, err := kept.Give(page, "key", "owner", "/notes")
	if err != nil || bytes.Contains(sealed, page[9:]) {
		t.Fatalf("%q, %v", sealed, err)
	}
	for name, c := range map[string]struct {
		by                seal.Kept
		key, owner, place string
		opens             bool
	}{
		"all of it":            {kept, "key", "owner", "/notes", true},
		"another key":          {kept, "kez", "owner", "/notes", false},
		"another browser":      {kept, "key", "other", "/notes", false},
		"another place":        {kept, "key", "owner", "/goals", false},
		"another installation": {seal.Kept{Box: seal.RandomBox()}, "key", "owner", "/notes", false},
	} {
		got, err := c.by.Take(sealed, c.key, c.owner, c.place)
		if c.opens != (err == nil) || c.opens && !bytes.Equal(got, page) || !c.opens && domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
