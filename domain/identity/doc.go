// Package identity knows who uses Baara: accounts and their roles, agencies
// and the places they serve, sessions, one-time codes and API tokens.
//
// An account has one role. What a staff member or an employer's member may do
// follows from a membership with dates; when it ends, access ends with the
// next request, because the actor is built anew from the database each time.
//
// Passwords and tokens are kept as hashes only. Signing in answers alike for
// known and unknown accounts, in words and in work done.
package identity
