// Package collection brings people and vacancies of other systems into Baara:
// files with one record a line (JSON Lines, also gzipped) or one a row (CSV with
// a mapping of its columns). docs/import.md describes both.
//
// Files are read as a stream of any length. A record that cannot be used is
// refused with its line, field and reason, and the rest goes on; a part of a
// record that means nothing here, such as an unknown skill, is left out and
// told. Records are known by the other system's id: importing a file again
// changes what changed and passes over the rest before reading it, so an import
// that was cut off is finished by running it again.
//
// It decides nothing about people or vacancies: codes are resolved by the
// gazetteer, words are linked by the linker, and the rules and the writing are
// the use-cases' (person.Jobseekers.Import, employer.Vacancies.Import).
package collection
