package person

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/place"
)

// Newcomer is everything that comes into being when somebody is registered.
// Registering one person and importing a thousand write the same rows.
type Newcomer struct {
	Person       Person
	Registration Registration
	Steps        []domain.Step // how the registration got to its state
	Consents     []Consent
	Journey      Journey  // of seeds and imports; empty in registrations
	Account      *Account // nil: cannot sign in yet
}

// Account lets somebody sign in with the phone and the second thing.
type Account struct {
	ID         domain.ID
	Phone      string // E.164, may be shared with other accounts
	SecretHash string
	Language   string
	CreatedAt  time.Time
}

// Store keeps people. Name keys and the search feed follow every write.
type Store interface {
	// References takes n numbers for references.
	References(ctx context.Context, tx domain.Tx, n int) ([]int64, error)
	// InsertBatch writes newcomers with a fixed number of statements. A
	// repeated (ExternalSource, ExternalID) is Conflict: see External.
	InsertBatch(ctx context.Context, tx domain.Tx, newcomers []Newcomer) error
	// External tells which external ids of a source are known already.
	External(ctx context.Context, tx domain.Tx, source string, ids []string) (map[string]domain.ID, error)
	Get(ctx context.Context, tx domain.Tx, id domain.ID) (Person, error)
	ForUpdate(ctx context.Context, tx domain.Tx, id domain.ID) (Person, error)
	// Many gives the people that exist, in the order of ids, with a fixed number of queries.
	Many(ctx context.Context, tx domain.Tx, ids []domain.ID) ([]Person, error)
	// Named gives what the name register knows of people of any agency: narrow
	// it to the actor before it is shown. It reads outside the transaction.
	Named(ctx context.Context, ids []domain.ID) ([]Person, error)
	// ForCards gives what CardOf needs of people of any agency who may be
	// matched, and nothing else. It reads outside the transaction.
	ForCards(ctx context.Context, ids []domain.ID) ([]Person, error)
	// Save replaces a record whose version is p.Version and stores p.Version+1.
	Save(ctx context.Context, tx domain.Tx, p Person) error
	// Facts tells how people stand to others: agency, referent, shares.
	// Unknown people are missing from the answer.
	Facts(ctx context.Context, tx domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error)
	// Matchable tells who of any agency may be matched at that time: live consent
	// to matching, active registration, not absent. It reads outside the transaction.
	Matchable(ctx context.Context, ids []domain.ID, at time.Time) (map[domain.ID]bool, error)
	// StatisticsObjection is since when somebody objects to being counted; zero for who does not.
	StatisticsObjection(ctx context.Context, tx domain.Tx, id domain.ID) (time.Time, error)
	SaveStatisticsObjection(ctx context.Context, tx domain.Tx, id domain.ID, since time.Time) error
	Journey(ctx context.Context, tx domain.Tx, id domain.ID) (Journey, error)
	// SaveJourney replaces the journey and raises the person's version, which must be the given one.
	SaveJourney(ctx context.Context, tx domain.Tx, id domain.ID, version int, j Journey) error
	// ByKeys gives at most limit people of any agency under any of the keys,
	// those with the most weight first. It reads outside the transaction.
	ByKeys(ctx context.Context, keys []WeightedKey, filter FindFilter, limit int) ([]Keyed, error)
}

// WeightedKey is a key of the name register to look under. Of several keys of
// one word the heaviest that matches counts.
type WeightedKey struct {
	Key    Key
	Word   int // position of the word in what was asked
	Weight int
}

// Keyed is somebody found under keys.
type Keyed struct {
	PersonID domain.ID
	Weight   int // sum over the words
}

// RegistrationStore keeps registrations.
type RegistrationStore interface {
	Registration(ctx context.Context, tx domain.Tx, person domain.ID) (Registration, error)
	RegistrationForUpdate(ctx context.Context, tx domain.Tx, person domain.ID) (Registration, error)
	// SaveRegistration stores the state of a registration whose version is r.Version and raises it.
	SaveRegistration(ctx context.Context, tx domain.Tx, r Registration) error
	// Intake lists those of an agency's queue that are in a state, the longest waiting first.
	Intake(ctx context.Context, tx domain.Tx, agency domain.ID, state domain.State, cursor domain.Cursor) (domain.Listing[Waiting], error)
	// DueToLapse locks at most limit active registrations whose date has passed.
	DueToLapse(ctx context.Context, tx domain.Tx, today domain.Date, limit int) ([]Registration, error)
	// ProvePhone notes that the holder of an account in quarantine has its phone.
	ProvePhone(ctx context.Context, tx domain.Tx, account domain.ID, at time.Time) error
	// DueToClear locks at most limit registrations in quarantine whose phone was
	// proven and that were sent before a time.
	DueToClear(ctx context.Context, tx domain.Tx, sent time.Time, limit int) ([]Registration, error)
	// AgencyFor finds the agency that serves a place: the nearest level up to
	// the country, else any open one. NotFound when there is no agency.
	AgencyFor(ctx context.Context, tx domain.Tx, place, country string) (domain.ID, error)
}

// Waiting is a registration in the intake queue with the person's name.
type Waiting struct {
	Registration Registration
	Reference    string
	Given        string
	Family       string
	Place        string
	Phone        string
	EntryMode    EntryMode
	Language     string
}

