// Package rights is what people may ask about their own data: who saw it, a
// copy of all of it, that it is corrected, left out or removed; and what the
// service says of itself: what it does with data, why, how long, and what
// leaves the country.
//
// It promises that what is asked has a due date and a history, that a copy
// holds what the law calls somebody's data or says what is missing and why,
// that erasing is one transaction with the answer to the request, and that
// nothing is erased while somebody waits for an answer, a complaint is open or
// a hold stands.
//
// What is not here: consents (domain/person), what pages and files look like,
// and the keys that make an erased person unreadable in old backups: those
// are behind the port Keys.
package rights
