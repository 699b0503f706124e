package v1_test

import (
	"cmp"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// How many requests of TestContract are made when nothing else is said, and by
// which seed; BAARA_CONTRACT_REQUESTS and BAARA_CONTRACT_SEED say otherwise.
const (
	contractRequests = 1500
	contractSeed     = 20261127
	// contractFull is from how many requests on every operation must have succeeded.
	contractFull = 20_000
)

// TestContract calls the whole program with requests made from the API's
// document, as everybody who may or may not: right ones, wrong ones and strange
// ones. No answer is a server's error, each is what the document promises, and
// enough of them succeed to say that the requests were worth making.
func TestContract(t *testing.T) {
	otherwise := contractRequests
	if testing.Short() {
		otherwise /= 5
	}
	requests := number(t, "BAARA_CONTRACT_REQUESTS", otherwise)
	r := newRun(t, newWorld(t), number(t, "BAARA_CONTRACT_SEED", contractSeed))
	start := time.Now()
	for r.made < requests && len(r.failures) < mostFailures {
		r.step()
	}
	t.Logf("seed %d: %d requests in %s, %d succeeded (%.0f %%), %d records known", r.seed, r.made, time.Since(start).Round(time.Second), r.succeeded,
		100*float64(r.succeeded)/float64(r.made), len(r.pool.byID))
	if testing.Verbose() {
		r.census()
	}
	r.w.tally.readers.observed(t)
	for _, f := range r.failures {
		t.Errorf("seed %d, request %d: %s\n  %s", r.seed, f.number, f.what, f.curl)
	}
	if 10*r.succeeded < 3*r.made {
		t.Errorf("only %d of %d requests succeeded", r.succeeded, r.made)
	}
	if requests >= contractFull && !t.Failed() {
		for _, op := range r.operations {
			if r.stat(op.OperationID).ok == 0 {
				t.Errorf("%s never succeeded in %d tries", op.OperationID, r.stat(op.OperationID).tries)
			}
		}
	}
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(variable), strconv.Itoa(otherwise)))
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// run is one series of requests. What worked is remembered: who may do what to
// which record, which member makes a body invalid. Nothing else than the
// document and the answers tells it what to send.
type run struct {
	t          *testing.T
	w          *world
	seed       int
	dice       *rand.Rand
	operations []operation
	players    []*player
	guests     []*player // signed in on the way
	pool       *pool
	stats      map[string]*stat
	choices    []choice // what was chosen for the request being made
	bold       bool     // it tries out what has not worked
	sparse     bool     // it leaves out most of what may be left out
	said       []*request
	made       int
	succeeded  int
	failures   []failure
	refusals   map[string][]string // the last reasons why an operation did not work
	blamed     map[string]bool
	recovery   []string // codes of the account with a second factor
	twofold    player
	elsewhere  *player // a counsellor of another agency, in a browser
	rival      caller  // of an employer that nobody has verified
	scenes     int
	leftover   answer   // an application to a vacancy that somebody else was hired for
	opening    string   // a vacancy that everybody sees
	newcomer   string   // the address of an account made lately
	stranger   string   // the reference of somebody whom another agency may ask for
	suspects   []string // vacancies to complain about
}

func newRun(t *testing.T, w *world, seed int) *run {
	r := &run{
		t: t, w: w, seed: seed, dice: rand.New(rand.NewPCG(uint64(seed), 1)), operations: w.tally.operations,
		pool: newPool(w.doc), stats: map[string]*stat{}, refusals: map[string][]string{}, blamed: map[string]bool{},
	}
	r.cast()
	return r
}

// step makes one request; now and then one that was made before.
func (r *run) step() {
	if r.made/150 > r.scenes {
		r.scene()
	}
	if len(r.said) > 20 && r.chance(0.02) {
		again := *r.said[r.dice.IntN(len(r.said))]
		r.send(&again)
		return
	}
	op := r.operation()
	q := r.request(op)
	if q == nil {
		return
	}
	good := true
	if r.chance(0.25) {
		good = false
		r.spoil(q)
	}
	a := r.send(q)
	if !good {
		return
	}
	if a.code >= http.StatusBadRequest {
		why := strings.TrimPrefix(a.text("type"), "urn:baara:problem:") + " " + a.text("errors.0.field") + " " + a.text("errors.0.code")
		r.refusals[op.OperationID] = lately(r.refusals[op.OperationID], q.by.name+" "+why)
	}
	ok := a.code < http.StatusBadRequest
	r.learn(q, a)
	if ok && unsafeMethod(q.method) {
		r.said = append(r.said, q)
		if len(r.said) > 200 {
			r.said = r.said[1:]
		}
	}
	r.revive(q.by, a)
}

// operation chooses what to do next: what never worked more often.
func (r *run) operation() operation {
	for {
		op := r.operations[r.dice.IntN(len(r.operations))]
		s := r.stat(op.OperationID)
		if s.ok == 0 || r.chance(0.5) || s.ok*4 > s.tries {
			return op
		}
	}
}

func (r *run) chance(p float64) bool { return r.dice.Float64() < p }

func unsafeMethod(method string) bool { return method != http.MethodGet }
