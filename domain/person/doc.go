// Package person knows the people the service exists for: who somebody is,
// what they can do and look for, the registration that makes them a
// jobseeker, and what they have consented to.
//
// [Jobseekers] registers, reads, changes and finds people; [Drafts] keeps the
// public form while it is being filled in; [Registrations] moves somebody from
// the intake queue to active and on; [Consents] records what may be done with
// the record; [Outbox] is the only way to send somebody a message, because it
// alone honours "never SMS" and safe hours.
//
// Promises. Nobody is refused for an odd identity number, a birth date that
// is a guess, one name instead of two, a shared phone, or a likely duplicate:
// such things are [Warning]s. Somebody who refuses matching keeps a file and
// is found by name, and is matched by nobody. Where somebody has been is read
// and written by acts of its own ([Journey]) and is in no other answer. What
// people outside may see is the [Card], which cannot hold a name.
//
// What is not here: the case file (casework), who may sign in (identity), and
// the ranking of people for vacancies (matching).
package person
