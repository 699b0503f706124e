package store

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Conversions between the kernel's values and nullable columns, used by every
// row's mapping.

func nullID(id domain.ID) *string {
	if id.IsZero() {
		return nil
	}
	s := string(id)
	return &s
}

func idOf(s *string) domain.ID {
	if s == nil {
		return ""
	}
	return domain.ID(*s)
}

func nullText(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func nullDate(d domain.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	t := d.Time()
	return &t
}

func dateOf(t *time.Time) domain.Date {
	if t == nil {
		return domain.Date{}
	}
	return domain.DateOf(*t)
}

func nullTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// nullInt keeps 0 as "none"; use it where 0 cannot be meant.
func nullInt[T ~int | ~int64](n T) *T {
	if n == 0 {
		return nil
	}
	return &n
}

func intOf[T ~int | ~int64](n *T) T {
	if n == nil {
		return 0
	}
	return *n
}
