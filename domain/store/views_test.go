package store_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
)

// Where no rule binds, an agency still has the alerts of the employers it looks
// after and of no others.
func TestAlertsOfViewsAreOfOneAgency(t *testing.T) {
	w := newTiny(t, 3)
	for n, want := range []int{4, 0} { // all four employers are the first agency's
		var got int
		if err := w.db.View(t.Context(), domain.System(), func(tx domain.Tx) error {
			alerts, err := w.db.Views().Alerts(t.Context(), tx, w.office(n)[0].AgencyID)
			got = len(alerts)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("the agency %d has %d alerts, want %d", n, got, want)
		}
	}
}
