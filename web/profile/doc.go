// Package profile asks what a jobseeker's record holds, one question a page. The public registration and the signed-in
// jobseeker's profile ask with the same words, the same fields and the same reading of what was typed.
//
// A [Question] fills a form from answers, reads a form into answers, and gives its template ("profile/<name>") what it
// needs beside the form. Answers are person.Answers: the use-cases check them; here only what a form can get wrong is
// found (nothing chosen, a date that does not exist). Field names are those of the domain's errors, so that a use-case's
// complaint stands beside its field.
//
// What is not here: where answers are kept (a draft or a record), the pages around a question, and migration, which is
// asked in a private interview.
package profile
