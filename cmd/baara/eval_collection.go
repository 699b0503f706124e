package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/baara-platform/baara/domain/exchange/collection"
)

// graded is a collection as its files say it, to judge answers by: what it
// holds does not go through the code that is judged.
type graded struct {
	people    map[string]evalPerson
	vacancies []evalVacancy             // in the order of the file
	grades    map[string]map[string]int // by vacancy, then person
}

type evalPerson struct {
	ID         string
	Region     string
	Mobility   []string
	ISCED      int
	Experience []struct{ Years float64 }
	Languages  []string
	Licences   []string
}

type evalVacancy struct {
	ID            string
	Region        string
	ISCEDMin      int     `json:"isced_min"`
	ExperienceMin float64 `json:"experience_min"`
	Languages     []string
	Licences      []string
}

// breaks reports whether somebody misses a hard condition of a vacancy.
func (v evalVacancy) breaks(p evalPerson) bool {
	years := 0.0
	for _, e := range p.Experience {
		years += e.Years
	}
	lacks := func(asked, has []string) bool {
		return slices.ContainsFunc(asked, func(s string) bool { return !slices.Contains(has, s) })
	}
	here := v.Region == "" || slices.Contains(p.Mobility, "*") || slices.Contains(p.Mobility, v.Region)
	return !here || p.ISCED < v.ISCEDMin || years < v.ExperienceMin || lacks(v.Languages, p.Languages) || lacks(v.Licences, p.Licences)
}

// readGraded reads candidates, vacancies and grades of a folder.
func readGraded(dir string) (graded, error) {
	g := graded{people: map[string]evalPerson{}, grades: map[string]map[string]int{}}
	err := evalLines(dir, "candidates.jsonl", func(body []byte) error {
		var p evalPerson
		err := json.Unmarshal(body, &p)
		g.people[p.ID] = p
		return err
	})
	if err != nil {
		return g, err
	}
	err = evalLines(dir, "vacancies.jsonl", func(body []byte) error {
		var v evalVacancy
		err := json.Unmarshal(body, &v)
		g.vacancies = append(g.vacancies, v)
		return err
	})
	if err != nil {
		return g, err
	}
	return g, g.readGrades(filepath.Join(dir, "qrels.tsv"))
}

func (g graded) readGrades(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("grades: %w", err)
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 4 {
			return fmt.Errorf("grades: line %d of %s has not four columns", n, path)
		}
		grade, err := strconv.Atoi(fields[3])
		if err != nil {
			return fmt.Errorf("grades: line %d of %s: %w", n, path, err)
		}
		if g.grades[fields[0]] == nil {
			g.grades[fields[0]] = map[string]int{}
		}
		g.grades[fields[0]][fields[2]] = grade
	}
	return lines.Err()
}

func evalLines(dir, name string, each func(body []byte) error) error {
	path, err := evalFile(dir, name)
	if err != nil {
		return err
	}
	file, err := collection.Open(path, collection.Mapping{})
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for {
		record, err := file.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = each(record.Body)
		}
		if err != nil {
			return fmt.Errorf("%s, line %d: %w", path, record.Line, err)
		}
	}
}
