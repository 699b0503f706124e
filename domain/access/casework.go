package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

// Acts on case files, their plans and notes.
const (
	CaseRead       Action = "case.read"
	CaseTake       Action = "case.take"   // open a file for a registered person
	CaseAssign     Action = "case.assign" // give a file to a colleague
	CaseStage      Action = "case.stage"  // move, suspend, close, reopen
	CasePlan       Action = "case.plan"   // goals and actions
	CaseNote       Action = "case.note"   // write a note
	CaseShare      Action = "case.share"
	CaseUnshare    Action = "case.unshare" // end a share before its time
	CaseExport     Action = "case.export"  // a list of files in a file
	IntakeRead     Action = "intake.read"
	NoteReadFile   Action = "note.read_file"   // notes everybody on the file may read
	NoteReadTeam   Action = "note.read_team"   // notes for the agency's team
	NoteReadAuthor Action = "note.read_author" // notes for the author and the lead
	ColleagueRead  Action = "colleague.read"   // names of staff
)

// Acts between agencies. A transfer has two sides: who gives answers for what
// the person's agency holds, who takes is the other agency's desk. Each side is
// asked with its own facts.
const (
	TransferAsk      Action = "transfer.ask"      // ask another agency for somebody's file
	TransferGive     Action = "transfer.give"     // offer a file, answer what was asked
	TransferTake     Action = "transfer.take"     // answer what was offered
	TransferRead     Action = "transfer.read"     // one's own agency's, of either side
	TransferWithdraw Action = "transfer.withdraw" // take back what one asked or offered
	TransferLapse    Action = "transfer.lapse"    // Baara's own, and in no row
	EmergencyOpen    Action = "emergency.open"    // read another agency's file, for a reason and a while
	EmergencyRead    Action = "emergency.read"    // who opened what, when and why
	EmergencyEnd     Action = "emergency.end"
	EmergencySee     Action = "emergency.see" // a lead marks one as seen
)

func caseworkRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	lead := roles(domain.RoleLead)
	return slices.Concat(
		permit(desk, SameAgency, IntakeRead, CaseTake, CaseRead, NoteReadFile, NoteReadTeam),
		permit(desk, Referent,
			CaseRead, CaseStage, CasePlan, CaseNote, CaseShare, CaseAssign, NoteReadFile, NoteReadTeam),
		permit(desk, SharedWith, CaseRead, CaseNote, NoteReadFile),
		permit(desk, Author, NoteReadAuthor, CaseUnshare, TransferWithdraw),
		permit(roles(domain.RoleCounsellor), Author, EmergencyRead, EmergencyEnd), // leads have those of their agency
		permit(desk, Anyone, ColleagueRead, TransferAsk, EmergencyOpen),
		permit(desk, Emergency, CaseRead, NoteReadFile),
		permit(desk, SameAgency, TransferTake, TransferRead),
		permit(desk, Referent, CaseUnshare, TransferGive, TransferRead),
		permit(lead, SameAgency, CaseAssign, CaseStage, CaseNote, CasePlan, CaseShare, CaseUnshare, CaseExport, NoteReadAuthor,
			TransferGive, TransferWithdraw, EmergencyRead, EmergencyEnd, EmergencySee),
		permit(roles(domain.RoleJobseeker), Self, CaseRead),
	)
}
