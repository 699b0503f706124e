// Solves a form's challenge (data-work) before it is sent: the number below "most" whose digits after the salt hash to
// the given SHA-256. It takes a cheap phone a second or two, works a little at a time so that the page stays usable, and
// needs no secure context. Without this script, or when there is no answer in time, the form is sent all the same: what
// it makes is looked at by somebody first.
const K = [], start = []
for (let n = 2; K.length < 64; n++) {
  let prime = true
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
  if (!prime) continue
  if (start.length < 8) start.push(Math.sqrt(n) % 1 * 4294967296 | 0)
  K.push(Math.cbrt(n) % 1 * 4294967296 | 0)
}

// hasher gives the two first words of the hash of salt and number, which must fit one block of 64 bytes.
const hasher = salt => {
  const block = new Uint8Array(64), w = new Int32Array(64), out = [0, 0]
  for (let i = 0; i < salt.length; i++) block[i] = salt.charCodeAt(i)
  return n => {
    const digits = String(n)
    let end = salt.length
    for (let i = 0; i < digits.length; i++) block[end++] = digits.charCodeAt(i)
    block.fill(0, end)
    block[end] = 128
    for (let i = 0; i < 16; i++) w[i] = block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3]
    w[15] = end * 8
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2]
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10)
    }
    let [a, b, c, d, e, f, g, h] = start
    for (let i = 0; i < 64; i++) {
      const t = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i] | 0
      const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0
      h = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0
    }
    out[0] = a + start[0] | 0
    out[1] = b + start[1] | 0
    return out
  }
}

// solve gives what the server asks for, as text; "" when there is no such number.
const solve = c => new Promise(done => {
  const hash = hasher(c.salt), slice = 40
  const wanted = [0, 8].map(i => parseInt(c.challenge.slice(i, i + 8), 16) | 0)
  const channel = new MessageChannel() // unlike a timer it does not wait between two slices
  let n = 0
  channel.port1.onmessage = () => {
    const until = performance.now() + slice
    while (performance.now() < until) {
      for (let i = 0; i < 50; i++, n++) {
        const [a, b] = hash(n)
        if (a === wanted[0] && b === wanted[1]) {
          channel.port1.close()
          const { algorithm, challenge, salt, signature } = c
          return done(btoa(JSON.stringify({ algorithm, challenge, number: n, salt, signature })))
        }
      }
      if (n > c.maxNumber) {
        channel.port1.close()
        return done('')
      }
    }
    channel.port2.postMessage(0)
  }
  channel.port2.postMessage(0)
})

const margin = 60e3, patience = 20e3

const guard = form => {
  const field = form.elements.work, wait = form.querySelector('[data-work-wait]')
  let ends = 0, under
  const begin = async c => {
    ends = performance.now() + c.seconds * 1000 - margin // by this clock: the phone's calendar may be wrong
    field.value = await solve(c)
    form.dataset.solved = field.value ? '1' : ''
  }
  const anew = () => fetch(form.dataset.workFrom, { headers: { Accept: 'application/json' } }).then(answer => answer.json()).then(begin)
  const send = () => {
    wait.hidden = true
    if (form.requestSubmit) form.requestSubmit()
    else form.submit()
  }
  under = begin(JSON.parse(form.dataset.work))
  let late = false
  form.addEventListener('submit', e => {
    if (late || field.value && performance.now() < ends) return
    e.preventDefault()
    if (!wait.hidden) return
    wait.hidden = false
    if (field.value) { // solved, and too old by now
      field.value = ''
      under = anew()
    }
    const enough = new Promise(done => setTimeout(done, patience))
    Promise.race([under, enough]).catch(() => {}).then(() => {
      late = !field.value
      send()
    })
  })
}
document.querySelectorAll('form[data-work]').forEach(guard)
