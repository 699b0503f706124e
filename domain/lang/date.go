package lang

import (
	"fmt"
	"strconv"
	"time"

	"github.com/baara-platform/baara/domain"
)

// Date writes a calendar day in full: 20 novembre 2026. The unknown date is "".
func (l *Localizer) Date(d domain.Date) string {
	if d.IsZero() {
		return ""
	}
	day := strconv.Itoa(d.Day)
	if d.Day == 1 && (l.Tag() == French || l.Tag() == Pseudo) {
		day = "1er"
	}
	return l.T("common.date", "Day", day, "Month", l.Month(d.Month), "Year", strconv.Itoa(d.Year))
}

// Month names a month: novembre.
func (l *Localizer) Month(m time.Month) string {
	return l.T("common.month." + strconv.Itoa(int(m)))
}

// MonthYear writes a month of a year: mars 2026.
func (l *Localizer) MonthYear(year int, m time.Month) string {
	return l.T("common.month_year", "Month", l.Month(m), "Year", strconv.Itoa(year))
}

// Day writes the day an instant falls on, in the catalogue's zone.
func (l *Localizer) Day(t time.Time) string { return l.Date(domain.DateOf(t.In(l.zone))) }

// Time writes an instant's day and hour in the catalogue's zone: 20 novembre 2026, 09:12.
func (l *Localizer) Time(t time.Time) string {
	local := t.In(l.zone)
	clock := fmt.Sprintf("%02d:%02d", local.Hour(), local.Minute())
	return l.T("common.date_time", "Date", l.Day(t), "Time", clock)
}

// In returns the same localizer for another time zone, for instance an agency's.
func (l *Localizer) In(zone *time.Location) *Localizer {
	moved := *l
	moved.zone = zone
	return &moved
}
