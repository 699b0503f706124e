// Package watch minds those who misuse the service: employers who look at too
// many people, employers somebody complains about, and programs that register.
//
// It promises that nobody is shown to an employer before being counted, that
// two requests at once do not pass a limit together, that a complaint hides its
// vacancy and holds its employer back in the very transaction that records it,
// and that a solved challenge counts once. An employer learns neither who
// complained nor what was said: nothing here is read by employers.
//
// What is not here: who is verified, and the states of vacancies (domain/employer,
// whose acts a complaint calls), and what waits in quarantine (domain/person).
package watch
