package main

// evalCmd measures how good the engine is, through the code that serves.
type evalCmd struct {
	Linking evalLinkingCmd  `cmd:"" help:"How well occupation titles are linked to the taxonomy."`
	Ranking evalRankingCmds `embed:""`
}
