// Asks a hardware key (WebAuthn). A form with data-key holds what the key is asked; its answer goes into the field
// "response". Without this script, or without a key in the browser, the form's part stays hidden.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

const ask = async options => {
  options.challenge = bytes(options.challenge)
  for (const c of [...(options.excludeCredentials || []), ...(options.allowCredentials || [])]) c.id = bytes(c.id)
  if (options.user) {
    options.user.id = bytes(options.user.id)
    return navigator.credentials.create({ publicKey: options })
  }
  return navigator.credentials.get({ publicKey: options })
}

const answer = c => {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (c.response[name]) response[name] = text(c.response[name])
  }
  return JSON.stringify({ id: c.id, rawId: text(c.rawId), type: c.type, response, clientExtensionResults: {} })
}

const form = document.querySelector('form[data-key]')
if (form && window.PublicKeyCredential) {
  form.hidden = false
  const refused = form.querySelector('[data-key-refused]')
  form.querySelector('[data-key-ask]').addEventListener('click', async () => {
    refused.hidden = true
    try {
      form.elements.response.value = answer(await ask(JSON.parse(form.dataset.key).publicKey))
      form.submit()
    } catch (e) {
      refused.hidden = false
    }
  })
}
const without = document.querySelector('[data-key-without]')
if (without && window.PublicKeyCredential) without.hidden = true
