package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"

	"github.com/baara-platform/baara/web/form"
)

// PostedUpload reads a sent form with a file of at most limit bytes in a field;
// nil when none was chosen. A larger one fails the field with tooLarge. The
// file counts in what the form's token stands for (see Act).
func (c *Context) PostedUpload(field string, limit int64, tooLarge string) (*form.Form, []byte, error) {
	const rest = 64 << 10 // the other fields and what separates them
	err := c.Request.ParseMultipartForm(limit + rest)
	if c.Request.MultipartForm != nil {
		defer func() { _ = c.Request.MultipartForm.RemoveAll() }()
	}
	large := new(http.MaxBytesError)
	if err != nil && !errors.Is(err, http.ErrNotMultipart) && !errors.As(err, &large) {
		return nil, nil, form.Unreadable(err)
	}
	var body []byte
	if c.Request.MultipartForm != nil {
		if file, _, none := c.Request.FormFile(field); none == nil {
			body, err = io.ReadAll(io.LimitReader(file, limit+1))
			_ = file.Close()
			if err != nil {
				return nil, nil, form.Unreadable(err)
			}
			sum := sha256.Sum256(body)
			c.Request.PostForm.Set(field, hex.EncodeToString(sum[:]))
		}
	}
	f, err := c.PostedForm()
	if err != nil {
		return nil, nil, err
	}
	if large.Limit > 0 || int64(len(body)) > limit {
		f.Fail(field, tooLarge)
	}
	return f, body, nil
}
