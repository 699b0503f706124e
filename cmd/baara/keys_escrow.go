package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/baara-platform/baara/domain/seal"
)

type keysEscrowCmd struct {
	Create keysEscrowCreateCmd `cmd:"" help:"Draw an escrow: a public key to seal backups to, and two halves, for two people, that open them."`
}

type keysEscrowCreateCmd struct {
	Public string `required:"" help:"File to write the public key to. It is no secret." type:"path"`
}

// Run draws the escrow. The halves are printed this once: at a terminal one
// after the other, so that nobody sees both.
func (c *keysEscrowCreateCmd) Run() (err error) {
	escrow, halves, err := seal.NewEscrow()
	if err != nil {
		return err
	}
	text, err := escrow.MarshalText()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(c.Public, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // a public key
	if err != nil {
		return fmt.Errorf("escrow: %w", err)
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("escrow: %w", err)
	}
	fmt.Printf("Backups made with --escrow %s (mark %s) open with both halves together, and with neither alone.\n", c.Public, escrow.Mark())
	in := newAsker()
	for i, half := range halves {
		fmt.Printf("\nFor person %d, to write down and put away where the other does not come:\n\n  %s\n\n", i+1, half)
		if !in.terminal {
			continue
		}
		fmt.Print("Press Enter when it is written down: the screen is cleared. ")
		if _, err := in.lines.ReadString('\n'); err != nil {
			return fmt.Errorf("escrow: %w", err)
		}
		fmt.Print("\x1b[H\x1b[2J\x1b[3J")
	}
	fmt.Println("Try both once, soon: baara keys backup, and baara keys restore into an empty --keys-dir of a copy.")
	return nil
}
