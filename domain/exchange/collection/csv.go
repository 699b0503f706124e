package collection

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/text"
)

// Table reads CSV. Each row becomes the JSON form of its record, so that both
// kinds of file mean the same and are checked alike.
func Table(in io.Reader, mapping Mapping) (Source, error) {
	required := []string{}
	for _, column := range mapping.Columns {
		required = append(required, column)
	}
	slices.Sort(required)
	buffered := bufio.NewReaderSize(in, 1<<16)
	rows, err := table.Open("csv", buffered, required, table.WithDelimiter(delimiter(buffered)))
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	s := &csvSource{rows: rows, separator: mapping.Separator, values: map[string]map[string]string{}}
	if s.separator == "" {
		s.separator = "|"
	}
	for field, values := range mapping.Values {
		folded := make(map[string]string, len(values))
		for from, to := range values {
			folded[text.Fold(from)] = to
		}
		s.values[field] = folded
	}
	for field, column := range mapping.Columns {
		s.fields = append(s.fields, csvField{field, column, fieldKind(field)})
	}
	if len(mapping.Columns) == 0 {
		for _, column := range rows.Columns() {
			if k := fieldKind(column); k != unknown {
				s.fields = append(s.fields, csvField{column, column, k})
			}
		}
	}
	slices.SortFunc(s.fields, func(a, b csvField) int { return strings.Compare(a.field, b.field) })
	if !slices.ContainsFunc(s.fields, func(f csvField) bool { return f.field == "id" }) {
		return nil, errors.New("read header: no column is the id")
	}
	return s, nil
}

// delimiter tells what stands between the columns of a header: spreadsheets
// write a semicolon where the comma is the decimal sign.
func delimiter(in *bufio.Reader) rune {
	head, _ := in.Peek(4096) // shorter files give what they have
	head, _, _ = bytes.Cut(head, []byte("\n"))
	best := ','
	for _, sign := range ";\t" {
		if bytes.Count(head, []byte(string(sign))) > bytes.Count(head, []byte(string(best))) {
			best = sign
		}
	}
	return best
}

type csvField struct {
	field, column string
	kind          kind
}

type csvSource struct {
	rows      *table.Reader
	fields    []csvField
	separator string
	values    map[string]map[string]string // by field, from folded words to codes
}

// Next gives the next row.
func (s *csvSource) Next() (Record, error) {
	row, err := s.rows.Next()
	var broken *table.Error
	if errors.As(err, &broken) {
		return Record{Line: broken.Line, Problems: []Problem{{Field: broken.Field, Reason: broken.Reason}}}, nil
	}
	if err != nil {
		return Record{}, err
	}
	record := map[string]any{}
	var problems []Problem
	for _, f := range s.fields {
		said := s.coded(f.field, row.Get(f.column))
		if said == "" {
			continue
		}
		value, ok := s.value(f, said)
		if !ok {
			problems = append(problems, Problem{Field: f.field, Reason: ReasonNotANumber})
			continue
		}
		put(record, f.field, value)
	}
	body, err := json.Marshal(record)
	if err != nil {
		return Record{}, fmt.Errorf("row %d: %w", row.Line, err)
	}
	out := identified(row.Line, body)
	out.Problems = append(out.Problems, problems...)
	return out, nil
}

// coded turns a word of the file into its code, where the mapping has one.
func (s *csvSource) coded(field, said string) string {
	if to, ok := s.values[field][text.Fold(said)]; ok {
		return to
	}
	return said
}

func (s *csvSource) value(f csvField, said string) (any, bool) {
	switch f.kind {
	case number:
		n, err := strconv.ParseFloat(strings.ReplaceAll(said, ",", "."), 64)
		return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
	case truth:
		yes := slices.Contains([]string{"1", "yes", "oui", "true", "vrai", "x"}, text.Fold(said))
		return yes, true
	case words, skills:
		var list []any
		for _, entry := range strings.Split(said, s.separator) {
			if entry = s.coded(f.field, strings.TrimSpace(entry)); entry == "" {
				continue
			}
			if f.kind == words {
				list = append(list, entry)
				continue
			}
			list = append(list, skillOf(f.field, entry))
		}
		return list, true
	}
	return said, true
}

func skillOf(field, entry string) map[string]string {
	out := map[string]string{"text": entry}
	if strings.HasSuffix(field, ".uri") {
		out = map[string]string{"uri": entry}
	}
	if strings.Contains(field, ".optional") {
		out["importance"] = "optional"
	}
	return out
}

// put sets a field by its path: "experience.0.title" is in the first object of
// a list. The columns of skills join in one list.
func put(record map[string]any, field string, value any) {
	parts := strings.Split(field, ".")
	if parts[0] == "skills" {
		have, _ := record["skills"].([]any)
		more, _ := value.([]any)
		record["skills"] = append(have, more...)
		return
	}
	if len(parts) == 1 {
		record[field] = value
		return
	}
	n, _ := strconv.Atoi(parts[1])
	list, _ := record[parts[0]].([]map[string]any)
	for len(list) <= n {
		list = append(list, map[string]any{})
	}
	list[n][parts[2]] = value
	record[parts[0]] = list
}
