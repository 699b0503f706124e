package counsellor

// Parts of a record that only the desk asks about; the others are questions of web/profile.
const (
	partIdentity     = "identity"
	partContact      = "contact"
	partProof        = "proof"
	partAvailability = "availability"
)
