package document

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation reads how a camera was held (EXIF 0x0112, 1 to 8) from a JPEG; 1
// when it does not say. A phone stores the picture as the sensor saw it, so
// what is drawn anew without its EXIF would lie on its side.
func orientation(body []byte) int {
	for at := 2; at+4 <= len(body) && body[at] == 0xFF; {
		marker, length := body[at+1], int(binary.BigEndian.Uint16(body[at+2:]))
		if marker == 0xDA || length < 2 || at+2+length > len(body) {
			return 1
		}
		if data, ok := bytes.CutPrefix(body[at+4:at+2+length], []byte("Exif\x00\x00")); ok && marker == 0xE1 {
			return exifOrientation(data)
		}
		at += 2 + length
	}
	return 1
}

func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(tiff, []byte("MM")) {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	for n, first := int(order.Uint16(tiff[at:])), at+2; n > 0 && first+12 <= len(tiff); n, first = n-1, first+12 {
		if order.Uint16(tiff[first:]) == 0x0112 {
			if o := int(order.Uint16(tiff[first+8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}

// upright turns and mirrors a picture as its orientation says.
func upright(in image.Image, orientation int) image.Image {
	if orientation == 1 {
		return in
	}
	b := in.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.Set(tx, ty, in.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
