// Package taxonomy knows occupations and skills by the words people use, and
// the classifications (ISCO, ISIC, ISCED) that statistics count by.
//
// A concept has one identifier for ever. It may come from Baara's own starter
// files, from ESCO, or from both at once: then it is one row with the ESCO
// address and Baara's everyday words. Importing a newer release never breaks
// what people's records point to; concepts that are gone are marked obsolete
// and, where the release says so, name their successor.
//
// [Concepts] finds and reads; [Importer] stores a [Release]. Where the words
// somebody typed must become a concept, a [Linker] is asked: it is implemented
// by the search engine, and below [SureEnough] nothing is linked.
//
// What is not here: file formats (domain/exchange) and who has which skill.
package taxonomy
