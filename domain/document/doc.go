// Package document keeps papers people bring: diplomas, certificates, cards.
//
// [Clean] tells what bytes are by what they begin with, never by a name or a
// declared type; pictures are decoded within bounds and drawn anew, so that
// nothing but what is seen is kept; a PDF is kept as it came. [Documents] adds,
// lists, opens and removes them.
//
// Promises. A body is stored sealed with the key of the person it is about,
// and read by that person and by the desk that serves her: no employer has an
// action on documents. What is opened is sent as an attachment that no browser
// runs. How much may be kept of one person, and added by one account in a day,
// is bounded.
//
// What is not here: the evidence of a skill, which staff give after looking
// (domain/person), and how bytes are sealed (domain/store).
package document
