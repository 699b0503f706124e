// Package table reads CSV tables whose columns are found by name.
//
// It is for files people make: the header decides the order, a byte-order mark
// and "#" comments are forgiven, a broken row is told with its line and the
// reading goes on. It promises to end on every input and never to keep more
// than one row in memory.
package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is one thing wrong with a file: where, and which message says why.
// Line counts from 1; Field is the column, "" for the whole row. Reason is a
// stable word ("missing", "unknown_code"), never what the file said.
type Problem struct {
	File   string
	Line   int
	Field  string
	Reason string
}

// Reasons every table may give.
const (
	ReasonUnreadable = "unreadable" // quotes or number of fields
	ReasonNotUTF8    = "not_utf8"
	ReasonMissing    = "missing"
)

// Error says that the table as a whole cannot be read.
type Error struct{ Problem }

// Error names the file's place and reason for the log.
func (e *Error) Error() string {
	return fmt.Sprintf("table %s line %d: %s %s", e.File, e.Line, e.Field, e.Reason)
}

// Reader reads one table, row by row.
type Reader struct {
	file    string
	csv     *csv.Reader
	columns map[string]int
}

// Row is one row: its first line, and its fields by column name.
type Row struct {
	Line    int
	columns map[string]int
	fields  []string
}

// Get gives a field without surrounding space, "" where the column is absent.
func (r Row) Get(column string) string {
	i, ok := r.columns[column]
	if !ok || i >= len(r.fields) {
		return ""
	}
	return strings.TrimSpace(r.fields[i])
}

// Option changes how a table is read.
type Option func(*csv.Reader)

// WithComments skips lines that start with "#".
func WithComments() Option { return func(r *csv.Reader) { r.Comment = '#' } }

// WithDelimiter says what stands between fields, instead of a comma.
func WithDelimiter(sign rune) Option { return func(r *csv.Reader) { r.Comma = sign } }

// Open reads the header. A missing required column is an *Error.
func Open(file string, in io.Reader, required []string, options ...Option) (*Reader, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	if mark, err := buffered.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = buffered.Discard(3)
	}
	r := csv.NewReader(buffered)
	r.ReuseRecord = true
	r.FieldsPerRecord = -1
	for _, o := range options {
		o(r)
	}
	head, err := r.Read()
	if err != nil {
		return nil, &Error{Problem{file, 1, "", ReasonUnreadable}}
	}
	t := &Reader{file: file, csv: r, columns: make(map[string]int, len(head))}
	for i, name := range head {
		t.columns[strings.TrimSpace(name)] = i
	}
	for _, name := range required {
		if !t.Has(name) {
			return nil, &Error{Problem{file, 1, name, ReasonMissing}}
		}
	}
	r.FieldsPerRecord = len(head)
	return t, nil
}

// Has reports whether the table has all these columns.
func (t *Reader) Has(columns ...string) bool {
	for _, c := range columns {
		if _, ok := t.columns[c]; !ok {
			return false
		}
	}
	return true
}

// Columns lists the columns in their order.
func (t *Reader) Columns() []string {
	return slices.SortedFunc(maps.Keys(t.columns), func(a, b string) int { return t.columns[a] - t.columns[b] })
}

// Next gives the next row. The row is valid until the next call. The error is
// io.EOF at the end, an *Error for a row that cannot be used (call Next again
// for the one after it), or what the underlying reader said.
func (t *Reader) Next() (Row, error) {
	fields, err := t.csv.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return Row{}, &Error{Problem{t.file, broken.StartLine, "", ReasonUnreadable}}
	case err != nil:
		return Row{}, err
	}
	line, _ := t.csv.FieldPos(0)
	for _, f := range fields {
		if !utf8.ValidString(f) || strings.ContainsRune(f, 0) {
			return Row{}, &Error{Problem{t.file, line, "", ReasonNotUTF8}}
		}
	}
	return Row{Line: line, columns: t.columns, fields: fields}, nil
}

// Each calls fn for every usable row and collects the problems of the others
// and those fn reports. It stops at an error of the underlying reader.
func (t *Reader) Each(fn func(Row) *Problem) ([]Problem, error) {
	var problems []Problem
	for {
		row, err := t.Next()
		var bad *Error
		switch {
		case errors.Is(err, io.EOF):
			return problems, nil
		case errors.As(err, &bad):
			problems = append(problems, bad.Problem)
		case err != nil:
			return problems, fmt.Errorf("table %s: %w", t.file, err)
		default:
			if p := fn(row); p != nil {
				p.File, p.Line = t.file, row.Line
				problems = append(problems, *p)
			}
		}
	}
}
