// Command build makes the files of web/static/dist from those of web/static/src: one style sheet, one script for
// visitors, one for staff, the service worker. Run it with "go generate ./web/static". The result is committed, so that
// building Baara needs nothing but Go; a test fails when it is stale.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/baara-platform/baara/web/static/bundle"
)

func main() {
	files, err := bundle.Build("src")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join("dist", name), body, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
