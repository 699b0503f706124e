package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

type keysBackupCmd struct {
	To     string `arg:"" help:"Folder to put the backup in, under its date; backups of more than 30 days leave it." type:"path"`
	Escrow string `env:"BAARA_KEYS_ESCROW" help:"Public key of baara keys escrow create: two people together open the backup. Otherwise a passphrase does, from BAARA_KEYS_PASSPHRASE or asked for." type:"existingfile"`
}

// Run backs the keys up.
func (c *keysBackupCmd) Run(ctx context.Context, s *Settings) error {
	folder, err := s.keyStore()
	if err != nil {
		return err
	}
	return withKeys(ctx, s, func(work store.KeyWork) error {
		now := time.Now().UTC().Truncate(time.Second)
		var text []byte
		if c.Escrow != "" {
			to, err := readEscrow(c.Escrow)
			if err != nil {
				return err
			}
			text, err = folder.BackupByEscrow(now, to)
			if err != nil {
				return err
			}
		} else {
			passphrase, err := newPassphrase()
			if err != nil {
				return err
			}
			if text, err = folder.BackupByPassphrase(now, passphrase); err != nil {
				return err
			}
		}
		file, pruned, err := seal.BackupFolder(c.To).Save(text, now)
		if err != nil {
			return err
		}
		if err := work.BackedUp(ctx, now, c.To); err != nil {
			return err
		}
		fmt.Printf("%s is good until %s. Keep it on another machine than the database's copies: together they are as good as both.\n",
			file, now.Add(seal.BackupLife).Format(time.DateOnly))
		if pruned > 0 {
			fmt.Printf("%d backups of more than 30 days were removed; remove copies of them elsewhere too.\n", pruned)
		}
		return nil
	})
}

func readEscrow(file string) (e seal.Escrow, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return e, fmt.Errorf("escrow: %w", err)
	}
	return e, e.UnmarshalText(text)
}

type keysRestoreCmd struct {
	File string `arg:"" help:"The backup." type:"existingfile"`
}

// Run brings back what is missing. Keys that were destroyed stay away.
func (c *keysRestoreCmd) Run(ctx context.Context, s *Settings) (err error) {
	log := s.logger(os.Stderr)
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	head, err := seal.BackupHead(text)
	if err != nil {
		return err
	}
	if err := head.Fresh(time.Now()); err != nil {
		return err
	}
	folder, err := s.keyStore()
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, s, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.stop(context.WithoutCancel(ctx))) }()
	err = withKeyWork(ctx, db, store.Keys{}, func(work store.KeyWork) error {
		recorded, err := work.Recorded(ctx)
		if err != nil {
			return err
		}
		if recorded.Store != head.Store {
			return fmt.Errorf("%w: the backup is of store %s, and this database's keys are those of store %s", seal.ErrKeysWrong, head.Store, recorded.Store)
		}
		opened, err := openBackup(text, head)
		if err != nil {
			return err
		}
		wanted, err := work.Wanted(ctx, opened.Wrapping(), opened.Took)
		if err != nil {
			return err
		}
		done, err := folder.Restore(opened, func(id string) bool { return wanted[id] })
		if err != nil {
			return err
		}
		fmt.Printf("%d wrapping keys are back in %s, from the backup of %s.\n", done.Back, folder.Dir, head.Made.Format(time.DateTime))
		if done.LeftAway > 0 {
			fmt.Printf("%d others of it stay away: they were destroyed since, or nobody is under them.\n", done.LeftAway)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := pairKeys(ctx, db, folder.Pair); err != nil {
		return err
	}
	return c.tryKeys(ctx, s, db)
}

// tryKeys says whether everybody is read now.
func (c *keysRestoreCmd) tryKeys(ctx context.Context, s *Settings, db *database) error {
	keys, err := s.keys()
	if err != nil {
		return err
	}
	return withKeyWork(ctx, db, keys, func(work store.KeyWork) error {
		mended, err := work.Mend(ctx)
		if err != nil {
			return err
		}
		tried, err := work.Check(ctx)
		if err != nil {
			return err
		}
		if mended.Found+mended.Erased > 0 {
			fmt.Printf("The database is older than the keys: %d people were found under the keys of today, %d were erased.\n", mended.Found, mended.Erased)
		}
		if missing := len(tried.Missing) + len(tried.Closed); missing > 0 {
			return fmt.Errorf("%w: %d of %d wrapping keys are still missing or do not open. They are younger than this backup: is there a younger one?", seal.ErrKeysLost, missing, tried.Keys)
		}
		fmt.Printf("All %d wrapping keys of this database's people open.\n", tried.Keys)
		return nil
	})
}

func openBackup(text []byte, head seal.Backup) (seal.Opened, error) {
	in := newAsker()
	if head.How == "passphrase" {
		passphrase, err := in.ask("Passphrase of the backup: ", "BAARA_KEYS_PASSPHRASE")
		if err != nil {
			return seal.Opened{}, err
		}
		return seal.OpenByPassphrase(text, passphrase)
	}
	one, err := in.ask("Half of the first person: ", "BAARA_KEYS_HALF_1")
	if err != nil {
		return seal.Opened{}, err
	}
	two, err := in.ask("Half of the second person: ", "BAARA_KEYS_HALF_2")
	if err != nil {
		return seal.Opened{}, err
	}
	return seal.OpenByHalves(text, one, two)
}

func newPassphrase() (string, error) {
	in := newAsker()
	first, err := in.ask(fmt.Sprintf("Passphrase of the backup, %d characters at least: ", seal.ShortestPassphrase), "BAARA_KEYS_PASSPHRASE")
	if err != nil || !in.terminal || os.Getenv("BAARA_KEYS_PASSPHRASE") != "" {
		return first, err
	}
	again, err := in.ask("Again: ", "")
	if err == nil && again != first {
		err = errors.New("the two differ")
	}
	return first, err
}

// asker asks for secrets: at a terminal without showing them, else a line each.
type asker struct {
	terminal bool
	lines    *bufio.Reader
}

func newAsker() *asker {
	return &asker{terminal: term.IsTerminal(int(os.Stdin.Fd())), lines: bufio.NewReader(os.Stdin)}
}

// ask takes a secret from the environment, or asks for it.
func (a *asker) ask(question, variable string) (string, error) {
	if given := os.Getenv(variable); variable != "" && given != "" {
		return given, nil
	}
	if a.terminal {
		fmt.Fprint(os.Stderr, question)
		secret, err := term.ReadPassword(int(os.Stdin.Fd()))
		fmt.Fprintln(os.Stderr)
		return string(secret), err
	}
	line, err := a.lines.ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if errors.Is(err, io.EOF) && line != "" {
		err = nil
	}
	if err != nil {
		return "", fmt.Errorf("%sgive it in %s, or on standard input", question, variable)
	}
	return line, nil
}
