package lang

import "github.com/nyaruka/phonenumbers"

// Phone writes an E.164 number as people say it: a number of the home country in pairs without prefix (70 00 00 00),
// any other with its country code. What is not a number comes back unchanged. Show it inside <bdi dir=ltr>, so that
// its groups keep their order in Arabic.
func (l *Localizer) Phone(e164 string) string {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	if n.GetCountryCode() == l.catalogue.opts.home {
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}
