package wire

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

func TestMetricsAreForThisComputerAlone(t *testing.T) {
	for name, c := range map[string]struct {
		from   string
		header string
		want   bool
	}{
		"this computer":              {"127.0.0.1:4000", "", true},
		"this computer, IPv6":        {"[::1]:4000", "", true},
		"another":                    {"192.0.2.7:4000", "", false},
		"through a proxy on this":    {"127.0.0.1:4000", "X-Forwarded-For", false},
		"through another kind of it": {"127.0.0.1:4000", "Forwarded", false},
		"nobody knows who":           {"@", "", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.RemoteAddr = c.from
		if c.header != "" {
			r.Header.Set(c.header, "192.0.2.7")
		}
		if got := direct(r); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestMetricsRead(t *testing.T) {
	var b strings.Builder
	writeIndexMetrics(&b, feed.Status{State: feed.Ready, Serving: true, Lag: 1500 * time.Millisecond}, index.Stats{Documents: 7, Segments: 2, Bytes: 4096})
	writeTimings(&b, map[string]match.Timings{"match": {
		Count: 3, Total: 2 * time.Second, Buckets: []match.Bucket{{AtMost: time.Millisecond, Count: 2}, {Count: 1}},
	}})
	for _, line := range []string{
		"baara_index_serving 1", "baara_index_ready 1", "baara_index_rebuilding 0", "baara_index_lag_seconds 1.5", "baara_index_documents 7",
		"baara_index_segments 2", "baara_index_bytes 4096", `baara_search_seconds_bucket{kind="match",le="0.001"} 2`,
		`baara_search_seconds_bucket{kind="match",le="+Inf"} 3`, `baara_search_seconds_sum{kind="match"} 2`, `baara_search_seconds_count{kind="match"} 3`,
		`baara_search_seconds_count{kind="words"} 0`,
	} {
		if !strings.Contains(b.String(), line+"\n") {
			t.Errorf("%q is missing in\n%s", line, b.String())
		}
	}
}
