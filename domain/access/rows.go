package access

import (
	"slices"

	"github.com/baara-platform/baara/domain"
)

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

// everybody is all who ask from outside. Baara itself needs no row.
func everybody() []domain.Role {
	return append(roles(domain.RoleAnonymous), domain.AccountRoles()...)
}

// but leaves out who another row lets do more.
func but(all []domain.Role, out ...domain.Role) []domain.Role {
	return slices.DeleteFunc(slices.Clone(all), func(r domain.Role) bool { return slices.Contains(out, r) })
}
