package collection

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// Record is one record of a file, not yet read further than its id.
type Record struct {
	Line     int
	ID       string
	Body     []byte // as JSON; belongs to the record
	Problems []Problem
}

// Source gives the records of a file in its order; io.EOF ends them. Another
// error says that the file cannot be read further.
type Source interface{ Next() (Record, error) }

// maxLine bounds one record. The longest met were a few kilobytes.
const maxLine = 1 << 20

// Lines reads JSON Lines: one object a line, empty lines between them forgiven.
func Lines(in io.Reader) Source { return &lines{in: bufio.NewReaderSize(in, 1<<16)} }

type lines struct {
	in   *bufio.Reader
	line int
}

// Next gives the next line that is not empty.
func (s *lines) Next() (Record, error) {
	for {
		body, tooLong, err := s.read()
		if err != nil {
			return Record{}, err
		}
		s.line++
		if s.line == 1 {
			body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
		}
		body = bytes.TrimSpace(body)
		switch {
		case tooLong:
			return Record{Line: s.line, Problems: []Problem{{Reason: ReasonTooLong}}}, nil
		case len(body) > 0:
			return identified(s.line, body), nil
		}
	}
}

// read gives a whole line, or that it was too long. The last line may lack its
// end; io.EOF comes after it.
func (s *lines) read() (body []byte, tooLong bool, err error) {
	for {
		part, err := s.in.ReadSlice('\n')
		if !tooLong {
			body = append(body, part...)
		}
		if len(body) > maxLine {
			body, tooLong = nil, true
		}
		switch {
		case err == nil:
			return body, tooLong, nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && (len(body) > 0 || tooLong):
			return body, tooLong, nil
		default:
			return nil, false, err
		}
	}
}

// identified reads the id of a record. Ids may be texts or numbers.
func identified(line int, body []byte) Record {
	r := Record{Line: line, Body: body}
	var head struct {
		ID identifier `json:"id"`
	}
	switch err := json.Unmarshal(body, &head); {
	case err != nil:
		r.Problems = []Problem{jsonProblem(err)}
	case !utf8.Valid(body):
		r.Problems = []Problem{{Reason: ReasonNotJSON}}
	case head.ID == "":
		r.Problems = []Problem{{Field: "id", Reason: ReasonMissing}}
	case len(head.ID) > 200:
		r.Problems = []Problem{{Field: "id", Reason: ReasonTooLong}}
	}
	r.ID = string(head.ID)
	return r
}

// identifier is a JSON text or number.
type identifier string

// UnmarshalJSON keeps a number's digits as they stand.
func (i *identifier) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err == nil {
		*i = identifier(text)
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(b, &number); err != nil {
		return &json.UnmarshalTypeError{Field: "id", Value: "value"}
	}
	*i = identifier(number)
	return nil
}

func jsonProblem(err error) Problem {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return Problem{Field: wrong.Field, Reason: ReasonType}
	}
	return Problem{Reason: ReasonNotJSON}
}
