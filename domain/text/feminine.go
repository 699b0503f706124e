package text

// An ending turns a folded feminine word into its masculine spelling. plural is set where the masculine plural is not masculine+"s".
type ending struct {
	feminine, masculine, plural string
	minStem                     int // letters that must precede the ending
}

// feminineEndings is tried in order: the longer and surer endings come first.
var feminineEndings = []ending{
	// French: the occupations.
	{"trice", "teur", "", 2},     // directrice, coordonnatrice, autrice
	{"drice", "deur", "", 2},     // ambassadrice
	{"ieuse", "ieux", "ieux", 3}, // religieuse; relieuse, plieuse and scieuse are listed
	{"reuse", "reur", "", 2},     // monitreuse, coffreuse; the adjectives are listed
	{"euse", "eur", "", 2},       // vendeuse
	{"eure", "eur", "", 3},       // professeure
	{"iere", "ier", "", 3},       // infirmière, financière
	{"gere", "ger", "", 3},       // boulangère
	{"chere", "cher", "", 2},     // bouchère
	{"llere", "ller", "", 3},     // conseillère
	{"ienne", "ien", "", 2},      // technicienne
	{"eenne", "een", "", 2},      // européenne
	{"yenne", "yen", "", 3},      // citoyenne
	{"onne", "on", "", 3},        // patronne
	{"anne", "an", "", 4},        // paysanne
	{"ante", "ant", "", 3},       // assistante
	{"ente", "ent", "", 3},       // présidente
	{"ointe", "oint", "", 2},     // adjointe
	{"ee", "e", "", 4},           // chargée, employée
	// French: the adjectives that follow them.
	{"ive", "if", "", 4},          // administrative
	{"ielle", "iel", "", 3},       // industrielle
	{"nnelle", "nnel", "", 2},     // professionnelle
	{"uelle", "uel", "", 3},       // manuelle
	{"relle", "rel", "", 3},       // culturelle
	{"ciale", "cial", "ciaux", 1}, // sociale, commerciale
	{"nale", "nal", "naux", 3},    // régionale
	{"rale", "ral", "raux", 3},    // générale
	{"pale", "pal", "paux", 4},    // principale
	{"tale", "tal", "taux", 4},    // hospitalière is above; dentale
	// Portuguese.
	{"dora", "dor", "", 3},   // vendedora
	{"ssora", "ssor", "", 3}, // professora
	{"eira", "eiro", "", 4},  // enfermeira
	// English.
	{"woman", "man", "", 3}, // policewoman
	{"women", "man", "", 3},
}

// irregularFeminine lists words whose masculine no ending gives.
var irregularFeminine = map[string]string{
	"agente": "agent", "cheffe": "chef", "chefe": "chef", "avocate": "avocat", "magistrate": "magistrat", "candidate": "candidat", "soldate": "soldat",
	"apprentie": "apprenti", "commise": "commis", "artisane": "artisan", "experte": "expert", "maitresse": "maitre",
	"contremaitresse": "contremaitre", "hotesse": "hote", "doctoresse": "docteur", "lieutenante": "lieutenant",
	"laborantine": "laborantin", "marchande": "marchand", "commerciale": "commercial", "commerciales": "commerciaux",
	"francaise": "francais", "anglaise": "anglais", "relieuse": "relieur", "plieuse": "plieur", "scieuse": "scieur",
	"metreuse": "metreur", "vieille": "vieux", "nouvelle": "nouveau", "nouvelles": "nouveaux",
	"dangereuse": "dangereux", "dangereuses": "dangereux", "heureuse": "heureux", "nombreuse": "nombreux", "nombreuses": "nombreux",
	"rigoureuse": "rigoureux", "genereuse": "genereux", "ferreuse": "ferreux", "ferreuses": "ferreux", "poreuse": "poreux",
	"soigneuse": "soigneux", "gazeuse": "gazeux", "gazeuses": "gazeux", "terreuse": "terreux", "vigoureuse": "vigoureux",
	"waitress": "waiter", "waitresses": "waiters", "actress": "actor", "hostess": "host", "stewardess": "steward",
	"seamstress": "tailor", "operaria": "operario", "medica": "medico",
}

// notFeminine lists frequent words that only look feminine. They matter because "matière première" and "vente" are everywhere in
// skill labels; a word missing here is respelt on both sides of every comparison and still matches itself.
var notFeminine = set(
	// -trice, -euse, -eure
	"matrice", "cicatrice", "demeure", "heure", "pelleteuse", "betonneuse", "tronconneuse", "moissonneuse", "photocopieuse",
	"agrafeuse", "meuleuse", "debroussailleuse", "egreneuse", "calculatrice",
	// -ière, -ère
	"matiere", "lumiere", "riviere", "carriere", "maniere", "poussiere", "lisiere", "frontiere", "barriere", "pepiniere",
	"fourriere", "criniere", "cafetiere", "chaudiere", "visiere", "gouttiere", "charniere", "derriere", "litiere", "taniere",
	"croisiere", "cimetiere", "enchere", "gere", "suggere",
	// -onne, -anne, -ienne
	"personne", "tonne", "colonne", "couronne", "consonne", "antenne", "organise", "savane", "cabane", "vanne", "panne", "canne",
	// -ante, -ente
	"plante", "amiante", "soixante", "cinquante", "quarante", "variante", "tante", "vente", "rente", "tente", "charpente", "pente",
	"attente", "experimente", "entente", "detente", "fente", "trente", "patente", "descente", "mevente", "prevente", "revente",
	// -ée
	"journee", "annee", "armee", "entree", "musee", "lycee", "duree", "fumee", "tournee", "donnee", "soiree", "matinee",
	"chaussee", "maree", "cheminee", "portee", "poignee", "allee", "vallee", "fusee", "puree", "trachee", "arrivee", "pensee",
	"trainee", "committee", "coffee", "refugee", "guarantee", "degree",
	// -ive
	"directive", "archive", "lessive", "initiative", "perspective", "alternative", "locomotive", "derive", "cooperative",
	// -elle, -ale
	"vaisselle", "echelle", "poubelle", "truelle", "aquarelle", "passerelle", "querelle", "succursale", "cathedrale", "escale",
	"rafale", "scandale", "finale", "female", "wholesale", "whale", "scale",
	// Portuguese and English look-alikes
	"madeira", "cadeira", "carteira", "bandeira", "feira", "torneira", "fronteira", "barreira", "maneira",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
