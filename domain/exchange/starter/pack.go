package starter

import (
	"fmt"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/place"
)

// DefaultCountry is the pack an installation serves unless told otherwise.
const DefaultCountry = "mali"

// Pack reads the pack of a country by the name of its folder: "mali".
func Pack(folder string) (place.Pack, error) {
	p, err := packFacts(folder + "/pack.csv")
	if err != nil {
		return p, err
	}
	if p.Areas, err = packAreas(folder, p.Country); err != nil {
		return p, err
	}
	if p.Crosswalk, err = packCrosswalk(folder); err != nil {
		return p, err
	}
	if p.Languages, err = languages(folder + "/languages.csv"); err != nil {
		return p, err
	}
	err = each(files, folder+"/licences.csv", "code,fr,en", func(row table.Row) error {
		n, err := names(row)
		p.Licences = append(p.Licences, place.Licence{Code: row.Get("code"), Names: n})
		return err
	})
	if err != nil {
		return p, err
	}
	p.MinimumWages, err = minimumWages(folder)
	return p, err
}

func packFacts(file string) (place.Pack, error) {
	facts := map[string]string{}
	err := each(files, file, "key,value", func(row table.Row) error {
		facts[row.Get("key")] = row.Get("value")
		if row.Get("value") == "" {
			return errRequired
		}
		return nil
	})
	if err != nil {
		return place.Pack{}, err
	}
	digits, err := strconv.Atoi(facts["phone_digits"])
	if err != nil {
		return place.Pack{}, fmt.Errorf("starter: %s: phone_digits: %w", file, err)
	}
	until, err := domain.ParseDate(facts["former_areas_until"])
	if err != nil {
		return place.Pack{}, fmt.Errorf("starter: %s: former_areas_until: %w", file, err)
	}
	return place.Pack{
		Country: facts["country"], Currency: facts["currency"], CallingCode: facts["calling_code"], PhoneDigits: digits,
		TimeZone: facts["time_zone"], ReferencePrefix: facts["reference_prefix"], WorkingLanguage: facts["working_language"], FormerUntil: until,
	}, nil
}

func packAreas(folder, country string) ([]place.Area, error) {
	file, err := files.Open(folder + "/areas.csv")
	if err != nil {
		return nil, fmt.Errorf("starter: %w", err)
	}
	defer func() { _ = file.Close() }()
	areas, problems, err := ReadAreas(folder+"/areas.csv", file, country, folder+"/SOURCES.md")
	if err == nil && len(problems) > 0 {
		err = &table.Error{Problem: problems[0]}
	}
	if err != nil {
		return nil, fmt.Errorf("starter: %w", err)
	}
	return areas, nil
}

func packCrosswalk(folder string) ([]place.Crosswalk, error) {
	var out []place.Crosswalk
	err := each(files, folder+"/crosswalk.csv", "code,former,whole", func(row table.Row) error {
		out = append(out, place.Crosswalk{
			Code: row.Get("code"), Former: row.Get("former"), Whole: row.Get("whole") == "yes", Source: folder + "/SOURCES.md",
		})
		return nil
	})
	return out, err
}

func minimumWages(folder string) ([]place.MinimumWage, error) {
	var out []place.MinimumWage
	err := each(files, folder+"/minimum_wages.csv", "valid_from,monthly,hourly,currency,source", func(row table.Row) error {
		s, err := span(row)
		if err != nil {
			return err
		}
		monthly, err := strconv.Atoi(row.Get("monthly"))
		if err != nil {
			return fmt.Errorf("monthly: %w", err)
		}
		hourly, err := strconv.ParseFloat(row.Get("hourly"), 64)
		if err != nil {
			return fmt.Errorf("hourly: %w", err)
		}
		out = append(out, place.MinimumWage{
			From: s.From, Monthly: monthly, Hourly: hourly, Currency: row.Get("currency"), Source: row.Get("source"),
		})
		return nil
	})
	return out, err
}
