package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/form"
)

// Field is a question of a form, ready to be shown. Templates make it with a function named after its kind:
//
//	{{input .Form "phone" "label" "public.register.phone" "hint" "public.register.phone_hint" "type" "tel"}}
//
// after the form and the field's name come pairs of an option and its value. Options that take words take a message key.
type Field struct {
	Kind, Name, ID, Label, Hint, Error, Value string
	Options                                   []FieldOption

	// What the browser is told: type of keyboard, what to fill in by itself.
	Type, InputMode, Autocomplete, Dir string
	// Suggest is the kind of concept to propose while typing: "occupation" or "skill".
	Suggest string
	// Empty is what a list says while nothing is chosen: "Toutes" for a filter.
	Empty string
	// Class narrows the input: "w-code", "w-year", "w-short", "w-half".
	Class string
	// Prefix and Suffix stand beside the input: "+223", "FCFA".
	Prefix, Suffix string
	// Accept says which files are asked for; phones offer the camera for pictures.
	Accept    string
	MaxLength int
	Rows      int
	// Heading makes the label the page's h1, for pages of one question.
	Heading bool
	// Optional adds "(facultatif)".
	Optional bool
	// LabelHidden keeps the label for screen readers only.
	LabelHidden bool
	// Precision adds the choice of how exact a date is.
	Precision bool
	Parts     []Field
}

// FieldOption is one choice with its state.
type FieldOption struct {
	Option
	ID      string
	Checked bool
}

// Describe lists the ids of hint and error, for aria-describedby.
func (f Field) Describe() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	if f.Kind == "textarea" && f.MaxLength > 0 {
		ids = append(ids, f.ID+"-count")
	}
	return strings.Join(ids, " ")
}

// FieldID gives the id of a field's first input, which the error summary links to.
func FieldID(name string) string {
	return "f-" + strings.NewReplacer(".", "-", " ", "-").Replace(name)
}

// Kinds lists the template functions that make fields.
func Kinds() []string {
	return []string{"input", "textarea", "select", "radios", "checkboxes", "checkbox", "tiles", "dateparts", "combobox"}
}

// NewField builds a field from a form and the options a template gave. A wrong option is an error.
func NewField(l *lang.Localizer, kind string, f *form.Form, name string, opts ...any) (Field, error) {
	if f == nil {
		return Field{}, fmt.Errorf("ui: field %q without a form", name)
	}
	out := Field{Kind: kind, Name: name, ID: FieldID(name), Value: f.Value(name), Type: "text"}
	if e := f.ErrorFor(name); e != nil {
		out.Error = l.Problem(e.Key, e.Args)
	}
	if len(opts)%2 != 0 {
		return Field{}, fmt.Errorf("ui: field %q has an option without a value", name)
	}
	for i := 0; i < len(opts); i += 2 {
		option, ok := opts[i].(string)
		if !ok || !out.set(l, option, opts[i+1]) {
			return Field{}, fmt.Errorf("ui: field %q: no option %v with a %T", name, opts[i], opts[i+1])
		}
	}
	f.Name(name, out.Label)
	for i := range out.Options {
		o := &out.Options[i]
		o.Checked = f.Checked(name, o.Value)
		o.ID = out.ID
		if i > 0 {
			o.ID = fmt.Sprintf("%s-%d", out.ID, i)
		}
	}
	switch kind {
	case "checkbox":
		out.Options = []FieldOption{{Option: Option{Value: "1", Label: out.Label}, ID: out.ID, Checked: f.Checked(name, "1")}}
	case "dateparts":
		out.dateParts(l, f)
	}
	return out, nil
}

// set applies one option of a template and says whether it exists.
func (f *Field) set(l *lang.Localizer, option string, value any) bool {
	switch v := value.(type) {
	case string:
		return f.setText(l, option, v)
	case bool:
		return f.setBool(option, v)
	case int:
		return f.setInt(option, v)
	case []Option:
		for _, o := range v {
			f.Options = append(f.Options, FieldOption{Option: o})
		}
		return option == "options"
	}
	return false
}

func (f *Field) setText(l *lang.Localizer, option, v string) bool {
	texts := map[string]*string{
		"label_text": &f.Label, "hint_text": &f.Hint, "autocomplete": &f.Autocomplete, "inputmode": &f.InputMode,
		"suggest": &f.Suggest, "class": &f.Class, "prefix": &f.Prefix, "suffix": &f.Suffix, "dir": &f.Dir, "accept": &f.Accept,
	}
	switch option {
	case "label":
		f.Label = l.T(v)
	case "hint":
		f.Hint = l.T(v)
	case "empty":
		f.Empty = l.T(v)
	case "type":
		return f.setType(v)
	default:
		target, ok := texts[option]
		if ok {
			*target = v
		}
		return ok
	}
	return true
}

func (f *Field) setBool(option string, v bool) bool {
	flags := map[string]*bool{
		"heading": &f.Heading, "optional": &f.Optional, "precision": &f.Precision, "label_hidden": &f.LabelHidden,
	}
	target, ok := flags[option]
	if ok {
		*target = v
	}
	return ok
}

func (f *Field) setInt(option string, v int) bool {
	switch option {
	case "maxlength":
		f.MaxLength = v
	case "rows":
		f.Rows = v
	default:
		return false
	}
	return true
}

// setType chooses keyboard and direction for what is asked. Numbers use a text input: browsers' number inputs change
// values when scrolled and drop what they cannot read.
func (f *Field) setType(v string) bool {
	switch v {
	case "tel", "email":
		f.Type, f.InputMode, f.Dir = v, v, "ltr"
	case "number":
		f.InputMode, f.Dir = "numeric", "ltr"
	case "code":
		f.InputMode, f.Dir, f.Class, f.Autocomplete = "numeric", "ltr", "w-code", "one-time-code"
	case "password":
		f.Type, f.Dir, f.Value = v, "ltr", ""
	case "search", "text", "date":
		f.Type = v
	case "file": // what was chosen is not sent back
		f.Type, f.Value = v, ""
	default:
		return false
	}
	return true
}

func (f *Field) dateParts(l *lang.Localizer, source *form.Form) {
	birthday := map[string]string{"day": "bday-day", "month": "bday-month", "year": "bday-year"}
	for i, part := range []string{"day", "month", "year"} {
		label := l.T("common.day")
		switch part {
		case "month":
			label = l.T("common.month_label")
		case "year":
			label = l.T("common.year")
		}
		p := Field{Kind: "part", Name: f.Name + "-" + part, ID: FieldID(f.Name + "-" + part), Label: label, MaxLength: 4}
		if i == 0 {
			p.ID = f.ID
		}
		p.Value = source.Value(p.Name)
		if f.Autocomplete == "bday" {
			p.Autocomplete = birthday[part]
		}
		if part == "year" {
			p.Class = "w-year"
		}
		f.Parts = append(f.Parts, p)
	}
	if !f.Precision {
		return
	}
	name := f.Name + "-precision"
	for _, value := range []string{form.PrecisionDay, form.PrecisionYear, form.PrecisionAbout} {
		checked := source.Checked(name, value) || (source.Value(name) == "" && value == form.PrecisionDay)
		f.Options = append(f.Options, FieldOption{
			Option: Option{Value: value, Label: l.T("common.precision_" + value)}, ID: FieldID(name + "-" + value), Checked: checked,
		})
	}
}

// Chosen returns the labels of the ticked options, for check-answers pages.
func Chosen(options []Option, values ...string) []string {
	var out []string
	for _, o := range options {
		if slices.Contains(values, o.Value) {
			out = append(out, o.Label)
		}
	}
	return out
}
