package matching

import "github.com/baara-platform/baara/domain"

// Page is the part of a ranked list that is asked for. From + Size is at most MaxDepth.
type Page struct{ From, Size int }

// MaxDepth is how far a ranked list can be paged: who reads further should narrow the question.
const MaxDepth = 1000

// Check refuses a page that cannot be given.
func (p Page) Check(op string) error {
	if p.From < 0 || p.Size < 1 || p.From+p.Size > MaxDepth {
		return domain.Invalid(op, domain.Field("page", "error.page.depth", "Max", MaxDepth))
	}
	return nil
}

// Hit is a record that fits.
type Hit struct {
	ID     domain.ID
	Points int // as Score counts them
}

// Hits is a page of a ranked list. Total counts all that fit, this page included.
type Hits struct {
	Hits  []Hit
	Total int
}

// WordSearch is what a list page asks for. Empty lists do not restrict.
type WordSearch struct {
	Words     string
	Regions   []string // place codes
	Groups    []string // ISCO sub-major groups, two digits
	Contracts []string // vacancies only
	// Newest sorts by date instead of relevance; it is so anyway without words.
	Newest bool
	Day    domain.Date
	Page   Page
}

// Found is a page of what was found.
type Found struct {
	IDs   []domain.ID
	Total int
	// Relaxed says that nothing holds all the words: what is listed holds some of them.
	Relaxed bool
	Facets  Facets
}

// Facets count what was found, largest first. They are computed over the whole result, not the page.
type Facets struct {
	Regions, Groups, Contracts []Count
}

// Count is one value of a facet.
type Count struct {
	Value string
	Count int
}
