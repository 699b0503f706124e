package paper_test

import "github.com/baara-platform/baara/domain/identity"

func identityAgency(code string) identity.SaveAgency {
	return identity.SaveAgency{Code: code, Name: "Agence de Kayes", PlaceCode: "KAY", Serves: []string{"KAY"}}
}
