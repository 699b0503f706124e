package domain

// Cursor asks for one page of a list. After is the opaque mark the page before
// gave, "" for the first page.
type Cursor struct {
	After string
	Limit int
}

// Page limits: what a list gives when nothing is asked, and at most.
const (
	DefaultLimit = 25
	MaxLimit     = 100
)

// Size is the number of items to give: Limit kept within its bounds.
func (c Cursor) Size() int {
	if c.Limit <= 0 {
		return DefaultLimit
	}
	return min(c.Limit, MaxLimit)
}

// Listing is one page of a list. Next is "" on the last page.
type Listing[T any] struct {
	Items []T
	Next  string
}
