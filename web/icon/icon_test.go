package icon

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryIconIsUsed(t *testing.T) {
	icons, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	err = filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "icon") {
			return filepath.SkipDir
		}
		if ext := filepath.Ext(path); ext == ".go" || ext == ".html" {
			body, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sources.Write(body)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range icons.Names() {
		if !strings.Contains(sources.String(), `"`+name+`"`) {
			t.Errorf("nothing uses %s", name)
		}
	}
}

func TestHTML(t *testing.T) {
	icons, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, begin string }{
		{"check", `<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 6 9 17l-5-5"/></svg>`},
		{"arrow-right", `<svg class="i flip" `},
	} {
		got, err := icons.HTML(test.name)
		if err != nil || !strings.HasPrefix(string(got), test.begin) {
			t.Errorf("%s: %s %v", test.name, got, err)
		}
	}
	if _, err := icons.HTML("none"); err == nil {
		t.Error("an unknown icon was shown")
	}
}

func TestInnerRefusesWhatIsNoIcon(t *testing.T) {
	for _, text := range []string{"", "<p>", "<svg", "<svg>", "<svg><path/>"} {
		if _, err := inner(text); err == nil {
			t.Errorf("%q passed", text)
		}
	}
}
