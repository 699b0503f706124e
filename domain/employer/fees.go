package employer

import (
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/text"
)

// feePhrases are words, folded, by which a text may ask workers for money. They
// are matched as whole words. A match only asks a counsellor to read the text:
// "aucun frais de dossier" is held as well, and then published.
func feePhrases() []string {
	return []string{
		// French
		"frais de dossier", "frais d inscription", "frais de recrutement", "frais de placement", "frais de traitement",
		"frais de candidature", "frais de visa", "frais de formation", "frais de depart", "frais de voyage a la charge",
		"frais a la charge", "frais a payer", "frais de garantie", "frais administratifs", "droit d inscription",
		"droits d inscription", "caution", "depot de garantie", "payer pour postuler", "payer pour travailler",
		"a payer par le candidat", "a payer par le travailleur", "a la charge du candidat", "a la charge de la candidate",
		"a la charge du travailleur", "a la charge de l employe", "participation financiere", "contribution financiere",
		"verser une somme", "versement prealable", "paiement prealable", "paiement a l avance", "avance a payer",
		"retenue sur salaire", "retenu sur le salaire", "rembourser le billet", "rembourser le voyage", "moyennant",
		"orange money", "mobicash", "moov money", "wave money", "western union",
		// English
		"recruitment fee", "recruitment fees", "application fee", "application fees", "registration fee", "registration fees",
		"placement fee", "placement fees", "processing fee", "processing fees", "training fee", "training fees",
		"visa fee", "visa fees", "service fee", "service fees", "agency fee", "agency fees", "admin fee", "admin fees",
		"security deposit", "refundable deposit", "pay to apply", "pay to work", "payable by the worker",
		"payable by the candidate", "paid by the worker", "paid by the candidate", "at the worker s expense",
		"at the candidate s expense", "upfront payment", "payment in advance", "deducted from wages",
		"deducted from salary", "salary deduction", "repay the ticket", "mobile money",
	}
}

// FeeWords gives the words, folded, by which any of the texts may ask workers
// for money.
func FeeWords(texts ...string) []string {
	var found []string
	for _, t := range texts {
		words := " " + text.Fold(t) + " "
		for _, phrase := range feePhrases() {
			if strings.Contains(words, " "+phrase+" ") && !slices.Contains(found, phrase) {
				found = append(found, phrase)
			}
		}
	}
	return found
}

// FeeWords gives the words by which anything the public reads of the vacancy may
// ask workers for money: skills and the employer's name are free text too.
func (v Vacancy) FeeWords() []string {
	texts := []string{v.Title, v.Description, v.ClientName}
	for _, s := range v.Skills {
		texts = append(texts, s.Words)
	}
	return FeeWords(texts...)
}

// MentionsFee reports whether any of the texts may ask workers for money.
func MentionsFee(texts ...string) bool { return len(FeeWords(texts...)) > 0 }
