// Solves the small puzzle of a comment (ALTCHA v2, PBKDF2) and sends the form. Nothing is stored, nothing else is read.
const form = document.getElementById('proof-form')
const status = document.getElementById('status')
const progress = document.getElementById('progress')

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')

async function derived({ cost, keyLength, salt }, password) {
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: cost }, key, keyLength * 8)
  return hex(bits)
}

async function solve(parameters, told) {
  const nonce = bytes(parameters.nonce)
  const password = new Uint8Array(nonce.length + 4)
  password.set(nonce)
  const view = new DataView(password.buffer)
  for (let counter = 0; counter < 5000; counter++) {
    view.setUint32(nonce.length, counter)
    const derivedKey = await derived(parameters, password)
    if (derivedKey.startsWith(parameters.keyPrefix)) return { counter, derivedKey }
    if (counter % 10 === 0) told(1 - 0.99 ** (counter / 4))
  }
  throw new Error('no solution')
}

try {
  const challenge = JSON.parse(form.dataset.challenge)
  const solution = await solve(challenge.parameters, (part) => { progress.value = part })
  progress.value = 1
  status.textContent = status.dataset.done
  const field = document.createElement('input')
  field.type = 'hidden'
  field.name = 'proof'
  field.value = btoa(JSON.stringify({ challenge, solution }))
  form.append(field)
  form.submit()
} catch {
  // No secure context, or an old browser: a person will read the comment first.
  progress.hidden = true
  status.textContent = status.dataset.failed
}
