package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// JobseekerTwin is a file that may be the same person's as another.
type JobseekerTwin struct {
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Given     string `json:"given,omitempty"`
	Family    string `json:"family,omitempty"`
}

func twinOut(p person.Person) JobseekerTwin {
	return JobseekerTwin{ID: string(p.ID), Reference: p.Reference, Given: p.Given, Family: p.Family}
}

// JobseekerLikely is a file that may be the same person's as the one asked about.
type JobseekerLikely struct {
	JobseekerTwin
	Reason string `json:"reason" enum:"nina,name_phone,name_birth_region,parents,phone"`
}

// TwinPair is two files of an agency that may be one person's.
type TwinPair struct {
	Survivor JobseekerTwin `json:"survivor" doc:"The older file, which would stay"`
	Absorbed JobseekerTwin `json:"absorbed"`
	Reason   string        `json:"reason" enum:"nina,name_phone,name_birth_region,parents,phone"`
}

// JobseekerBeside is one of two files that are compared.
type JobseekerBeside struct {
	JobseekerTwin
	State   string `json:"state" doc:"Of the registration"`
	Version int    `json:"version" doc:"What a merge is based on"`
	Account bool   `json:"account" doc:"Somebody can sign in to it"`
}

// TwinComparison is what a merge of two files would be.
type TwinComparison struct {
	Survivor    JobseekerBeside `json:"survivor"`
	Absorbed    JobseekerBeside `json:"absorbed"`
	Differences []string        `json:"differences" doc:"Parts both answer, and not alike: the survivor's stay unless \"theirs\" names them"`
	TooMany     []string        `json:"too_many" doc:"Lists that cannot hold what both have: the rest goes when the merge is final"`
	Obstacles   []Obstacle      `json:"obstacles" doc:"Why it cannot be made now"`
}

// Obstacle is why two files cannot be merged now.
type Obstacle struct {
	Kind      string `json:"kind" doc:"application: both live in one for this vacancy; transfer: one waits for an answer"`
	Reference string `json:"reference,omitempty"`
}

// MergeRecord is two files of one person made one.
type MergeRecord struct {
	ID        string       `json:"id"`
	Survivor  string       `json:"survivor_id"`
	KeptRef   string       `json:"survivor_reference,omitempty"`
	Absorbed  string       `json:"absorbed_id"`
	GoneRef   string       `json:"absorbed_reference,omitempty"`
	Agency    string       `json:"agency_id" doc:"That held both"`
	MadeBy    string       `json:"made_by"`
	MadeAt    time.Time    `json:"made_at"`
	Until     time.Time    `json:"until" doc:"It can be undone before"`
	Reason    string       `json:"reason,omitempty"`
	Opens     bool         `json:"opens" doc:"The absorbed file's account opens the survivor's"`
	Came      []MergeMoved `json:"came" doc:"What the absorbed file brought"`
	Changed   []string     `json:"changed" doc:"Parts that were changed since: what was typed stays with the survivor"`
	CanUndo   bool         `json:"can_undo" doc:"By the reader, now"`
	Later     bool         `json:"later" doc:"The survivor was absorbed by another file since: that comes apart first"`
	UndoneBy  string       `json:"undone_by,omitempty"`
	UndoneAt  *time.Time   `json:"undone_at,omitempty"`
	EmptiedAt *time.Time   `json:"emptied_at,omitempty" doc:"It is final since"`
}

// MergeMoved is a record that came from the absorbed file.
type MergeMoved struct {
	Kind   string `json:"kind" doc:"case, application, placement, complaint or document"`
	Record string `json:"record_id"`
}

func mergeOut(m person.Merged) MergeRecord {
	return MergeRecord{
		ID: string(m.ID), Survivor: string(m.SurvivorID), KeptRef: m.Survivor, Absorbed: string(m.AbsorbedID), GoneRef: m.Absorbed, Agency: string(m.AgencyID),
		MadeBy: string(m.By), MadeAt: m.At, Until: m.Until, Reason: m.Reason, Opens: m.Opens,
		Came:    each(m.Moves, func(v person.Move) MergeMoved { return MergeMoved{Kind: v.Kind, Record: string(v.RecordID)} }),
		Changed: each(m.Changed, func(name string) string { return name }), CanUndo: m.Undo, Later: m.Later,
		UndoneBy: string(m.UndoneBy), UndoneAt: timeOut(m.UndoneAt), EmptiedAt: timeOut(m.FinalAt),
	}
}

func (a *API) mountMerges(g huma.API) {
	const tag = "merges"
	add(g, route{id: "list-likely-twins", method: http.MethodGet, path: "/duplicates", tag: tag,
		summary: "Files of the lead's agency that may be one person's, the newest first, at most 50: a list to work off"}, a.listTwins)
	add(g, route{id: "list-duplicates-of", method: http.MethodGet, path: "/jobseekers/{id}/duplicates", tag: tag,
		summary: "Files of the agency that may be the same person's as this one"}, a.listDuplicatesOf)
	add(g, route{id: "compare-jobseekers", method: http.MethodGet, path: "/jobseekers/{id}/compare/{other}", tag: tag, stateful: true,
		summary: "What a merge of another file into this one would be"}, a.compare)
	add(g, route{id: "keep-jobseekers-apart", method: http.MethodPost, path: "/jobseekers/{id}/apart/{other}", tag: tag, status: http.StatusNoContent,
		summary: "Note that two files are of two people: they are proposed no more"}, a.keepApart)
	add(g, route{id: "merge-jobseekers", method: http.MethodPost, path: "/merges", tag: tag, status: http.StatusCreated, versions: true,
		summary: "Make one file of two of one person; it can be undone for 30 days",
		detail:  "A lead's, of the agency that holds both. The versions are those of the two records as they were compared: 412 when one was changed since."}, a.merge)
	add(g, route{id: "get-merge", method: http.MethodGet, path: "/merges/{id}", tag: tag, summary: "A merge, what it brought and what undoing it would do"}, a.getMerge)
	add(g, route{id: "undo-merge", method: http.MethodPost, path: "/merges/{id}/undo", tag: tag, change: true,
		summary: "Make two files of one again: what was added since stays with the survivor"}, a.undoMerge)
}

