package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// examineKeys looks at the key store and at what the database says of it. It
// changes nothing.
func examineKeys(ctx context.Context, s *Settings, db *database) []finding {
	folder, err := s.keyStore()
	if err != nil {
		return []finding{{what: "key store", err: err}}
	}
	said, err := keysOpen(ctx, folder, s, db)
	out := []finding{{"key store", said, err}}
	wrong, err := folder.Permissions()
	if err == nil && len(wrong) > 0 {
		err = errors.New(strings.Join(wrong, ", "))
	}
	return append(out, finding{"permissions of the keys", folder.Dir + " is its owner's alone", err})
}

// keysOpen holds that the store is the database's and opens everybody's key.
func keysOpen(ctx context.Context, folder seal.KeyStore, s *Settings, db *database) (said string, err error) {
	var recorded seal.Recorded
	err = withKeyWork(ctx, db, store.Keys{}, func(work store.KeyWork) (err error) {
		recorded, err = work.Recorded(ctx)
		return err
	})
	if err != nil {
		return "", err
	}
	if recorded.Store == "" {
		return "this database has none yet: the next start makes it", nil
	}
	if _, err := folder.Pair(recorded); err != nil {
		return "", err
	}
	keys, err := s.keys()
	if err != nil {
		return "", err
	}
	err = withKeyWork(ctx, db, keys, func(work store.KeyWork) error {
		said, err = describeKeys(ctx, work, recorded)
		return err
	})
	return said, err
}

func describeKeys(ctx context.Context, work store.KeyWork, recorded seal.Recorded) (string, error) {
	now := time.Now()
	tried, err := work.Check(ctx)
	if err != nil {
		return "", err
	}
	if len(tried.Missing)+len(tried.Closed) > 0 {
		return "", fmt.Errorf("of %d wrapping keys %d are missing (%s) and %d do not open (%s): baara keys restore FILE", tried.Keys,
			len(tried.Missing), strings.Join(tried.Missing, ", "), len(tried.Closed), strings.Join(tried.Closed, ", "))
	}
	unknown, err := work.Unknown(ctx, now, time.Hour)
	if err != nil {
		return "", err
	}
	last, err := work.LastBackup(ctx)
	if err != nil {
		return "", err
	}
	said := fmt.Sprintf("store %s, all %d wrapping keys open", recorded.Store, tried.Keys)
	if len(unknown) > 0 {
		said += fmt.Sprintf("; %d keys that the database does not know, of acts that were not committed or of a later day: they go after 31 days", len(unknown))
	}
	if last.At.IsZero() {
		return said + "; never backed up: baara keys backup FOLDER", nil
	}
	old, err := seal.BackupFolder(last.Folder).Expired(recorded.Store, now)
	switch {
	case err != nil:
		return "", err
	case len(old) > 0:
		return "", fmt.Errorf("backups of more than 30 days bring back people who were erased: remove %s", strings.Join(old, ", "))
	case now.Sub(last.At) > seal.BackupLife:
		return "", fmt.Errorf("the last backup, of %s, has served its time: baara keys backup FOLDER", last.At.Format(time.DateOnly))
	}
	return said + fmt.Sprintf("; backed up on %s, %d people and forms are under younger keys", last.At.Format(time.DateTime), last.Since), nil
}
