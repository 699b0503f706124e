package document_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/document"
)

// picture is two by one hundred: red above, blue below.
func picture() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 40, 80))
	for y := range 80 {
		for x := range 40 {
			c := color.RGBA{255, 0, 0, 255}
			if y >= 40 {
				c = color.RGBA{0, 0, 255, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func aJPEG(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture(), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func aPNG(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const aPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"

// withEXIF puts an APP1 segment with an orientation and words in front.
func withEXIF(jpg []byte, orientation uint16, words string) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00")
	tiff = binary.LittleEndian.AppendUint16(tiff, 0x0112)
	tiff = binary.LittleEndian.AppendUint16(tiff, 3)
	tiff = binary.LittleEndian.AppendUint32(tiff, 1)
	tiff = binary.LittleEndian.AppendUint32(tiff, uint32(orientation))
	tiff = append(tiff, 0, 0, 0, 0)
	data := append([]byte("Exif\x00\x00"), append(tiff, words...)...)
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(data)+2))
	return append(append(append([]byte{0xFF, 0xD8}, segment...), data...), jpg[2:]...)
}

// declaring is a PNG that says it is as wide and high as that, with next to nothing in it.
func declaring(t testing.TB, width, height uint32) []byte {
	out := aPNG(t)
	binary.BigEndian.PutUint32(out[16:], width)
	binary.BigEndian.PutUint32(out[20:], height)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

func TestWhatIsKeptAndWhatIsRefused(t *testing.T) {
	jpg, pic := aJPEG(t), aPNG(t)
	for name, c := range map[string]struct {
		body []byte
		want document.Format // "" is refused
	}{
		"a JPEG":                       {jpg, document.JPEG},
		"a PNG":                        {pic, document.PNG},
		"a PDF":                        {[]byte(aPDF), document.PDF},
		"nothing":                      {nil, ""},
		"a script":                     {[]byte("#!/bin/sh\nrm -rf /"), ""},
		"a page":                       {[]byte("<!doctype html><script>alert(1)</script>"), ""},
		"an SVG":                       {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), ""},
		"a GIF":                        {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), ""},
		"a ZIP":                        {[]byte("PK\x03\x04"), ""},
		"a page before a PDF":          {append([]byte("<script>alert(1)</script>"), aPDF...), ""},
		"a PDF cut off":                {[]byte(aPDF)[:30], ""},
		"a JPEG cut off":               {jpg[:len(jpg)/2], ""},
		"a PNG cut off":                {pic[:len(pic)/2], ""},
		"the first bytes of a JPEG":    {[]byte{0xFF, 0xD8, 0xFF}, ""},
		"the first bytes of a PNG":     {pic[:8], ""},
		"a bomb of 100,000 by 100,000": {declaring(t, 100_000, 100_000), ""},
		"a bomb of a line":             {declaring(t, 1, 4_000_000_000), ""},
		"more pixels than kept":        {declaring(t, 11_000, 11_000), ""},
		"larger than 5 MB":             {append([]byte(aPDF), make([]byte, document.MaxSize)...), ""},
	} {
		t.Run(name, func(t *testing.T) {
			body, format, err := document.Clean(c.body)
			if c.want == "" {
				if domain.KindOf(err) != domain.KindInvalid || body != nil {
					t.Errorf("kept as %q, %v; want it refused", format, err)
				}
				return
			}
			if err != nil || format != c.want || len(body) == 0 {
				t.Errorf("kept as %q, %v; want %q", format, err, c.want)
			}
		})
	}
}

func TestNothingBesideAPictureIsKept(t *testing.T) {
	const canary = "GPS 12.6392 -8.0029"
	script := "<script>alert('polyglot')</script>"
	png := aPNG(t)
	text := binary.BigEndian.AppendUint32(nil, uint32(len("Comment\x00"+canary)))
	text = append(text, "tEXtComment\x00"+canary...)
	text = binary.BigEndian.AppendUint32(text, crc32.ChecksumIEEE(text[4:]))
	for name, body := range map[string][]byte{
		"EXIF of a JPEG":         withEXIF(aJPEG(t), 1, canary),
		"behind a JPEG":          append(aJPEG(t), canary+script...),
		"behind a PNG":           append(aPNG(t), canary+script...),
		"a comment within a PNG": append(append(bytes.Clone(png[:33]), text...), png[33:]...),
	} {
		t.Run(name, func(t *testing.T) {
			if !bytes.Contains(body, []byte(canary)) {
				t.Fatal("the test put nothing beside the picture")
			}
			out, _, err := document.Clean(body)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(out, []byte("GPS")) || bytes.Contains(out, []byte("script")) || bytes.Contains(out, []byte("Exif")) {
				t.Error("something beside the picture was kept")
			}
		})
	}
}

// A camera held upright stores what it saw lying: 6 means that the top is on the left.
func TestAPictureStandsUpright(t *testing.T) {
	out, _, err := document.Clean(withEXIF(aJPEG(t), 6, ""))
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 80 || b.Dy() != 40 {
		t.Fatalf("it is %v, want it turned by a quarter", b)
	}
	red := func(x, y int) bool { r, _, b, _ := img.At(x, y).RGBA(); return r > b }
	if red(10, 20) || !red(70, 20) { // turned clockwise, the top comes to the right
		t.Error("it was turned the other way")
	}
}

func FuzzClean(f *testing.F) {
	for _, body := range [][]byte{aJPEG(f), aPNG(f), []byte(aPDF), withEXIF(aJPEG(f), 6, "x"), declaring(f, 100_000, 100_000), nil} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		out, format, err := document.Clean(body)
		if err != nil {
			if out != nil || domain.KindOf(err) != domain.KindInvalid {
				t.Errorf("%d bytes with %v", len(out), err)
			}
			return
		}
		if again, ok := document.Recognise(out); !ok || again != format {
			t.Errorf("what is kept as %s is read as %s", format, again)
		}
		if _, _, err := document.Clean(out); err != nil {
			t.Errorf("what was kept would be refused: %v", err)
		}
	})
}
