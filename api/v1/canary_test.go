package v1_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/search/index/indextest"
)

// journal holds what a server logged, whole.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// canaries are words that stand each in one protected place and nowhere else.
type canaries struct {
	t     *testing.T
	word  map[string]string // by place
	found map[string]bool   // its rightful reader has seen it
}

// in gives the word of a place.
func (c *canaries) in(place string) string {
	if c.word[place] == "" {
		n := len(c.word)
		c.word[place] = fmt.Sprintf("Zqx%c%cwkqzjvk", 'a'+n/20, "bcdfghjklmnpqrstvwxz"[n%20])
	}
	return c.word[place]
}

// as is a place whose value must be of a form.
func (c *canaries) as(place, word string) string {
	c.word[place] = word
	return word
}

// seen ends the test unless a rightful reader's answer has the words of these
// places: they are stored, and would be found where they must not be.
func (c *canaries) seen(a answer, places ...string) {
	c.t.Helper()
	whole := a.whole()
	for _, place := range places {
		if c.word[place] == "" {
			c.t.Fatalf("nothing was written as %s", place)
		}
		if !strings.Contains(whole, smooth(c.word[place])) {
			c.t.Fatalf("%s does not show %s (%s): %s", a.asked, place, c.word[place], a.body)
		}
		c.found[place] = true
	}
}

// leaks lists the places whose words something shows, but for those it may.
func (c *canaries) leaks(text string, may ...string) (out []string) {
	for _, place := range sortedKeys(c.word) {
		if strings.Contains(text, smooth(c.word[place])) && !slices.Contains(may, place) {
			out = append(out, place)
		}
	}
	return out
}

// TestCanary writes a word of its own into every protected place, has each read
// by somebody who may, and then looks for them everywhere else: every answer of
// the API and every page, read as everybody else with every id there is, every
// file that leaves, opened by whoever takes it and asked for by everybody, the
// messages that were sent, the log at its most talkative, and every byte and
// term of the index.
func TestCanary(t *testing.T) {
	if testing.Short() {
		t.Skip("every address for every reader: left to the full run")
	}
	log, dir := &journal{}, t.TempDir()
	w := newWorld(t, func(o *wire.ServerOptions) {
		o.IndexDir, o.Log = dir, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	tale := tell(t, w)
	w.settle(t)
	c := tale.canaries
	for _, place := range sortedKeys(c.word) {
		if !c.found[place] {
			t.Errorf("nobody has seen what was written as %s", place)
		}
	}

	// Before the person is introduced the employer who will meet her knows nothing.
	tale.look(t, "the employer, before", tale.employer, domain.RoleEmployer, tale.firm...)
	tale.introduce(t)
	w.settle(t)
	tale.exports(t)
	known := []string{"given", "family", "phone", "email"}
	tale.look(t, "the employer, after", tale.employer, domain.RoleEmployer, slices.Concat(tale.firm, known)...)
	tale.look(t, "another employer", tale.rival, domain.RoleEmployer, tale.rivalFirm...)
	tale.look(t, "a visitor", w.visitor, domain.RoleAnonymous)
	tale.look(t, "another jobseeker", tale.other, domain.RoleJobseeker)
	tale.look(t, "an analyst", w.analyst.inSession(t), domain.RoleAnalyst)
	tale.look(t, "the data protection officer", tale.officer, domain.RoleDataProtection, "reference", "staff name", "firm member", "rival member", "third firm member",
		"emergency's reason", "what she asks", "what she is answered", "hold's reason")
	tale.look(t, "an administrator", w.admin.inSession(t), domain.RoleAdministrator, tale.administrated...)

	for _, m := range messages(t, w) {
		if leaks := c.leaks(smooth(m.text), m.may(tale)...); len(leaks) > 0 {
			t.Errorf("a message to %s holds %v: %s", m.to, leaks, m.text)
		}
	}
	w.tally.readers.observed(t)
	w.close(t)
	if leaks := c.leaks(smooth(log.String())); len(leaks) > 0 {
		t.Errorf("the log holds %v", leaks)
	}
	if !strings.Contains(log.String(), "/api/v1/jobseekers") {
		t.Error("the log holds no requests: nothing was searched")
	}
	everything := indextest.Everything(t, dir)
	for _, where := range sortedKeys(everything) {
		// Skills are found by the words they were told in, without what tells a woman's from a man's.
		if leaks := c.leaks(smooth(string(everything[where])), "skill"); len(leaks) > 0 {
			t.Errorf("the index, %s, holds %v", where, leaks)
		}
	}
	if !slices.ContainsFunc(sortedKeys(everything), func(where string) bool { return strings.Contains(where, "terms of") }) {
		t.Error("no term of the index was read")
	}
}

// look reads everything as somebody who may see the words of some places.
func (tale *tale) look(t *testing.T, who string, by caller, role domain.Role, may ...string) {
	t.Helper()
	c := crawler{tale.w, tale.ids(t)}
	opened, blamed, start := 0, map[string]int{}, time.Now()
	for _, address := range c.addresses(role) {
		a := c.open(t, by, address)
		if a.code < 300 {
			opened++
		}
		for _, place := range tale.canaries.leaks(a.whole(), may...) {
			if blamed[place]++; blamed[place] <= 3 {
				t.Errorf("%s learns %s (%s) from %s, status %d", who, place, tale.canaries.word[place], a.asked, a.code)
			}
		}
	}
	if opened < 20 {
		t.Errorf("%s could open only %d addresses: nothing was proved", who, opened)
	}
	t.Logf("%s: %d of %d addresses opened, %s", who, opened, len(c.addresses(role)), time.Since(start))
}

type message struct{ to, text string }

func messages(t *testing.T, w *world) (out []message) {
	t.Helper()
	for _, m := range domaintest.Messages(t, w.server.DB) {
		out = append(out, message{m.Recipient, fmt.Sprintf("%+v", m)})
	}
	if len(out) == 0 {
		t.Error("no message was sent: nothing was searched")
	}
	return out
}

// may is what a message may say: the number it goes to, and to the person
// herself whatever is hers.
func (m message) may(tale *tale) []string {
	for _, place := range []string{"phone", "email"} {
		if smooth(m.to) == smooth(tale.canaries.word[place]) {
			return sortedKeys(tale.canaries.word)
		}
	}
	return nil
}
