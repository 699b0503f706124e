package bench

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Report is what a run measured. Times are milliseconds of one client unless
// said otherwise.
type Report struct {
	Profiles         int     `json:"profiles"`
	BaaraP50         float64 `json:"baara_p50_ms"`
	BaaraP99         float64 `json:"baara_p99_ms"`
	PostgresP50      float64 `json:"postgres_p50_ms"`
	PostgresP99      float64 `json:"postgres_p99_ms"`
	MemoryP50        float64 `json:"memory_p50_ms"`
	TextP50          float64 `json:"text_p50_ms"`
	PostgresTextP50  float64 `json:"postgres_text_p50_ms"`
	AllWordsP50      float64 `json:"text_all_words_p50_ms"`
	PostgresAllWords float64 `json:"postgres_text_all_words_p50_ms"`
	FacetsP50        float64 `json:"facets_p50_ms"`
	PostgresFacets   float64 `json:"postgres_facets_p50_ms"`
	BytesPerProfile  float64 `json:"index_bytes_per_profile"`
	RSS              float64 `json:"rss_mb"`
	RebuildPerSecond float64 `json:"rebuild_per_s"`
	Exact            bool    `json:"exact"`

	// Processor time, which does not depend on what else the machine does.
	BaaraCPUP50         float64 `json:"baara_cpu_p50_ms"`
	BaaraCPUP99         float64 `json:"baara_cpu_p99_ms"`
	RebuildPerCPUSecond float64 `json:"rebuild_per_cpu_s"`

	// Against PostgreSQL also by its score alone: it draws no lots.
	PostgresExact bool               `json:"postgres_same_points"`
	Questions     int                `json:"questions"`
	Relaxed       int                `json:"text_questions_without_all_words"`
	Formulation   string             `json:"postgres_formulation"`
	Tried         map[string]float64 `json:"postgres_tried_ms"`

	Changes     *Changes `json:"changes,omitempty"`
	LoadAverage string   `json:"load_average"` // before, after
	Cores       int      `json:"cores"`
	Seed        uint64   `json:"seed"`
}

// Changes is what was measured while profiles change, with two clients asking.
type Changes struct {
	PerSecond       float64 `json:"changes_per_s"`
	SearchableP50   float64 `json:"commit_to_searchable_p50_ms"`
	SearchableP95   float64 `json:"commit_to_searchable_p95_ms"`
	QuietP50        float64 `json:"query_p50_quiet_ms"`
	QuietP99        float64 `json:"query_p99_quiet_ms"`
	BusyP50         float64 `json:"query_p50_busy_ms"`
	BusyP99         float64 `json:"query_p99_busy_ms"`
	SegmentsAtStart int     `json:"segments_before"`
	SegmentsAtEnd   int     `json:"segments_after"`
}

// quantile gives milliseconds, rounded to a microsecond; 0 for nothing.
func quantile(times []time.Duration, q float64) float64 {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	d := sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
	return float64(d.Microseconds()) / 1000
}

// statusMB reads a line of /proc/self/status.
func statusMB(status, name string) (float64, error) {
	for line := range strings.Lines(status) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("bench: no %s", name)
}
