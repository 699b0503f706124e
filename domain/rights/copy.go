package rights

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
)

// Copy is all that is kept about somebody, as she may have it.
type Copy struct {
	Export       domain.Export // its number, when, by whom
	Person       person.Person
	Journey      person.Journey
	Registration person.Registration
	Registered   []domain.Step
	Consents     []person.Consent
	Papers       []document.Document // what there is; each is fetched by itself
	Cases        []Case
	Applications []placement.ApplicationRow
	Placements   []placement.PlacementRow
	Requests     []Row
	Looks        []Look
	Held
}

// Held is what a copy has of tables that only the copy reads whole.
type Held struct {
	Files         []casework.CaseFile
	Notes         []casework.Note // those everybody on a file reads; see NotesWithheld
	NotesWithheld int             // that exist and are not in the copy: they hold what others said in confidence
	Messages      []person.Message
	Account       Account
	Sessions      []Session
	Shown         []Shown
	Objections    []Objected
	Merged        []MergedFile
	Agencies      map[domain.ID]string // names, for those a copy names
}

// Case is a case file with its plan and how it came to its stage.
type Case struct {
	File  casework.CaseFile
	Plan  casework.PlanOf
	Steps []domain.Step
}

// Account is what somebody signs in with; never the secret.
type Account struct {
	Phone, Email, Language string
	CreatedAt              time.Time
}

// Session is a device somebody signed in on.
type Session struct {
	Device              string
	CreatedAt, LastSeen time.Time
	EndedAt             time.Time
}

// Shown is a day on which an employer was shown somebody's card, without the name.
type Shown struct {
	Day      domain.Date
	Employer string
}

// Objected is what somebody objects to, and since when.
type Objected struct {
	Purpose string
	Since   time.Time
}

// maxLooks bounds how many lines of who saw it a copy has: more are refused
// nowhere else, and the page has them all.
const maxLooks = 5000

// Copies are the use-cases on copies of one's own data.
type Copies struct{ d Deps }

// NewCopies wires the use-cases.
func NewCopies(d Deps) *Copies { return &Copies{d: d} }

// Take gives all that is kept about somebody: to the person, or to who serves
// the person and hands it over. It is an export with a number, and an entry of
// the trail. Whoever asks proved just before who they are: the edge sees to it.
func (s *Copies) Take(ctx context.Context, actor domain.Actor, person domain.ID) (Copy, error) {
	var out Copy
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		facts, err := s.d.factsOf(ctx, tx, actor, access.RightsCopy, person)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.RightsCopy, facts); err != nil {
			return err
		}
		told := map[string]string{"person": string(person)}
		if out.Export, err = domain.BeginExport(ctx, tx, s.d.Exports, actor, s.d.IDs.New(), domain.ExportCopy, s.d.Clock.Now(), told, domain.Destination{}); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, person, &out); err != nil {
			return err
		}
		if err := s.work(ctx, tx, actor, person, &out); err != nil {
			return err
		}
		out.Export.Lines = 1
		tx.Outcome("export", out.Export.ID, 1)
		return s.d.Exports.InsertExport(ctx, tx, out.Export)
	})
	if err != nil {
		return Copy{}, err
	}
	return out, nil
}

// record reads what stands in the person's record.
func (s *Copies) record(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID, out *Copy) (err error) {
	if out.Person, err = s.d.People.Get(ctx, tx, person); err != nil {
		return err
	}
	if out.Journey, err = s.d.People.Journey(ctx, tx, person); err != nil {
		return err
	}
	if out.Registration, err = s.d.Registrations.Registration(ctx, tx, person); err != nil {
		return err
	}
	if out.Registered, err = s.d.Registered.Of(ctx, tx, out.Registration.ID); err != nil {
		return err
	}
	if out.Consents, err = s.d.Consents.Consents(ctx, tx, person); err != nil {
		return err
	}
	if out.Papers, err = s.d.Papers.DocumentsOf(ctx, tx, person); err != nil {
		return err
	}
	if out.Held, err = s.d.Store.Held(ctx, tx, person); err != nil {
		return err
	}
	for cursor := (domain.Cursor{Limit: domain.MaxLimit}); len(out.Looks) < maxLooks; {
		page, err := s.d.Store.Looks(ctx, tx, person, cursor)
		if err != nil {
			return err
		}
		out.Looks = append(out.Looks, page.Items...)
		if cursor.After = page.Next; page.Next == "" {
			break
		}
	}
	return nil
}

// work reads what the service did with the person.
func (s *Copies) work(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID, out *Copy) error {
	for _, file := range out.Files {
		c := Case{File: file}
		var err error
		if c.Plan, err = s.d.Plans.Plan(ctx, tx, file.ID); err != nil {
			return err
		}
		if c.Steps, err = s.d.Staged.Of(ctx, tx, file.ID); err != nil {
			return err
		}
		out.Cases = append(out.Cases, c)
	}
	for cursor := (domain.Cursor{Limit: domain.MaxLimit}); ; {
		page, err := s.d.Applications.Applications(ctx, tx, placement.ApplicationQuery{
			Actor: actor, Relations: s.d.Policy.Relations(actor, access.ApplicationList),
			ApplicationFilter: placement.ApplicationFilter{PersonID: person}, Cursor: cursor,
		})
		if err != nil {
			return err
		}
		out.Applications = append(out.Applications, page.Items...)
		if cursor.After = page.Next; page.Next == "" {
			break
		}
	}
	for cursor := (domain.Cursor{Limit: domain.MaxLimit}); ; {
		page, err := s.d.Placements.Placements(ctx, tx, placement.PlacementQuery{
			Actor: actor, Relations: s.d.Policy.Relations(actor, access.PlacementRead),
			PlacementFilter: placement.PlacementFilter{PersonID: person}, Cursor: cursor,
		})
		if err != nil {
			return err
		}
		out.Placements = append(out.Placements, page.Items...)
		if cursor.After = page.Next; page.Next == "" {
			break
		}
	}
	for _, closed := range []bool{false, true} {
		page, err := s.d.Store.Requests(ctx, tx, Query{
			Actor: actor, Relations: s.d.Policy.Relations(actor, access.RequestRead), Filter: Filter{PersonID: person, Closed: closed},
			Today: s.d.today(), Cursor: domain.Cursor{Limit: domain.MaxLimit},
		})
		if err != nil {
			return err
		}
		out.Requests = append(out.Requests, page.Items...)
	}
	return nil
}
