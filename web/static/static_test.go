package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/web/static/bundle"
)

func TestDistIsWhatTheSourcesMake(t *testing.T) {
	built, err := bundle.Build("src")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range built {
		got, err := os.ReadFile(filepath.Join("dist", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("dist/%s is stale: go generate ./web/static", name)
		}
	}
	kept, err := os.ReadDir("dist")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range kept {
		if built[entry.Name()] == nil {
			t.Errorf("nothing makes dist/%s", entry.Name())
		}
	}
}

func TestFilesStayInTheirBudget(t *testing.T) {
	files := loaded(t)
	for name, budget := range map[string]int{"app.css": 4300, "public.js": 5 << 10, "staff.js": 20 << 10, "key.js": 1 << 10, "work.js": 2 << 10, "sw.js": 1 << 10} {
		if size := len(files.byName[name].zipped); size > budget {
			t.Errorf("%s is %d bytes compressed, the budget is %d", name, size, budget)
		}
	}
}

func TestServe(t *testing.T) {
	files := loaded(t)
	for _, test := range []struct {
		name, path, accept string
		status             int
		cache, contentType string
		zipped             bool
	}{
		{"style sheet", files.URL("app.css"), "gzip, br", 200, "public, max-age=31536000, immutable", "text/css; charset=utf-8", true},
		{"uncompressed", files.URL("public.js"), "", 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", false},
		{"service worker", "/sw.js", "gzip", 200, "no-cache", "text/javascript; charset=utf-8", true},
		{"manifest", "/app.webmanifest", "gzip", 200, "no-cache", "application/manifest+json", true},
		{"icon", files.URL("icon.svg"), "gzip", 200, "no-cache", "image/svg+xml", true},
		{"outdated", "/static/app.00000000.css", "gzip", 404, "", "text/plain; charset=utf-8", false},
		{"outside", "/static/../static.go", "gzip", 404, "", "text/plain; charset=utf-8", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.URL.Path = test.path
			r.Header.Set("Accept-Encoding", test.accept)
			w := httptest.NewRecorder()
			files.ServeHTTP(w, r)
			if w.Code != test.status || w.Header().Get("Cache-Control") != test.cache || w.Header().Get("Content-Type") != test.contentType {
				t.Errorf("%d %v", w.Code, w.Header())
			}
			if zipped := w.Header().Get("Content-Encoding") == "gzip"; zipped != test.zipped {
				t.Fatalf("compressed: %v", zipped)
			}
			if test.zipped {
				reader, err := gzip.NewReader(w.Body)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, reader); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func loaded(t *testing.T) *Files {
	t.Helper()
	files, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return files
}
