package matching

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Hazard is an occupation nobody under 18 may be put to, by ISCO-08 code: a
// unit group, or a larger group that is hazardous as a whole.
//
// The kinds are those of ILO Recommendation 190, paragraph 3 (work underground,
// under water, at dangerous heights; dangerous machinery; heavy loads;
// hazardous substances, heat and noise; abuse and violence; night), which says
// what Convention 182, article 3(d), means. Mali's own list is in the orders
// 09-0151/MTFPRE-SG of 4 February 2009 and 2017-4388/MTFP-SG of 29 December
// 2017; it names tasks, not ISCO codes. Which occupations stand in
// hazardous.csv is this service's reading of both: have the labour inspection
// check it, and change the file.
type Hazard struct {
	ISCO string
	Kind string
	What string
}

//go:embed hazardous.csv
var hazardTable string

// hazards is the shipped list. It cannot be wrong where the tests pass.
var hazards = sync.OnceValue(func() []Hazard {
	list, err := readHazards(hazardTable)
	if err != nil {
		panic(err)
	}
	return list
})

const hazardColumns = 3

func readHazards(table string) ([]Hazard, error) {
	r := csv.NewReader(strings.NewReader(table))
	r.FieldsPerRecord = hazardColumns
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("matching: hazards: %w", err)
	}
	if len(rows) < 2 {
		return nil, errors.New("matching: no hazards")
	}
	var list []Hazard
	for _, row := range rows[1:] {
		list = append(list, Hazard{ISCO: row[0], Kind: row[1], What: row[2]})
	}
	return list, nil
}

// Hazards lists the hazardous occupations.
func Hazards() []Hazard { return append([]Hazard(nil), hazards()...) }

// Hazardous reports whether work of an ISCO code may be hazardous. A code that
// is less exact than the list counts as hazardous when a listed one is part of
// it. Of work without a code nothing is known: a counsellor looks.
func Hazardous(isco string) bool {
	if isco == "" {
		return false
	}
	for _, h := range hazards() {
		if strings.HasPrefix(isco, h.ISCO) || strings.HasPrefix(h.ISCO, isco) {
			return true
		}
	}
	return false
}
