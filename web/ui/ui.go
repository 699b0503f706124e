// Package ui holds the components pages are made of, as plain values: a handler fills them with words that are already
// translated, a template shows them with {{ui .Tasks}}. The template of a component has its type's name in lower case
// (TaskList: templates/tasklist.html); the gallery in web/webtest shows every one of them in both text directions.
//
// Components know nothing of requests, permissions or the database, and hold no sentence of their own: the few fixed
// words in their templates come from the catalogue's "common" area. What needs no logic is not a component but a CSS
// class: card, cols, btns, meta, details; see docs/pages.md.
package ui

import (
	"embed"
	"reflect"
	"strings"
	"time"
)

// Templates are the components' templates, for web/layout.
//
//go:embed templates/*.html
var Templates embed.FS

// TemplateName gives the template of a component value, or of a pointer to one: "ui/" and its type's name in lower case.
func TemplateName(component any) string {
	t := reflect.TypeOf(component)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.PkgPath() != reflect.TypeFor[Link]().PkgPath() {
		return ""
	}
	return "ui/" + strings.ToLower(t.Name())
}

// Tone says how good or urgent something is. Colour never says it alone: the words do too.
type Tone string

// The tones; the zero value informs.
const (
	Info    Tone = ""
	Good    Tone = "ok"
	Warning Tone = "warn"
	Bad     Tone = "err"
	Quiet   Tone = "plain"
)

// Link is a link. About is read by screen readers after the text, where many links have the same words
// ("Modifier" – "votre téléphone").
type Link struct {
	Text, URL, About, Icon string
}

// Button is a link that looks like a button, or a small form of one button when Post is set: everything that changes
// something is a Post. Values are its hidden fields; Token makes it safe to press twice.
type Button struct {
	Text, URL, About, Icon string
	Secondary, Small, Post bool
	Token                  string
	Values                 map[string]string
}

// Tag is a state in a word or two.
type Tag struct {
	Text string
	Tone Tone
	Icon string
}

// Tags is a row of tags, for instance skills.
type Tags []Tag

// TaskList is a list of things with their state: tasks, records, matches. A task without URL is not a link.
type TaskList []Task

// Task is one line of a TaskList.
type Task struct {
	Title, URL, Note string
	Tag              Tag
}

// KeyValues is a list of facts, each with an optional link to change it.
type KeyValues []KeyValue

// KeyValue is one fact. Value is a text, a component (Phone, Data, Link, Tag, Tags…) or template.HTML from lang.HTML.
type KeyValue struct {
	Key       string
	Value     any
	ChangeURL string
}

// Timeline is what happened, newest first.
type Timeline []Event

// Event is one thing that happened.
type Event struct {
	Icon      string
	At        time.Time
	DayOnly   bool
	Title, By string
	Text      string
}

// Table is a table with a caption. Rows are as long as Columns; the first cell of a row names it. Cells hold a text, a
// component (Link, Tag, Phone, Data…) or template.HTML. Empty is said instead of the table when there are no rows.
type Table struct {
	Caption       string
	CaptionHidden bool
	Columns       []Column
	Rows          [][]any
	Empty         string
}

// Column heads a column; Number aligns figures.
type Column struct {
	Text   string
	Number bool
}

// Pager leads through a list by cursor: forward and back to the start, as cursors go one way. Empty addresses are
// left out.
type Pager struct {
	FirstURL, NextURL string
	Summary           string
}

// Filters are the filters in force, each with the address of the list without it.
type Filters []Filter

// Filter is one filter in force.
type Filter struct {
	Text, RemoveURL string
}

// Tabs are the pages of one record. Label names them for screen readers.
type Tabs struct {
	Label string
	Items []Tab
}

// Tab is one page of a record. Count is shown in brackets when Counted.
type Tab struct {
	Text, URL string
	Count     int
	Counted   bool
	Current   bool
}

// NextAction is the one thing to do now, before any history.
type NextAction struct {
	Heading, Text string
	Late          bool
	Buttons       []Button
}

// Notice is a message in the page.
type Notice struct {
	Tone  Tone
	Title string
	Text  string
	Link  Link
}

// Path shows where a record stands on its way. Current counts from 0; steps before it are done.
type Path struct {
	Label   string
	Steps   []string
	Current int
}

// Progress says which question of how many this is.
type Progress struct {
	Step, Total int
}

// Listen links to the spoken question; its size is said before anybody pays for it.
type Listen struct {
	URL     string
	Seconds int
	Bytes   int64
}

// Heading is a record's name with its states and main facts: the page's h1.
type Heading struct {
	Text  string
	Tags  Tags
	Facts []Fact
}

// Fact is a short fact under a heading, with an optional icon.
type Fact struct {
	Icon, Text string
}

// Figures are the numbers a dashboard opens with.
type Figures []Figure

// Figure is one number, already formatted, with what it counts.
type Figure struct {
	Value, Text string
}

// Option is a choice in a list. Icon is used by tiles.
type Option struct {
	Value, Label, Hint, Icon string
}

// DraftBox offers to keep what is typed in this browser; it goes into a form with data-draft="name" and shows only where
// scripts run.
type DraftBox struct{}

// Phone is a number in E.164, shown as people say it and ready to be called.
type Phone string

// Data is somebody's words, a name or a reference: shown in their own direction and left alone by translators.
type Data string
