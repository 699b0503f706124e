// Package linker turns the words people use into concepts of the taxonomy: "maçon coffreur" into an occupation, "soudure" into a skill, with a
// confidence. Type-ahead, imports and matching of free words ask it.
//
// All labels of all languages are one dictionary, because people mix languages; the asker's language only decides between equals. What
// counts, surest first: the same neutral words, the same stems in any order, and stems in common, where rare ones weigh more and a stem
// that is one or two letters away weighs less. What was typed is always kept beside the link by the caller; below
// taxonomy.SureEnough there is no link.
//
// It lives in memory: about 100 bytes a label. Load replaces the dictionary while others ask.
package linker
