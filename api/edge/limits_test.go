package edge_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

func TestBudget(t *testing.T) {
	clock := newHands()
	b := edge.NewBudget(clock, time.Minute, 3)
	spend := func(key string) domain.Kind { return domain.KindOf(b.Spend(key)) }
	for n := range 3 {
		if spend("a") != "" {
			t.Fatalf("refused after %d", n)
		}
	}
	if spend("a") != domain.KindTooMany {
		t.Error("a fourth one")
	}
	if spend("b") != "" {
		t.Error("somebody else pays for it")
	}
	clock.pass(time.Minute)
	if spend("a") != "" || spend("a") != domain.KindTooMany {
		t.Error("one a minute comes back")
	}
}

// A flood of keys forgets the idle ones, never grows without end, and whoever
// is over the budget stays so while the flood lasts.
func TestBudgetUnderAFlood(t *testing.T) {
	clock := newHands()
	b := edge.NewBudget(clock, time.Minute, 1)
	for n := range 49_999 {
		_ = b.Spend(fmt.Sprint("idle", n))
	}
	clock.pass(2 * time.Minute)
	_ = b.Spend("attacker")
	_ = b.Spend("one more")
	if domain.KindOf(b.Spend("attacker")) != domain.KindTooMany {
		t.Error("the attacker was forgotten with the idle")
	}
}

func TestBodiesAreBounded(t *testing.T) {
	f := newFront(t, func(d *edge.Deps) { d.Config.MaxBody = 100 }, func(e *edge.Edge, engine *gin.Engine) {
		engine.POST("/", func(g *gin.Context) {
			if _, err := io.ReadAll(g.Request.Body); err != nil {
				e.Refuse(g, err)
				return
			}
			g.Status(http.StatusNoContent)
		})
	})
	if got := f.ask(t, http.MethodPost, "/", strings.Repeat("x", 100)); got.code != http.StatusNoContent {
		t.Errorf("what fits: %d", got.code)
	}
	f.ask(t, http.MethodPost, "/", strings.Repeat("x", 101)).problem(t, http.StatusRequestEntityTooLarge)
	f.ask(t, http.MethodPost, "/", strings.Repeat("x", 101), "Transfer-Encoding", "chunked").problem(t, http.StatusRequestEntityTooLarge)
}

func TestTimeIsBounded(t *testing.T) {
	f := newFront(t, func(d *edge.Deps) { d.Config.Timeout = time.Millisecond }, func(e *edge.Edge, engine *gin.Engine) {
		engine.GET("/", func(g *gin.Context) {
			<-g.Request.Context().Done()
			e.Refuse(g, fmt.Errorf("query: %w", context.Cause(g.Request.Context())))
		})
	})
	f.ask(t, http.MethodGet, "/", "").problem(t, http.StatusServiceUnavailable)
}

// Only a declared proxy may say who it stands for.
func TestVisitorsAreCountedByAddress(t *testing.T) {
	routes := func(e *edge.Edge, engine *gin.Engine) {
		engine.POST("/", func(g *gin.Context) {
			if err := e.SpendPublic(g.Request.Context()); err != nil {
				e.Refuse(g, err)
			}
		})
	}
	refused := func(f *front) bool {
		t.Helper()
		for n := range 100 {
			if f.ask(t, http.MethodPost, "/", "", "X-Forwarded-For", fmt.Sprintf("198.51.100.%d", n)).code == http.StatusTooManyRequests {
				return true
			}
		}
		return false
	}
	if !refused(newFront(t, nil, routes)) {
		t.Error("whoever invents addresses is never refused")
	}
	if refused(newFront(t, func(d *edge.Deps) { d.Config.Proxies = []string{"127.0.0.1"} }, routes)) {
		t.Error("people behind a declared proxy share one budget")
	}
}

// Twenty people who fill in the form behind one address wait for nobody; one
// form that is sent without end is.
func TestPagesOfAFormCountAgainstTheForm(t *testing.T) {
	f := newFront(t, nil, func(e *edge.Edge, engine *gin.Engine) {
		engine.POST("/:draft", func(g *gin.Context) {
			if err := e.SpendDraft(g.Request.Context(), g.Param("draft")); err != nil {
				e.Refuse(g, err)
			}
		})
	})
	for n := range 20 {
		for page := range 15 {
			if got := f.ask(t, http.MethodPost, fmt.Sprintf("/draft-%d", n), ""); got.code != http.StatusOK {
				t.Fatalf("page %d of form %d: %d", page, n, got.code)
			}
		}
	}
	refused := 0
	for range 100 {
		if f.ask(t, http.MethodPost, "/draft-endless", "").code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 30 {
		t.Errorf("of 100 pages of one form %d were refused", refused)
	}
}
