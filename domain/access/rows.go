package access

import "github.com/baara-platform/baara/domain"

// permit writes rows compactly: these roles may do these actions in this relation.
func permit(roles []domain.Role, relation Relation, actions ...Action) []Row {
	var rows []Row
	for _, role := range roles {
		for _, action := range actions {
			rows = append(rows, Row{Role: role, Action: action, Relation: relation})
		}
	}
	return rows
}

func roles(r ...domain.Role) []domain.Role { return r }
