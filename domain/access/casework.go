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
	CaseExport     Action = "case.export" // a list of files in a file
	IntakeRead     Action = "intake.read"
	NoteReadFile   Action = "note.read_file"   // notes everybody on the file may read
	NoteReadTeam   Action = "note.read_team"   // notes for the agency's team
	NoteReadAuthor Action = "note.read_author" // notes for the author and the lead
	ColleagueRead  Action = "colleague.read"   // names of staff
)

func caseworkRows() []Row {
	desk := roles(domain.RoleCounsellor, domain.RoleLead)
	lead := roles(domain.RoleLead)
	return slices.Concat(
		permit(desk, SameAgency, IntakeRead, CaseTake, CaseRead, NoteReadFile, NoteReadTeam),
		permit(desk, Referent,
			CaseRead, CaseStage, CasePlan, CaseNote, CaseShare, CaseAssign, NoteReadFile, NoteReadTeam),
		permit(desk, SharedWith, CaseRead, CaseNote, NoteReadFile),
		permit(desk, Author, NoteReadAuthor),
		permit(desk, Anyone, ColleagueRead),
		permit(lead, SameAgency, CaseAssign, CaseStage, CaseNote, CasePlan, CaseShare, CaseExport, NoteReadAuthor),
		permit(roles(domain.RoleJobseeker), Self, CaseRead),
	)
}
