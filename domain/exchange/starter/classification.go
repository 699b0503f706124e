package starter

import (
	"errors"

	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Classifications reads ISCO-08, ISCED 2011, ISCED-F 2013 and ISIC Rev.4.
func Classifications() (taxonomy.Classifications, error) {
	var c taxonomy.Classifications
	var err [4]error
	prefix := func(row table.Row) string { return row.Get("code")[:max(len(row.Get("code"))-1, 0)] }
	c.ISCO, err[0] = classification("isco08", "ISCO", "08", prefix)
	c.ISCED, err[1] = classification("isced11", "ISCED", "2011", func(table.Row) string { return "" })
	c.ISCEDF, err[2] = classification("iscedf13", "ISCED-F", "2013", func(row table.Row) string {
		if len(row.Get("code")) == 2 {
			return ""
		}
		return prefix(row)
	})
	c.ISIC, err[3] = classification("isic4", "ISIC", "Rev.4", func(row table.Row) string { return row.Get("parent") })
	return c, errors.Join(err[:]...)
}

func classification(file, name, version string, parent func(table.Row) string) (*taxonomy.Classification, error) {
	var classes []taxonomy.Class
	err := each(files, "classification/"+file+".csv", "code,fr,en", func(row table.Row) error {
		n, err := names(row)
		classes = append(classes, taxonomy.Class{Code: row.Get("code"), Parent: parent(row), Names: n})
		return err
	})
	if err != nil {
		return nil, err
	}
	return taxonomy.NewClassification(name, version, classes)
}
