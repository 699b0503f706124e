package domain

import (
	"slices"
	"time"
)

// State is a record's place in its life, as stored: "published".
type State string

// Transition is one way a record may change state.
type Transition struct {
	Name  string   // "publish"
	From  []State  // states it leaves; nil means every live state of the machine
	To    State    // "" means back to the state it was suspended from
	Who   []Role   // roles that may ask for it at all; the policy then looks at the record
	Needs []string // inputs without which it is refused: "reason", "until"
}

// Machine is the life of one noun, told as data. States that end a life stand
// in Final; a transition with From nil leaves every state that is not final.
type Machine struct {
	Noun        string
	Initial     State
	States      []State
	Final       []State
	Transitions []Transition
}

// Needs that transitions may name; an input is the act's argument of that name.
const (
	NeedReason = "reason"
	NeedUntil  = "until"
	NeedStart  = "start"
	NeedAgency = "agency"
)

// Step is one change of state, as the history keeps it.
type Step struct {
	ID         ID
	RecordID   ID
	Transition string
	From, To   State
	ActorID    ID
	ActorRole  Role
	Reason     string
	At         time.Time
}

// Find gives the transition of that name leaving that state.
func (m Machine) Find(from State, name string) (Transition, bool) {
	for _, t := range m.Transitions {
		if t.Name == name && m.leaves(t, from) {
			return t, true
		}
	}
	return Transition{}, false
}

func (m Machine) leaves(t Transition, from State) bool {
	if t.From == nil {
		return from != t.To && slices.Contains(m.States, from) && !slices.Contains(m.Final, from)
	}
	return slices.Contains(t.From, from)
}

// Next checks one change: the transition must exist from this state (else
// Conflict), be the role's to make (else Forbidden), and have what it needs
// (else Invalid with a field a missing need). given holds the named inputs.
func (m Machine) Next(from State, name string, role Role, given map[string]string) (State, error) {
	op := m.Noun + "." + name
	t, ok := m.Find(from, name)
	if !ok {
		return "", &Error{Kind: KindConflict, Op: op, Key: "error.state", Args: map[string]any{"State": string(from)}}
	}
	if !slices.Contains(t.Who, role) {
		return "", Forbidden(op)
	}
	var missing Fields
	for _, need := range t.Needs {
		missing.Check(given[need] != "", need, "error.required")
	}
	if err := missing.Err(op); err != nil {
		return "", err
	}
	return t.To, nil
}

// Offers lists the transitions a role could ask for from this state, in the
// order of the table: the buttons a page shows before the policy looks.
func (m Machine) Offers(from State, role Role) []Transition {
	var out []Transition
	for _, t := range m.Transitions {
		if m.leaves(t, from) && slices.Contains(t.Who, role) {
			out = append(out, t)
		}
	}
	return out
}