// ConsentStore keeps consents. What it writes counts with the commit; ending
// one waits until every answer about the person that is on its way has left.
type ConsentStore interface {
	Consents(ctx context.Context, tx domain.Tx, person domain.ID) ([]Consent, error) // all, newest first
	LiveConsent(ctx context.Context, tx domain.Tx, person domain.ID, purpose Purpose, at time.Time) (bool, error)
	InsertConsent(ctx context.Context, tx domain.Tx, c Consent) error
	// Withdrawing waits until every answer and message about the people that is
	// on its way has left, and keeps others from beginning until the transaction
	// ends. Call it before rows are locked: who is on its way may need one; and
	// once for all people an act is about.
	Withdrawing(ctx context.Context, tx domain.Tx, people ...domain.ID) error
	// EndConsent ends the standing consent for a purpose that is for no contact; false when there was none.
	EndConsent(ctx context.Context, tx domain.Tx, person domain.ID, purpose Purpose, end ConsentEnd) (bool, error)
	// EndContact ends the consent to one contact; EndContacts those of a person to all.
	EndContact(ctx context.Context, tx domain.Tx, person, application domain.ID, end ConsentEnd) error
	EndContacts(ctx context.Context, tx domain.Tx, person domain.ID, end ConsentEnd) (int, error)
	// EndingConsents gives consents that end between two times, of people whose open file the account owns.
	EndingConsents(ctx context.Context, tx domain.Tx, owner domain.ID, from, until time.Time) ([]Ending, error)
	// DueReminders locks at most limit consents that end between two times and of
	// which nobody was told, and notes that they were.
	DueReminders(ctx context.Context, tx domain.Tx, from, until time.Time, limit int) ([]Ending, error)
}

// Contacts are the applications of people. WithdrawAll takes back every one of
// somebody's that the actor reaches and that an employer has or would get.
type Contacts interface {
	WithdrawAll(ctx context.Context, tx domain.Tx, actor domain.Actor, person domain.ID) error
}

// Ending is a consent that ends soon, with whose it is.
type Ending struct {
	PersonID      domain.ID
	Given, Family string
	Purpose       Purpose
	ExpiresAt     time.Time
}

// History keeps the steps of registrations.
type History interface {
	Append(ctx context.Context, tx domain.Tx, step domain.Step) error
	Of(ctx context.Context, tx domain.Tx, record domain.ID) ([]domain.Step, error)
}

// DraftStore keeps the public form while it is filled in.
type DraftStore interface {
	InsertDraft(ctx context.Context, tx domain.Tx, d DraftForm) error
	DraftByToken(ctx context.Context, tx domain.Tx, tokenHash string, lock bool) (DraftForm, error)
	// ReceiptOf gives the receipt of a draft that was sent.
	ReceiptOf(ctx context.Context, tx domain.Tx, tokenHash string) (Receipt, error)
	// SaveDraft stores a draft whose version is d.Version and raises it. Answers
	// of more than MaxAnswers bytes are Invalid.
	SaveDraft(ctx context.Context, tx domain.Tx, d DraftForm) error
	// DraftsOf gives at most MaxDraftsPerPhone unfinished live drafts of a phone, newest first.
	DraftsOf(ctx context.Context, tx domain.Tx, phone string, now time.Time) ([]DraftForm, error)
	DeleteExpiredDrafts(ctx context.Context, tx domain.Tx, now time.Time) (int, error)
}

// CodeStore keeps one-time codes and the tickets they are exchanged for.
type CodeStore interface {
	// LockPhone makes sends and tries for one phone wait for each other.
	LockPhone(ctx context.Context, tx domain.Tx, phone string) error
	LatestCode(ctx context.Context, tx domain.Tx, phone string, purpose CodePurpose) (Code, error)
	InsertCode(ctx context.Context, tx domain.Tx, c Code) error
	SaveCode(ctx context.Context, tx domain.Tx, c Code) error
	InsertTicket(ctx context.Context, tx domain.Tx, t Ticket) error
	TicketForUpdate(ctx context.Context, tx domain.Tx, hash string) (Ticket, error)
	SaveTicket(ctx context.Context, tx domain.Tx, t Ticket) error
}

// AccountStore finds the jobseeker accounts that share a phone.
type AccountStore interface {
	// AccountsOf gives accounts that may sign in, the newest first.
	AccountsOf(ctx context.Context, tx domain.Tx, phone string, limit int) ([]Account, error)
	// NumberUses gives what everybody who has a number wishes of it.
	NumberUses(ctx context.Context, tx domain.Tx, number string) ([]NumberUse, error)
}

// MessageStore keeps messages to be sent.
type MessageStore interface {
	InsertMessage(ctx context.Context, tx domain.Tx, m Message) error
}

// Phones knows the numbering plans.
type Phones interface {
	// Parse gives the E.164 form of a number as typed. Country (alpha-3) is
	// assumed where the number names none. What no plan allows is an error.
	Parse(number, country string) (e164 string, err error)
	// Landline reports whether a number cannot get an SMS.
	Landline(e164 string) bool
}

// Work tells whether a registration came with proof of work. One that is no
// good is Invalid.
type Work interface {
	Spend(ctx context.Context, tx domain.Tx, purpose, solution string) (bool, error)
}

// Secrets hashes the second thing only the person knows. Compare takes the
// same time for a missing hash ("").
type Secrets interface {
	Hash(ctx context.Context, secret string) (string, error)
	Compare(ctx context.Context, secret, hash string) (bool, error)
}

// Hints name somebody to one account without saying who it is.
type Hints interface {
	Give(person, account domain.ID, until time.Time) string
	// Take gives back whom a hint names; NotFound where it is of no use.
	Take(hint string, account domain.ID, now time.Time) (domain.ID, error)
}

// Places gives the present gazetteer.
type Places interface{ Present() *place.Gazetteer }
