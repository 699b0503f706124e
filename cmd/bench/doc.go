// Package bench measures the engine that matches: the production mapping and
// the production port, side by side with the best PostgreSQL can do and with
// plain arrays in memory, which nothing can beat.
//
// All three answer the same questions in turn, one question after the other,
// so that whatever else the machine does meets them alike. Ratios of one run
// can be compared between machines, times cannot.
//
// The people are invented, the same for the same seed. How many skills,
// occupations, languages and places they have, and how often the frequent ones
// occur, was taken from a collection of 20,000 candidates made from ESCO.
package bench
