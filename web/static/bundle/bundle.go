// Package bundle minifies the style sheet and the scripts with esbuild. It is used by go generate and by the test that
// finds stale files, never by the server.
package bundle

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Build returns the files of dist by name, made from the folder src.
func Build(src string) (map[string][]byte, error) {
	out := map[string][]byte{}
	css, err := styles(src)
	if err != nil {
		return nil, err
	}
	out["app.css"] = css
	for _, name := range []string{"public.js", "staff.js", "key.js", "work.js", "sw.js"} {
		result := api.Build(api.BuildOptions{
			EntryPoints: []string{filepath.Join(src, name)}, Bundle: true, Format: api.FormatIIFE,
			Target:           api.ES2019, // phones bought years ago
			MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		})
		if len(result.Errors) > 0 {
			return nil, fmt.Errorf("bundle: %s: %s", name, result.Errors[0].Text)
		}
		out[name] = result.OutputFiles[0].Contents
	}
	return out, nil
}

// styles joins src/*.css in the order of their names and minifies them.
func styles(src string) ([]byte, error) {
	files, err := filepath.Glob(filepath.Join(src, "*.css"))
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	slices.Sort(files)
	var all strings.Builder
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("bundle: %w", err)
		}
		all.Write(body)
	}
	result := api.Transform(all.String(), api.TransformOptions{
		Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true,
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundle: style sheet: %s", result.Errors[0].Text)
	}
	return result.Code, nil
}
