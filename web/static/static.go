// Package static serves the style sheet, the scripts and the icon under names that hold their hash, so that browsers
// keep them for ever. Sources are in src, minified files in dist; go generate rebuilds them.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

//go:generate go run ./build

//go:embed dist/* icon.svg app.webmanifest
var embedded embed.FS

// Files is every static file. It never changes after Load.
type Files struct {
	byName map[string]*file // "app.css"
	byPath map[string]*file // "/static/app.1a2b3c4d.css"
}

type file struct {
	path, version, contentType, cache string
	body, zipped                      []byte
}

// root lists the files that need an address of their own: a service worker covers only what is below it.
func root() []string { return []string{"sw.js", "app.webmanifest", "icon.svg"} }

// Load reads and compresses the embedded files.
func Load() (*Files, error) {
	f := &Files{byName: map[string]*file{}, byPath: map[string]*file{}}
	err := fs.WalkDir(embedded, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(embedded, name)
		if err != nil {
			return err
		}
		return f.add(path.Base(name), body)
	})
	if err != nil {
		return nil, fmt.Errorf("static: load: %w", err)
	}
	return f, nil
}

func (f *Files) add(name string, body []byte) error {
	sum := sha256.Sum256(body)
	version := hex.EncodeToString(sum[:4])
	ext := path.Ext(name)
	one := &file{
		path: "/static/" + strings.TrimSuffix(name, ext) + "." + version + ext, version: version,
		contentType: contentType(ext), cache: "public, max-age=31536000, immutable", body: body,
	}
	if slices.Contains(root(), name) {
		one.path, one.cache = "/"+name, "no-cache"
	}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	one.zipped = zipped.Bytes()
	f.byName[name], f.byPath[one.path] = one, one
	return nil
}

func contentType(ext string) string {
	switch ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	}
	return mime.TypeByExtension(ext)
}

// RootPaths lists the addresses outside /static/.
func (f *Files) RootPaths() []string {
	var out []string
	for _, name := range root() {
		out = append(out, "/"+name)
	}
	return out
}

// Names lists the files, sorted.
func (f *Files) Names() []string { return slices.Sorted(maps.Keys(f.byName)) }

// URL gives a file's address, "" for an unknown one.
func (f *Files) URL(name string) string {
	if one := f.byName[name]; one != nil {
		return one.path
	}
	return ""
}

// Version gives the hash in a file's address.
func (f *Files) Version(name string) string {
	if one := f.byName[name]; one != nil {
		return one.version
	}
	return ""
}

// Text gives a file's content, for inlining.
func (f *Files) Text(name string) string {
	if one := f.byName[name]; one != nil {
		return string(one.body)
	}
	return ""
}

// ServeHTTP sends a file, compressed when the browser can. Unknown and outdated addresses are 404.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	one := f.byPath[r.URL.Path]
	if one == nil {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", one.contentType)
	header.Set("Cache-Control", one.cache)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Vary", "Accept-Encoding")
	body := one.body
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = one.zipped
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have left
	}
}
