package main

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/webtest"
)

// reasons opens the first rank's reasons, where the page has ranks, and shows
// them from their heading on.
const reasons = `(() => {
	const first = document.querySelector('.rank details')
	if (first) { first.open = true; first.closest('.cols').scrollIntoView() }
	return !!first
})()`

// TestPictures makes the README's pictures anew, of invented people:
//
//	BAARA_PICTURES=1 go test ./cmd/baara -run TestPictures
func TestPictures(t *testing.T) {
	if os.Getenv("BAARA_PICTURES") == "" {
		t.Skip("BAARA_PICTURES=1 makes the README's pictures anew")
	}
	x := newExhibition(t)
	for _, picture := range []struct {
		name, pattern, values string
		role                  domain.Role
		view                  webtest.View
	}{
		{"register", "/register/trades", "", domain.RoleAnonymous, webtest.Phone()},
		{"case", "/counsellor/cases/{id}", aFile, domain.RoleCounsellor, webtest.Desktop()},
		{"matches", "/counsellor/vacancies/{id}/matches", aVacancy, domain.RoleCounsellor, webtest.Desktop()},
	} {
		tab := x.Tab(t, x.browser, picture.view, x.cookies[picture.role])
		tab.Open(x.URL + x.paths(picture.pattern, place{values: picture.values})[0])
		webtest.Evaluate[bool](tab, reasons)
		seen := fewColours(t, webtest.Capture(tab))
		path := filepath.Join("..", "..", "docs", "pictures", picture.name+".png")
		if err := os.WriteFile(path, seen, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", path, len(seen))
	}
}

// fewColours writes a picture with its most frequent colours only, which makes
// it small: pages have few, and shades of their letters.
func fewColours(t *testing.T, picture []byte) []byte {
	t.Helper()
	from, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	count := map[color.Color]int{}
	b := from.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[from.At(x, y)]++
		}
	}
	often := slices.SortedFunc(maps.Keys(count), func(a, b color.Color) int { return cmp.Compare(count[b], count[a]) })
	to := image.NewPaletted(b, often[:min(len(often), 64)])
	nearest := map[color.Color]uint8{}
	for c := range count {
		nearest[c] = uint8(to.Palette.Index(c))
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			to.SetColorIndex(x, y, nearest[from.At(x, y)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, to); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
