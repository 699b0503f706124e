package identity_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

func TestAHandedPasswordIsReplacedOrLapses(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	made, given, err := o.accounts.CreateStaff(ctx, o.admin, identity.NewUser{
		Role: domain.RoleCounsellor, Name: "Awa Keita", Email: "awa@example.org", AgencyID: o.agency.ID,
	})
	if err != nil {
		t.Fatal(err)
	}
	signIn := func(password string) (identity.User, error) {
		return o.accounts.SignIn(ctx, domain.Anonymous(), made.Email, password)
	}
	if u, err := signIn(given); err != nil || !u.PasswordHanded() {
		t.Fatalf("handed %t: %v", u.PasswordHanded(), err)
	}
	for name, password := range map[string]string{"the handed one": given, "a short one": "court", "the service and a year": "Baara-Mali-2026", "her name": "keita awa 1990"} {
		if _, err := o.accounts.ChooseOwn(ctx, made.Actor(), password); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	chosen, err := o.accounts.ChooseOwn(ctx, made.Actor(), "trois pirogues bleues")
	if err != nil || chosen.PasswordHanded() {
		t.Fatalf("handed %t: %v", chosen.PasswordHanded(), err)
	}
	_, err = signIn(given)
	kind(t, err, domain.KindUnauthenticated)
	_, err = o.accounts.ChooseOwn(ctx, made.Actor(), "quatre pirogues rouges")
	kind(t, err, domain.KindStale)
	if u, err := signIn("trois pirogues bleues"); err != nil || u.PasswordHanded() {
		t.Errorf("handed %t: %v", u.PasswordHanded(), err)
	}

	_, again, err := o.accounts.ResetPassword(ctx, o.admin, made.ID, chosen.Version)
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(identity.HandedLife)
	if u, err := signIn(again); err != nil || !u.PasswordHanded() {
		t.Errorf("on the last moment: handed %t, %v", u.PasswordHanded(), err)
	}
	o.now = o.now.Add(time.Second)
	for password, key := range map[string]string{again: "error.password.lapsed", "wrong password": "error.sign_in"} {
		_, err = signIn(password)
		kind(t, err, domain.KindUnauthenticated)
		var said *domain.Error
		if !errors.As(err, &said) || said.Key != key {
			t.Errorf("%q says %v", password, err)
		}
	}
}

func TestPasswordsMadeOfTheServicesOwnWords(t *testing.T) {
	for password, weak := range map[string]bool{
		"BaaraMali2026!": true, "anpe anpe 1234": true, "motdepasse-admin": true, "mali-travail-99": true,
		"baara trois pirogues": false, "le travail de Fanta": false,
	} {
		var f domain.Fields
		identity.CheckPassword(&f, "password", password)
		if got := f.Err("x") != nil; got != weak {
			t.Errorf("%q: refused %t", password, got)
		}
	}
}
