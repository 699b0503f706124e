package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/baara-platform/baara/domain/store"
)

type keysCmd struct {
	List    keysListCmd    `cmd:"" help:"List the wrapping keys: how many people are under each, and how old it is."`
	Rotate  keysRotateCmd  `cmd:"" help:"Put everybody under new wrapping keys and destroy the old ones, while people are served."`
	Backup  keysBackupCmd  `cmd:"" help:"Back the keys up, sealed by a passphrase or for two people together."`
	Restore keysRestoreCmd `cmd:"" help:"Bring lost keys back from a backup of the last 30 days."`
	Escrow  keysEscrowCmd  `cmd:"" help:"Backups that only two people together can open."`
	Adopt   keysAdoptCmd   `cmd:"" help:"Have the keys serve this database, restored from a copy or moved, in place of the one they served."`
}

// withKeys lends the work with keys to a command, beside a running server too.
func withKeys(ctx context.Context, s *Settings, do func(store.KeyWork) error) (err error) {
	db, err := openDatabase(ctx, s, s.logger(os.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	keys, _, err := openKeys(ctx, s, db)
	if err != nil {
		return err
	}
	return withKeyWork(ctx, db, keys, do)
}

type keysListCmd struct{}

// Run lists; a wrapping key itself is never printed.
func (keysListCmd) Run(ctx context.Context, s *Settings) error {
	return withKeys(ctx, s, func(work store.KeyWork) error {
		keys, err := work.List(ctx)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(out, "KEY\tPEOPLE\tMADE\tDAYS\t")
		people := 0
		for _, k := range keys {
			state := ""
			if !k.RetiredAt.IsZero() {
				state = "retired, to be destroyed"
			}
			people += k.Subjects
			fmt.Fprintf(out, "%s\t%d\t%s\t%d\t%s\n", k.ID, k.Subjects, k.CreatedAt.Format(time.DateTime), int(time.Since(k.CreatedAt).Hours()/24), state)
		}
		if err := out.Flush(); err != nil {
			return err
		}
		fmt.Printf("%d wrapping keys, %d people and forms\n", len(keys), people)
		return nil
	})
}

type keysRotateCmd struct{}

// Run rotates. Stopped in the middle, it goes on at the next call.
func (keysRotateCmd) Run(ctx context.Context, s *Settings) error {
	return withKeys(ctx, s, func(work store.KeyWork) error {
		bar, start := newProgress(os.Stderr, "rotate"), time.Now()
		done, err := work.Rotate(ctx, func(done, whole int) { bar.show(int64(done), int64(whole), fmt.Sprintf("%d of %d", done, whole)) })
		if err != nil {
			return fmt.Errorf("%w: everybody is still read; baara keys rotate goes on", err)
		}
		bar.end(fmt.Sprintf("%d people and forms", done.Subjects))
		how := ""
		if done.Resumed {
			how = "Went on with a rotation that had not ended. "
		}
		took := time.Since(start).Seconds()
		fmt.Printf("%s%d people and forms are under %d new wrapping keys, %d old ones are destroyed (%.1f s, %.0f a second).\n"+
			"Backups of keys from before do not open what was sealed: make one now, with baara keys backup.\n",
			how, done.Subjects, done.Began, done.Destroyed, took, float64(done.Subjects)/took)
		return nil
	})
}

type keysAdoptCmd struct{}

// Run has the folder serve this database.
func (keysAdoptCmd) Run(ctx context.Context, s *Settings) (err error) {
	log := s.logger(os.Stderr)
	db, err := openDatabase(ctx, s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	folder, err := s.keyStore()
	if err != nil {
		return err
	}
	if err := pairKeys(ctx, db, folder.Adopt); err != nil {
		return err
	}
	keys, err := s.keys()
	if err != nil {
		return err
	}
	if err := withKeyWork(ctx, db, keys, func(work store.KeyWork) error { return mendKeys(ctx, work, log) }); err != nil {
		return err
	}
	fmt.Printf("The keys in %s serve this database from now on, and no other.\n", folder.Dir)
	return nil
}
