package domaintest_test

// Who may import what, a row a package or folder. This is the whole of it: a
// package without a row fails the test until somebody has decided.
//
// Names are those of folders; "x/..." is x and everything below. The most
// specific row counts. Tests (files and packages ending in test) are free, and
// nothing but tests may import them.

var (
	kernel   = []string{"domain", "domain/text"}
	core     = with(kernel, "domain/access")
	earlier  = with(core, "domain/place", "domain/taxonomy", "domain/identity") // what every context may build on
	contexts = []string{"domain/place", "domain/taxonomy", "domain/identity", "domain/person", "domain/employer",
		"domain/matchmaking", "domain/casework", "domain/placement", "domain/watch", "domain/document", "domain/rights", "domain/privacy", "domain/audit", "domain/statistics"}
	edges = with(contexts, core, "domain/matching", "domain/person/wording", "domain/lang", "domain/exchange/...")
)

// anything stands for every library outside the standard one.
var anything = []string{"*"}

var importRules = []importRule{
	// The middle: meaning and rules, the standard library only.
	{of: "domain"},
	{of: "domain/text", libraries: []string{"golang.org/x/text", "github.com/antzucaro/matchr"}},
	{of: "domain/access", ours: kernel},
	{of: "domain/matching", ours: kernel},
	{of: "domain/place", ours: core},
	{of: "domain/taxonomy", ours: core},
	{of: "domain/identity", ours: core},
	{of: "domain/privacy", ours: core},
	{of: "domain/audit", ours: core},
	{of: "domain/person/wording"}, // texts people agree to: data, and how to read it
	{of: "domain/person", ours: with(earlier, "domain/person/wording")},
	{of: "domain/employer", ours: earlier},
	{of: "domain/matchmaking", ours: with(earlier, "domain/matching", "domain/person", "domain/employer")},
	{of: "domain/casework", ours: with(earlier, "domain/person", "domain/employer")},
	{of: "domain/placement", ours: with(earlier, "domain/matching", "domain/person", "domain/employer", "domain/casework")},
	{of: "domain/document", ours: with(earlier, "domain/person")},
	{of: "domain/watch", ours: with(earlier, "domain/person", "domain/employer")},
	{of: "domain/rights", ours: with(earlier, "domain/person", "domain/employer", "domain/casework", "domain/placement", "domain/document")},
	{of: "domain/statistics", ours: with(earlier, "domain/person", "domain/employer", "domain/casework", "domain/placement")},

	// Helpers with libraries of their own.
	{of: "domain/lang", ours: kernel, libraries: anything},
	{of: "domain/seal", ours: kernel, libraries: anything},
	{of: "domain/exchange/...", ours: with(contexts, core, "domain/lang", "domain/exchange/..."), libraries: anything},

	// What implements the contexts' ports.
	{of: "migrations", libraries: anything},
	{of: "domain/store", ours: with(contexts, core, "domain/matching", "domain/seal"), libraries: anything},
	{of: "domain/store/localpg", libraries: []string{"github.com/jackc/pgx/v5", "golang.org/x/sys"}},
	{of: "search/...", ours: with(contexts, core, "domain/matching", "domain/seal", "search/..."), libraries: anything},

	// What people and programs meet. The edge hashes tokens, hence seal.
	{of: "domain/jobs", ours: edges, libraries: anything},
	{of: "api/...", ours: with(edges, "domain/seal", "api/..."), libraries: anything},
	{of: "web/...", ours: with(edges, "api/edge", "web/..."), libraries: anything},

	// Only the program knows everything.
	{of: "cmd/...", ours: []string{"..."}, libraries: anything},
}

// owners are the libraries that one folder keeps to itself.
var owners = map[string]string{
	"gorm.io":                        "domain/store",
	"github.com/blevesearch":         "search/...",
	"github.com/danielgtaylor/huma":  "api/...",
	"github.com/riverqueue/river":    "domain/store domain/jobs migrations cmd/...",
	"github.com/pressly/goose":       "migrations",
	"github.com/evanw/esbuild":       "web/...",
	"github.com/alecthomas/kong":     "cmd/...",
	"github.com/tink-crypto/tink-go": "domain/seal",
}
