// Package matchmaking answers who fits a vacancy and which vacancies fit a
// person. It asks the ranking engine, which works on a copy, and then checks
// every answer against the database: people whose consent ended a moment ago
// and vacancies just filled are left out, and each reader sees of each person
// what the policy allows, at least nothing but the pseudonymous card.
//
// A match proposes, a person decides: nothing here changes a record.
package matchmaking
