// Package match asks the search index: who fits a vacancy, which vacancies fit a person, which vacancies or people contain these words.
//
// Matching executes a [matching.Plan] exactly ([planQuery]): the points of a hit are those matching.Score gives, the order is that of
// matching.Rank, and no record that fails a hard condition is ever returned. Searching words forgives accents, plurals, gender and typos.
//
// Hits are identifiers with points. Callers load the records from PostgreSQL, where it is decided again who may see them and whether they
// still fit; explanations are computed there too, for the page shown and not for the whole index.
package match
