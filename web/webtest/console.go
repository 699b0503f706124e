package webtest

import (
	"slices"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

// hear collects what a page complains about: errors of the console, exceptions, content the policy blocked, files that
// are missing.
func (tab *Tab) hear(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			tab.note(e.Entry.Text + " " + e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			for _, arg := range e.Args {
				tab.note(string(arg.Value) + arg.Description)
			}
		}
	case *runtime.EventExceptionThrown:
		tab.note(e.ExceptionDetails.Text)
	}
}

func (tab *Tab) note(text string) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.said = append(tab.said, text)
}

func (tab *Tab) forget() {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.said = nil
}

// Complaints returns what the tab's pages complained about so far.
func (tab *Tab) Complaints() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.said)
}
