// Package placement brings people and vacancies together: the application
// (mise en relation) and the placement it may end in.
//
// An application is proposed by a counsellor, and then needs the person's
// consent, or made by the person, which is consent to that contact. Only when
// a counsellor has sent it does a verified employer learn who it is, through
// [Candidate], a type that has no field for anything an employer must not see.
//
// Hiring is one transaction over three contexts: it fills a post, moves the
// vacancy, the application and the case file, and plans the placement.
//
// Locks are always taken in this order, so that no two acts wait for each
// other: vacancy, application, placement, case file.
//
// What is not here: who fits a vacancy (domain/matching) and what became of
// people after they started (follow-up, a context of its own).
package placement
