// Package matching says how well a person and a vacancy fit, why, and which question a search engine must answer to find the best fits.
//
// It is pure: no I/O, no clock ("today" is an argument), no randomness. Three things live here and must agree:
//
//   - [Score] compares one [Profile] with one [Opening]: hard conditions, then points, and an [Explanation] from which the points can be
//     recomputed.
//   - [PlanCandidates] and [PlanOpenings] write the same rules as a [Plan] that an engine can execute over an index: exact filters and
//     groups of weighted terms. The sum an engine computes from a plan equals the points of Score, to the unit.
//   - [ProfileTerms] and [OpeningTerms] say which terms a record has in that index.
//
// Weights are whole numbers and every division rounds down in one place, so nothing drifts between the two.
//
// What counts is evidence that the person can do the work: skills (linked concepts, or neutral skill words where no concept was found)
// and occupations held. Sex, age, names, origin, nationality, countries of experience, migration, displacement, disability and raw titles are
// not in the types of this package, so they cannot count. The one exception is the law's: who is under 18 is not matched with hazardous work, and
// of the age nothing is known here but the day from which that ends (see [Hazard]). A match proposes; a person decides.
package matching