func (a *API) listTwins(ctx context.Context, _ *struct{}) (*list[TwinPair], error) {
	found, err := a.Merges.Duplicates(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return whole(found, func(pair person.Twofold) TwinPair { // the older file stays, as on the page
		return TwinPair{Survivor: twinOut(pair.Other), Absorbed: twinOut(pair.One), Reason: string(pair.Reason)}
	}), nil
}

func (a *API) listDuplicatesOf(ctx context.Context, in *ByID) (*list[JobseekerLikely], error) {
	found, err := a.Merges.Candidates(ctx, edge.ActorFrom(ctx), in.id())
	if err != nil {
		return nil, err
	}
	return whole(found, func(l person.Likely) JobseekerLikely { return JobseekerLikely{twinOut(l.Person), string(l.Reason)} }), nil
}

// pair is the input of what is about two files.
type pair struct {
	ByID
	Other string `path:"other" format:"uuid" doc:"The other file's id"`
}

func (a *API) compare(ctx context.Context, in *pair) (*plain[TwinComparison], error) {
	p, err := a.Merges.Compare(ctx, edge.ActorFrom(ctx), in.id(), id(in.Other))
	if err != nil {
		return nil, err
	}
	same := func(name string) string { return name }
	beside := func(of person.Person, r person.Registration, account bool) JobseekerBeside {
		return JobseekerBeside{twinOut(of), string(r.State), of.Version, account}
	}
	return &plain[TwinComparison]{Body: TwinComparison{
		Survivor: beside(p.Survivor, p.Registrations[0], p.SurvivorToo), Absorbed: beside(p.Absorbed, p.Registrations[1], p.Account),
		Differences: each(p.Differences, same), TooMany: each(p.TooMany, same),
		Obstacles: each(p.Obstacles, func(o person.Obstacle) Obstacle { return Obstacle{o.Kind, o.Reference} }),
	}}, nil
}

func (a *API) keepApart(ctx context.Context, in *pair) (*nothing, error) {
	actor := edge.ActorFrom(ctx)
	err := a.Merges.Apart(ctx, actor, in.id(), id(in.Other))
	_, err = again(false, err, func(domain.ID) (bool, error) {
		_, err := a.Merges.Candidates(ctx, actor, in.id())
		return false, err
	})
	return nil, err
}

type mergeJobseekers struct {
	Body struct {
		Survivor        string   `json:"survivor_id" format:"uuid" doc:"The file that stays"`
		Absorbed        string   `json:"absorbed_id" format:"uuid"`
		SurvivorVersion int      `json:"survivor_version" minimum:"1"`
		AbsorbedVersion int      `json:"absorbed_version" minimum:"1"`
		Theirs          []string `json:"theirs,omitempty" maxItems:"20" doc:"Of the differences, those taken from the absorbed file"`
		Opens           bool     `json:"opens,omitempty" doc:"The absorbed file's account opens the survivor's: the person was checked"`
		Reason          string   `json:"reason" minLength:"1" maxLength:"500" doc:"Why they are one person's"`
	}
}

func (a *API) merge(ctx context.Context, in *mergeJobseekers) (*one[MergeRecord], error) {
	b := in.Body
	m, err := a.Merges.Make(ctx, edge.ActorFrom(ctx), person.MakeMerge{
		SurvivorID: id(b.Survivor), AbsorbedID: id(b.Absorbed), SurvivorVersion: b.SurvivorVersion, AbsorbedVersion: b.AbsorbedVersion,
		Theirs: b.Theirs, Opens: b.Opens, Reason: b.Reason,
	})
	out, err := a.merged(ctx, m, err)
	if err == nil {
		out.Location = Prefix + "/merges/" + out.Body.ID
	}
	return out, err
}

// merged renders what an act on a merge made or changed, or had before.
func (a *API) merged(ctx context.Context, m person.Merge, err error) (*one[MergeRecord], error) {
	of, err := again(m.ID, err, func(id domain.ID) (domain.ID, error) { return id, nil })
	if err != nil {
		return nil, err
	}
	told, err := a.Merges.Get(ctx, edge.ActorFrom(ctx), of)
	if err != nil {
		return nil, err
	}
	return record(told.Version, mergeOut(told)), nil
}

func (a *API) getMerge(ctx context.Context, in *ByID) (*one[MergeRecord], error) {
	return a.merged(ctx, person.Merge{ID: in.id()}, nil)
}

func (a *API) undoMerge(ctx context.Context, in *change) (*one[MergeRecord], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	m, err := a.Merges.Undo(ctx, edge.ActorFrom(ctx), in.id(), version)
	return a.merged(ctx, m, err)
}
