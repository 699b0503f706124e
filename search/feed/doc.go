// Package feed keeps the search index equal to the database.
//
// Every transaction that changes something searchable writes a row of the change feed. This package reads those rows once no running
// transaction can still commit before them, loads the records, and writes documents and position to the index in one batch. A
// notification only wakes it; a missed one costs at most a second. After a crash it repeats some changes and skips none.
//
// The index is rebuilt beside the one that answers when there is none that may be served, when the feed no longer reaches back to it,
// when the database was put back, when an import changed the taxonomy, and when an administrator asks. Until the new one has caught up,
// the old one answers where it may.
package feed
