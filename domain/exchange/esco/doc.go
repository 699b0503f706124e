// Package esco reads ESCO, the European classification of occupations and
// skills, from the files its publisher offers, into a taxonomy.Release.
//
// It takes folders, zip archives and single files, in any mixture of
// languages: the official CSV download of v1.1 and v1.2 (concepts, relations)
// and plain lists with the columns conceptUri, preferredLabel, altLabels. What
// a file is for is told by its columns, its language by the end of its name
// ("skills_fr.csv"). Files are read as a stream; groups, schemes and
// collections, which Baara does not keep, are passed over.
//
// A broken row is refused with its line and reason and never stops the rest. A
// list with broken rows does not count as complete, so that a damaged file
// cannot make concepts obsolete.
//
// ESCO is published by the European Commission; whoever shows its labels says
// so with the sentence in [Attribution].
package esco

// Attribution is the sentence ESCO's terms of reuse ask for.
const Attribution = "This service uses the ESCO classification of the European Commission."
