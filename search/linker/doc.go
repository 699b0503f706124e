// Package linker turns the words people use into concepts of the taxonomy: "maçon coffreur" into an occupation, "soudure" into a skill, with a
// confidence. Type-ahead, forms, imports, the API and the evaluation ask it.
//
// All labels of all languages are one dictionary, because people mix languages; the asker's language only decides between equals. A label
// is read as its forms ([writings]: gender aside, alternatives apart). A question finds forms by letters (groups of three to five, cosine)
// and by meaning (stems and synonyms, Dice); the best 150 concepts are looked at closely, all their names together, and ordered by fitted
// weights. What a concept's names say of each other is learnt from the labels: which end of a name carries its head, and which words meet in
// the names of the same concepts. Nothing is decided by the name of a language.
//
// What was typed is always kept beside the link by the caller; below taxonomy.SureEnough there is no link. The order of files: writings and
// question read, vocabulary, synonyms and dictionary hold, rank and features compare, confidence says how sure. docs/linking.md has the
// measures and what was tried.
//
// It lives in memory: about 250 bytes a label, and some MB for each answer at the same time. Load replaces the dictionary while others ask.
package linker
