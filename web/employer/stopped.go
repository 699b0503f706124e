package employer

import (
	"errors"
	"net/http"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// stoppedView is the data of "employer/stopped".
type stoppedView struct{ Agency, Phone string }

// stopped says that nobody new is shown today, and whom to call. It returns
// false for every other error.
func (p *pages) stopped(c *web.Context, o employer.Organisation, err error, back ui.Link) (web.Page, bool) {
	after, is := stop(err)
	if !is {
		return web.Page{}, false
	}
	var v stoppedView
	if v.Agency, v.Phone, err = p.agencyOf(c, o); err != nil {
		return web.Page{}, false
	}
	return web.Page{
		Template: "employer/stopped", Title: c.T("employer.stopped.title"), Data: v, Back: &back, Nav: vacanciesPath,
		Status: http.StatusTooManyRequests, RetryAfter: after,
	}, true
}

// stop tells for how long nobody new is shown.
func stop(err error) (time.Duration, bool) {
	var e *domain.Error
	if errors.As(err, &e) && e.Kind == domain.KindTooMany && e.Key == watch.ErrStopped {
		return e.After, true
	}
	return 0, false
}
