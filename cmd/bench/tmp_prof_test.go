package bench

import ("testing";"fmt")

func TestTmpBuild(t *testing.T) {
	w := NewWorld(1, 40000)
	e, err := openEngine(t.TempDir())
	if err != nil { t.Fatal(err) }
	took, cpu, err := e.build(w, func(int) {})
	if err != nil { t.Fatal(err) }
	b, _ := e.bytes()
	st, _ := e.live.Stats()
	fmt.Printf("BUILD %.0f/s wall, %.0f/s cpu, %d bytes/profile %d seg\n", 40000/took.Seconds(), 40000/cpu.Seconds(), b/40000, st.Segments)
	e.close()
}
