package document

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/baara-platform/baara/domain"
)

// maxPixels bounds a picture before it is decoded: 40 million are 160 MB at
// most, and more than a phone's camera takes. maxSide bounds what is kept.
const (
	maxPixels = 40_000_000
	maxSide   = 12_000
)

// quality of pictures that are drawn anew: letters stay readable.
const quality = 85

// Recognise tells a format by the first bytes; false for anything else.
func Recognise(body []byte) (Format, bool) {
	switch {
	case bytes.HasPrefix(body, []byte("%PDF-1.")), bytes.HasPrefix(body, []byte("%PDF-2.")):
		return PDF, true
	case bytes.HasPrefix(body, []byte{0xFF, 0xD8, 0xFF}):
		return JPEG, true
	case bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, true
	}
	return "", false
}

// Clean gives what is kept of a body. A picture is drawn anew: what stood beside
// or behind it, such as where it was taken, is gone. What is no PDF, JPEG or PNG,
// is cut off, too large or would be when opened is Invalid.
func Clean(body []byte) ([]byte, Format, error) {
	const op = "document.Clean"
	refuse := func(key string) ([]byte, Format, error) {
		return nil, "", domain.Invalid(op, domain.Field("file", key))
	}
	if len(body) == 0 {
		return refuse("error.document.none")
	}
	if len(body) > MaxSize {
		return refuse("error.document.large")
	}
	format, ok := Recognise(body)
	switch {
	case !ok:
		return refuse("error.document.format")
	case format == PDF && !wholePDF(body):
		return refuse("error.document.broken")
	case format == PDF:
		return bytes.Clone(body), PDF, nil
	}
	size, name, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || Format(name) != format {
		return refuse("error.document.broken")
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxSide || size.Height > maxSide || size.Width*size.Height > maxPixels {
		return refuse("error.document.pixels")
	}
	picture, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return refuse("error.document.broken")
	}
	var out bytes.Buffer
	if format == PNG {
		err = png.Encode(&out, picture)
	} else {
		err = jpeg.Encode(&out, upright(picture, orientation(body)), &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return refuse("error.document.broken")
	}
	if out.Len() > MaxSize {
		return refuse("error.document.large")
	}
	return out.Bytes(), format, nil
}

// wholePDF reports whether a PDF ends as one does: what was cut off on the way
// is told before it is kept.
func wholePDF(body []byte) bool {
	end := body[max(0, len(body)-1024):]
	return bytes.Contains(end, []byte("%%EOF")) && bytes.Contains(body, []byte("startxref"))
}
