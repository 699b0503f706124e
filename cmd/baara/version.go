package main

import (
	"runtime/debug"
	"strings"
)

// version is set by a release build.
var version = "dev"

// versionLine names the version, the commit it was built from where the build
// knows it, and the Go that built it.
func versionLine() string {
	out := []string{"baara", version}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return strings.Join(out, " ")
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if commit := settings["vcs.revision"]; commit != "" {
		out = append(out, commit[:min(12, len(commit))])
		if settings["vcs.modified"] == "true" {
			out = append(out, "(changed)")
		}
	}
	return strings.Join(append(out, info.GoVersion), " ")
}
