package person

import "maps"

// MessageKind says what a message rests on, and what must hold at the moment
// it is handed over.
type MessageKind struct {
	Purpose Purpose // the consent it rests on; "" for an answer to what somebody did, and what they must know
	Prompt  bool    // of use now or never: outside safe hours it is not sent at all
	Account bool    // goes to a contact of an account, not to where the record says
}

// messageKinds is every message there is, by its template. One that is not
// here is refused when it is queued and dropped when it is delivered.
func messageKinds() map[string]MessageKind {
	return map[string]MessageKind{
		"sms.code":            {Prompt: true, Account: true},
		"sms.contact":         {Account: true},
		"sms.chase":           {Account: true}, // an employer's
		"sms.receipt":         {},              // answers a registration
		"sms.erasure":         {},              // somebody asked that everything be removed
		"sms.proof_matching":  {},              // the proof of a consent that was asked for
		"sms.proof_sharing":   {},
		"sms.proof_follow_up": {},
		"sms.proof_messages":  {},
		"sms.proof_ended":     {},
		"sms.transfer":        {},                     // who has the file now
		"sms.unanswered":      {},                     // what became of an application
		"sms.proposal":        {Purpose: ForMatching}, // a counsellor found a vacancy
		"sms.consent_ends":    {Purpose: ForMessages}, // a reminder nobody asked for
	}
}

// MessageKinds lists every message there is.
func MessageKinds() map[string]MessageKind { return maps.Clone(messageKinds()) }
