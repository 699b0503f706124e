// Package casework is the counsellor's desk: the case file of a person, its
// plan of goals and actions, its notes and its history.
//
// A file opens when a counsellor takes somebody from the intake queue; from
// then on it has exactly one owner, the referent, and one agency. Helping does
// not change the owner: a colleague gets a share with an end.
//
// Notes are never overwritten. An amendment is a note of its own, linked to the
// one it amends; visibility (file, team, author and lead) is decided in the
// query that reads them.
package casework
