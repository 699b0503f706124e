// Package demo invents a country's labour market: people, employers and
// vacancies that could be, for demonstrations, training and measuring.
//
// It is pure: what it invents depends on the seed, the day and the number of a
// record alone, so the same seed gives the same people, in any order and on as
// many goroutines as there are. Names and numbers are combined by chance; all
// records say that they are invented. Every vacancy is made for one of the
// people who may be matched, so each has somebody who meets its conditions.
//
// What is invented is written like the files of other systems, by
// collection.Load (see People and Vacancies): running it again adds nothing.
package demo
