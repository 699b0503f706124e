// Package index keeps the searchable copy of people and published vacancies on disk, in Bleve.
//
// The copy is disposable. It holds one document a person who consents to be matched and one a published vacancy, built field by
// field from the list in fields.go: no name, phone, address, note, title as somebody typed it, and nothing on sex, age, migration or
// protection can enter, because there is no field for it. Hits are identifiers; what a reader may see of them is decided in PostgreSQL.
//
// On disk an index is a generation: a directory that is only served when it carries this program's format, the database's epoch and the
// mark that it was built to its end. Anything else is refused and rebuilt beside it ([Live.Create], [Live.Serve]). How far the change feed
// was read is stored in the same batch as the documents ([Generation.Apply]), so a crash repeats changes but never skips one.
//
// One process owns a directory of generations; several processes keep one each.
package index
