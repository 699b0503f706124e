package owndata

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
)

// Names gives the names of codes the catalogue does not hold, as the reader
// says them; "" where it knows none.
type Names interface {
	Place(code string) string   // of an area
	Country(code string) string // by alpha-3
}

// Sizes of the page, in millimetres and points. A4, printed on a cheap printer.
const (
	margin, width = 18.0, 210.0 - 2*18.0
	label         = 62.0
	line          = 5.2
	indent        = 5.0
)

// PDF is the copy as a document of words: what a code means, in the reader's
// language. It prints the letters of the national languages in Latin script
// (ɛ ɔ ɲ ŋ); Arabic script and N'Ko are in the JSON.
func PDF(c rights.Copy, words *lang.Localizer, names Names) ([]byte, error) {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	doc.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	doc.SetMargins(margin, margin, margin)
	doc.SetAutoPageBreak(true, margin)
	doc.SetTitle(words.T("rights.copy.title"), true)
	doc.SetLang(string(words.Tag()))
	doc.SetCreationDate(c.Export.MadeAt)
	doc.SetModificationDate(c.Export.MadeAt)
	doc.AliasNbPages("")
	doc.SetFooterFunc(func() {
		doc.SetY(-12)
		doc.SetFont("sans", "", 8)
		doc.CellFormat(0, 4, words.T("rights.copy.footer", "Number", c.Export.Reference, "Page", strconv.Itoa(doc.PageNo()), "Pages", "{nb}"), "", 0, "C", false, 0, "")
	})
	doc.AddPage()
	p := printer{doc: doc, words: words, names: names, messages: c.Messages}
	p.text("B", 16, words.T("rights.copy.title"))
	p.text("", 10, words.T("rights.copy.lead", "Name", c.Person.FullName(), "Reference", c.Person.Reference, "When", words.Time(c.Export.MadeAt)))
	for _, s := range Sections(c) {
		p.section(s)
	}
	var out bytes.Buffer
	err := doc.Output(&out)
	return out.Bytes(), err
}

type printer struct {
	doc   *fpdf.Fpdf
	words *lang.Localizer
	names Names

	messages []person.Message // beside what is kept of one stands what it said
}

func (p printer) text(style string, size float64, text string) {
	p.doc.SetFont("sans", style, size)
	p.doc.MultiCell(width, size*0.5, text, "", "L", false)
	p.doc.Ln(2)
}

func (p printer) section(n Node) {
	p.doc.Ln(2)
	if _, height := p.doc.GetPageSize(); p.doc.GetY() > height-3*margin {
		p.doc.AddPage() // a heading does not stand alone at the foot
	}
	p.text("B", 12, p.words.T("rights.section."+n.Name))
	if key := "rights.section." + n.Name + "_why"; p.words.Has(key) {
		p.text("", 10, p.words.T(key))
	}
	p.nodes(n, 0)
}

// nodes prints what hangs below one, items of a list apart from each other.
func (p printer) nodes(n Node, deep int) {
	for i, b := range n.Below {
		switch {
		case n.List && b.Value == nil:
			if i > 0 {
				p.doc.Ln(2)
			}
			if n.Name == "messages" {
				p.said(p.messages[i], deep)
			}
			p.nodes(b, deep)
		case b.Value != nil:
			p.line(p.words.T("rights.field."+b.Name), p.value(b), deep)
		case b.List && len(b.Below) > 0 && b.Below[0].Value != nil:
			var all []string
			for _, item := range b.Below {
				all = append(all, p.value(item))
			}
			p.line(p.words.T("rights.field."+b.Name), strings.Join(all, ", "), deep)
		default:
			p.line(p.words.T("rights.field."+b.Name), "", deep)
			p.nodes(b, deep+1)
		}
	}
}

// said prints what a message said: only its kind and what it named are kept.
func (p printer) said(m person.Message, deep int) {
	if !p.words.Has(m.Template) {
		return
	}
	named := make(map[string]any, len(m.Params))
	for name, v := range m.Params {
		named[name] = v
	}
	p.line(p.words.T("rights.field.body"), p.words.T(m.Template, named), deep)
}

func (p printer) line(name, value string, deep int) {
	left := margin + float64(deep)*indent
	p.doc.SetFont("sans", "B", 9)
	p.doc.SetX(left)
	if value == "" {
		p.doc.MultiCell(width-float64(deep)*indent, line, name, "", "L", false)
		return
	}
	p.doc.CellFormat(label, line, name, "", 0, "L", false, 0, "")
	p.doc.SetFont("sans", "", 9)
	p.doc.MultiCell(width-float64(deep)*indent-label, line, value, "", "L", false)
}

// codes names, for fields that hold codes, where their words begin.
var codes = map[string][]string{
	"sex": {"reference.sex."}, "precision": {"reference.birth_precision."}, "channel": {"reference.channel.", "rights.value."}, "reading": {"reference.reading."},
	"owner": {"reference.phone_owner."}, "groups": {"reference.group."}, "worked_abroad": {"reference.answer."}, "mode": {"reference.entry_mode.", "reference.consent_mode.", "reference.right_mode."},
	"kind":        {"reference.education.", "reference.work_kind.", "reference.residence.", "reference.barrier.", "reference.contract.", "reference.alias.", "reference.right_kind.", "papers.kind."},
	"recognition": {"reference.recognition."}, "isced": {"reference.isced."}, "evidence": {"reference.evidence."}, "acquired": {"reference.acquired."}, "speaking": {"reference.speaking."},
	"role": {"reference.episode_role.", "reference.role."}, "actor_role": {"reference.role."}, "reason": {"reference.episode_reason.", "reference.registration_close.", "reference.case_close.", "rights.value."}, "status": {"reference.episode_status."},
	"return_mode": {"reference.return_mode."}, "cause": {"reference.displacement_cause."}, "purpose": {"reference.right_purpose."},
	"state": {"reference.right_state.", "reference.registration.", "reference.application.", "reference.placement.", "reference.plan_state.", "rights.value."},
	"stage": {"reference.stage."}, "from": {"reference.right_state.", "reference.registration.", "reference.stage."}, "to": {"reference.right_state.", "reference.registration.", "reference.stage."},
	"close_reason": {"reference.case_close."}, "closed_reason": {"reference.registration_close."}, "doer": {"reference.doer."}, "contact": {"reference.contact."}, "consent": {"reference.consent_mode."},
	"withdrawn_mode": {"reference.consent_mode."}, "record": {"counsellor.merged.kind_"},
	"visibility": {"reference.visibility."}, "refusal": {"reference.refusal."}, "wage_period": {"reference.wage_period."}, "origin": {"rights.value."}, "action": {"protection.act."},
}

// value says a value in words.
func (p printer) value(n Node) string {
	switch v := n.Value.(type) {
	case bool:
		return p.words.T("rights.value.yes")
	case int64:
		if word := p.code(n.Name, strconv.FormatInt(v, 10)); word != "" {
			return word
		}
		return strconv.FormatInt(v, 10)
	case string:
		if word := p.code(n.Name, v); word != "" {
			return word
		}
		if d, err := domain.ParseDate(v); err == nil {
			return p.words.Date(d)
		}
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return p.words.Time(at)
		}
		return v
	}
	return ""
}

func (p printer) code(name, value string) string {
	for _, prefix := range codes[name] {
		if p.words.Has(prefix + value) {
			return p.words.T(prefix + value)
		}
	}
	switch name {
	case "place", "region", "places", "origin_place", "intended_place":
		return p.names.Place(value)
	case "country", "nationalities", "birth_country":
		return p.names.Country(value)
	}
	return ""
}
