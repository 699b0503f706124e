package protection

import (
	"encoding/hex"
	"net/url"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// entryView is the data of "protection/entry".
type entryView struct {
	Heading ui.Heading
	Facts   ui.KeyValues
	Chain   ui.KeyValues
	More    []ui.Link // the same elsewhere in the trail
}

// entry shows all one entry holds.
func (p *pages) entry(c *web.Context) (web.Page, error) {
	chain, errC := strconv.Atoi(c.Path("chain"))
	seq, errS := strconv.ParseInt(c.Path("seq"), 10, 64)
	if errC != nil || errS != nil || chain < 1 || chain > 1<<15-1 || seq < 1 {
		return web.Page{}, domain.NotFound("protection.entry")
	}
	e, err := p.Trail.Get(c.Context(), c.Actor, chain, seq)
	if err != nil {
		return web.Page{}, err
	}
	_, agencies, err := p.agencies(c)
	if err != nil {
		return web.Page{}, err
	}
	v := entryView{Facts: entryFacts(c, e, agencies), Chain: chainFacts(c, e), More: more(c, e.Entry)}
	v.Heading = ui.Heading{Text: actWords(c, e.Action), Tags: ui.Tags{decisionTag(c, e.Entry)}}
	return web.Page{
		Template: "protection/entry", Title: c.T("protection.entry.title", "Act", actWords(c, e.Action), "Chain", chain, "Seq", c.Number(seq)), Data: v, Nav: trailPath,
		Back: &ui.Link{Text: c.T("protection.trail.title"), URL: trailPath},
	}, nil
}

func decisionTag(c *web.Context, e audit.Entry) ui.Tag {
	if e.Allowed {
		return ui.Tag{Text: c.T("protection.decision.allowed"), Tone: ui.Good}
	}
	return ui.Tag{Text: c.T("protection.decision.refused"), Tone: ui.Bad}
}

func entryFacts(c *web.Context, e audit.Read, agencies map[domain.ID]string) ui.KeyValues {
	var out ui.KeyValues
	add := func(key string, value string) {
		if value != "" {
			out = append(out, ui.KeyValue{Key: c.T(key), Value: ui.Data(value)})
		}
	}
	out = append(out, ui.KeyValue{Key: c.T("protection.entry.when"), Value: c.Time(e.At)})
	add("protection.who", e.Names[e.ActorID])
	add("protection.entry.account", string(e.ActorID))
	out = append(out, ui.KeyValue{Key: c.T("protection.role"), Value: c.T("reference.role." + string(e.ActorRole))})
	add("protection.agency", agencies[e.AgencyID])
	add("protection.entry.organisation", string(e.OrganisationID))
	add("protection.entry.code", e.Action)
	out = append(out, ui.KeyValue{Key: c.T("protection.entry.kind"), Value: kindWords(c, e.Kind)})
	add("protection.entry.record", e.Names[e.RecordID])
	add("protection.entry.record_id", string(e.RecordID))
	add("protection.entry.person", e.Names[e.PersonID])
	add("protection.entry.person_id", string(e.PersonID))
	add("protection.entry.reason", e.Reason)
	add("protection.entry.request", e.RequestID)
	return out
}

func chainFacts(c *web.Context, e audit.Read) ui.KeyValues {
	holds := ui.Tag{Text: c.T("protection.entry.holds"), Tone: ui.Good}
	if !e.Holds() {
		holds = ui.Tag{Text: c.T("protection.entry.broken"), Tone: ui.Bad}
	}
	return ui.KeyValues{
		{Key: c.T("protection.entry.chain"), Value: c.Number(int64(e.Chain))},
		{Key: c.T("protection.entry.seq"), Value: c.Number(e.Seq)},
		{Key: c.T("protection.entry.hash"), Value: ui.Data(hex.EncodeToString(e.Hash[:]))},
		{Key: c.T("protection.entry.before"), Value: ui.Data(hex.EncodeToString(e.Before[:]))},
		{Key: c.T("protection.entry.check"), Value: holds},
	}
}

// more leads to what else the trail has of the same.
func more(c *web.Context, e audit.Entry) []ui.Link {
	var out []ui.Link
	add := func(key, name, value string) {
		if value != "" {
			out = append(out, ui.Link{Text: c.T(key), URL: trailPath + "?" + url.Values{name: {value}}.Encode()})
		}
	}
	add("protection.more.who", "who", string(e.ActorID))
	add("protection.more.action", "action", e.Action)
	if e.PersonID != e.RecordID {
		add("protection.more.record", "about", string(e.RecordID))
	}
	add("protection.more.person", "about", string(e.PersonID))
	return out
}
