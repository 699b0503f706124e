package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Writer writes a table for people who open it in a spreadsheet: UTF-8 with a
// byte-order mark, no cell that a spreadsheet would compute, and in every row
// the mark of the export it is from. A first line that begins with "#" says
// the same in words; Open skips it.
type Writer struct {
	csv  *csv.Writer
	mark string
	err  error
}

// Mark is what tells where a copy comes from: Number stands in the first
// column of every row, Words in the first line, Head over the column.
type Mark struct{ Number, Words, Head string }

// Signs between cells: a comma for programs, a semicolon for spreadsheets that
// write numbers with a decimal comma.
const (
	Comma     = ','
	Semicolon = ';'
)

// NewWriter writes the marks and the header.
func NewWriter(out io.Writer, between rune, mark Mark, columns ...string) *Writer {
	w := &Writer{csv: csv.NewWriter(out), mark: mark.Number}
	w.csv.Comma = between
	_, w.err = io.WriteString(out, "\xef\xbb\xbf")
	w.write("# " + Plain(mark.Words))
	w.write(append([]string{mark.Head}, columns...)...)
	return w
}

// Row adds one row. It reports the first error of all writing so far.
func (w *Writer) Row(cells ...string) error {
	row := make([]string, len(cells)+1)
	row[0] = w.mark
	for i, cell := range cells {
		row[i+1] = Plain(cell)
	}
	w.write(row...)
	return w.err
}

// write keeps the first error.
func (w *Writer) write(cells ...string) {
	if w.err == nil {
		w.err = w.csv.Write(cells)
	}
}

// Close ends the table. What is under it stays open.
func (w *Writer) Close() error {
	w.csv.Flush()
	if w.err == nil {
		w.err = w.csv.Error()
	}
	if w.err != nil {
		return fmt.Errorf("table: write: %w", w.err)
	}
	return nil
}

// computed are the signs a formula begins with, and their full-width twins,
// which some spreadsheets take for the same.
const computed = "=+-@\uff1d\uff0b\uff0d\uff20"

// Plain keeps a spreadsheet from computing a cell: an apostrophe is put before
// a sign that begins a formula, at the start of the cell and after anything a
// spreadsheet might split the cell at, as it does when it expects another sign
// between cells than the file has. Control characters become spaces.
func Plain(cell string) string {
	var b strings.Builder
	begins := true
	for _, r := range cell {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) { // also marks nobody sees, behind which a sign could hide
			r = ' '
		}
		if begins && strings.ContainsRune(computed, r) {
			b.WriteByte('\'')
		}
		switch {
		case strings.ContainsRune(";,|", r):
			begins = true
		case unicode.IsSpace(r) || r == '"':
		default:
			begins = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
