package person

import (
	"slices"
	"time"
)

// NumberUse is how one person wants a number to be used. Of several people who
// share a number every wish counts: no SMS where one of them wants none, and
// it rings only when it may ring for all.
type NumberUse struct {
	NeverSMS  bool
	SafeFrom  string // "08:00", in the clock of the country the person lives in
	SafeUntil string // earlier than SafeFrom means over midnight
	Country   string // alpha-3; "" means the service's
}

// wish is what a record says of one of its numbers.
func (p Phone) use(country string) NumberUse {
	return NumberUse{NeverSMS: p.NeverSMS, SafeFrom: p.SafeFrom, SafeUntil: p.SafeUntil, Country: country}
}

func neverSMS(wishes []NumberUse) bool {
	return slices.ContainsFunc(wishes, func(w NumberUse) bool { return w.NeverSMS })
}

// farthest is how long a message waits for an hour at which everybody's wish
// lets it ring. Where none comes, it is not sent.
const farthest = 48 * time.Hour

// nextSafe gives the first moment from now on at which a number may ring by
// every wish; false where there is none.
func nextSafe(wishes []NumberUse, now time.Time, zone *time.Location) (time.Time, bool) {
	at := now
	for at.Sub(now) < farthest {
		next := at
		for _, w := range wishes {
			if safe := w.next(at, zone); safe.After(next) {
				next = safe
			}
		}
		if next.Equal(at) {
			return at, true
		}
		at = next
	}
	return time.Time{}, false
}

// next gives the first moment from now on at which the wish lets it ring.
func (w NumberUse) next(now time.Time, zone *time.Location) time.Time {
	from, errFrom := time.Parse("15:04", w.SafeFrom)
	until, errUntil := time.Parse("15:04", w.SafeUntil)
	if errFrom != nil || errUntil != nil {
		return now
	}
	now = now.In(zoneOf(w.Country, zone))
	minute := func(t time.Time) int { return 60*t.Hour() + t.Minute() }
	at, start, end := minute(now), minute(from), minute(until)
	if safe := start <= at && at < end; start < end && safe || start > end && (at >= start || at < end) {
		return now
	}
	next := time.Date(now.Year(), now.Month(), now.Day(), from.Hour(), from.Minute(), 0, 0, now.Location())
	if next.Before(now) {
		next = time.Date(now.Year(), now.Month(), now.Day()+1, from.Hour(), from.Minute(), 0, 0, now.Location())
	}
	return next
}

// zoneOf is the clock of a country people of the service live in. Countries
// with several clocks are not here: there the service's own counts.
func zoneOf(country string, service *time.Location) *time.Location {
	name := map[string]string{
		"MLI": "Africa/Bamako", "SEN": "Africa/Dakar", "GMB": "Africa/Banjul", "GIN": "Africa/Conakry", "GNB": "Africa/Bissau",
		"CIV": "Africa/Abidjan", "BFA": "Africa/Ouagadougou", "GHA": "Africa/Accra", "TGO": "Africa/Lome", "BEN": "Africa/Porto-Novo",
		"NER": "Africa/Niamey", "NGA": "Africa/Lagos", "MRT": "Africa/Nouakchott", "SLE": "Africa/Freetown", "LBR": "Africa/Monrovia",
		"CPV": "Atlantic/Cape_Verde", "CMR": "Africa/Douala", "GAB": "Africa/Libreville", "TCD": "Africa/Ndjamena", "COG": "Africa/Brazzaville",
		"GNQ": "Africa/Malabo", "DZA": "Africa/Algiers", "MAR": "Africa/Casablanca", "TUN": "Africa/Tunis", "LBY": "Africa/Tripoli",
		"EGY": "Africa/Cairo", "SDN": "Africa/Khartoum", "FRA": "Europe/Paris", "ITA": "Europe/Rome", "BEL": "Europe/Brussels",
		"DEU": "Europe/Berlin", "SAU": "Asia/Riyadh", "ARE": "Asia/Dubai", "KWT": "Asia/Kuwait", "QAT": "Asia/Qatar", "LBN": "Asia/Beirut",
	}[country]
	if name == "" {
		return service
	}
	zone, err := time.LoadLocation(name)
	if err != nil { // the computer has no table of clocks
		return service
	}
	return zone
}
