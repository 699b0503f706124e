package wire

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
	"github.com/baara-platform/baara/search/match"
)

// metrics tells this computer's own collector how search is, in the format of
// Prometheus. Others, and whoever comes through a proxy, find nothing there:
// how many people are registered is not everybody's business.
func (s *Server) metrics(c *gin.Context) {
	if !direct(c.Request) {
		c.String(http.StatusNotFound, "not found\n")
		return
	}
	stats, err := s.Index.Stats()
	if err != nil {
		_ = c.Error(err)
		c.String(http.StatusInternalServerError, "the index cannot be counted\n")
		return
	}
	c.Header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	matches, words := s.Engine.Timings()
	writeIndexMetrics(c.Writer, s.Feed.Status(), stats)
	writeTimings(c.Writer, map[string]match.Timings{"match": matches, "words": words})
}

// direct reports whether a request comes from this computer and through nobody.
func direct(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func writeIndexMetrics(w io.Writer, status feed.Status, stats index.Stats) {
	gauge := func(name, help string, value any) {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %v\n", name, help, name, name, value)
	}
	gauge("baara_index_serving", "Whether searches are answered.", one(status.Serving))
	gauge("baara_index_ready", "Whether the index follows the database.", one(status.State == feed.Ready))
	gauge("baara_index_rebuilding", "Whether a new index is being built.", one(status.State == feed.Rebuilding))
	gauge("baara_index_lag_seconds", "Age of the oldest change that is not searchable yet.", status.Lag.Seconds())
	gauge("baara_index_documents", "People and vacancies in the index.", stats.Documents)
	gauge("baara_index_segments", "Segments, in each of which a question looks.", stats.Segments)
	gauge("baara_index_bytes", "Size of the index on disk.", stats.Bytes)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func writeTimings(w io.Writer, kinds map[string]match.Timings) {
	const name = "baara_search_seconds"
	fmt.Fprintf(w, "# HELP %s How long questions to the index took.\n# TYPE %s histogram\n", name, name)
	for _, kind := range []string{"match", "words"} {
		t, sum := kinds[kind], uint64(0)
		for _, b := range t.Buckets {
			sum += b.Count
			bound := "+Inf"
			if b.AtMost > 0 {
				bound = fmt.Sprint(b.AtMost.Seconds())
			}
			fmt.Fprintf(w, "%s_bucket{kind=%q,le=%q} %d\n", name, kind, bound, sum)
		}
		fmt.Fprintf(w, "%s_sum{kind=%q} %v\n%s_count{kind=%q} %d\n", name, kind, t.Total.Round(time.Microsecond).Seconds(), name, kind, t.Count)
	}
}
