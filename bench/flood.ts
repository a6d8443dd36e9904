// A thousand requests a second from one address, at what anyone may call: how many are refused, and how other visitors fare.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import type { Wave } from './flood-load.ts'
import { openStoa } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'
import { cpuOf } from './stoa-process.ts'

const [rate, seconds, calm, visits] = [1_000, 40, 10, 5]
const sites = 'https://fournos.example'
// Behind one proxy that is trusted, as docs/operate.md has it: it says who asks.
const stoa = await openStoa('story', { STOA_TRUSTED_HOPS: '1' })

interface Answered { readonly status: number; readonly ms: number; readonly text: string }
const ask = ({ method, path, headers, body }: Wave): Promise<Answered> => new Promise((done, fail) => {
  const since = performance.now()
  request(stoa.origin + path, { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) } }, (answer) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => done({ status: answer.statusCode ?? 0, ms: performance.now() - since, text })).on('error', fail)
  }).on('error', fail).end(body)
})

const page = (path: string, from: string): Wave => ({ method: 'GET', path, headers: { 'x-forwarded-for': from, accept: 'text/html' } })
const inChat = (key: string, from: string) => (path: string, { token, body }: { readonly token?: string; readonly body?: object } = {}): Wave => ({
  method: body ? 'POST' : 'GET', path: `/chat/${key}/${path}`, ...(body ? { body: JSON.stringify(body) } : {}),
  headers: { 'x-forwarded-for': from, origin: sites, ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) },
})

/** One visitor after the other, each from an address of their own: a page, a post, the chat, and a word in it. */
async function others({ key, slug, until }: { readonly key: string; readonly slug: string; readonly until: number }): Promise<Answered[]> {
  const all: Promise<Answered[]>[] = []
  for (let nth = 0; performance.now() < until; nth++) {
    const chat = inChat(key, `198.51.${Math.floor(nth / 250) % 250}.${nth % 250 + 1}`)
    const visit = async (): Promise<Answered[]> => {
      const from = chat('hello').headers['x-forwarded-for']!
      const seen = [await ask(page('/', from)), await ask(page(slug, from)), await ask(page('/forum', from)), await ask(chat('hello'))]
      const sat = await ask(chat('visitors', { body: {} }))
      const { token } = JSON.parse(sat.text) as { token: string }
      return [...seen, sat, await ask(chat('messages', { token, body: { clientId: randomUUID(), text: `Έχετε κουλούρια, ρωτώ για τα ${nth};` } }))]
    }
    all.push(visit())
    await new Promise((next) => setTimeout(next, 1000 / visits))
  }
  return (await Promise.all(all)).flat()
}

interface Flooded { readonly sent: number; readonly rate: number; readonly answers: Readonly<Record<string, number>> }
function flood(waves: readonly Wave[]): Promise<Flooded> {
  const file = join(stoa.dataDir, 'waves.json')
  writeFileSync(file, JSON.stringify(waves))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'flood-load.ts'), stoa.origin, file, String(rate), String(seconds)], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((done, fail) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => { text += part })
    child.once('exit', (code) => (code === 0 ? done(JSON.parse(text) as Flooded) : fail(new Error(`The flood ended with ${code}.`))))
  })
}

const p95 = (all: readonly Answered[]): number => Math.round(percentile(all.map(({ ms }) => ms).toSorted((a, b) => a - b), 0.95) * 10) / 10
try {
  const { id: key } = await stoa.ask<{ id: string }>('POST', 'accounts', { channel: 'chat', settings: { name: 'Φούρνος της Ελένης', sites } })
  await stoa.ask('POST', 'accounts', { channel: 'forum', settings: { firstPosts: 'shown' } })
  const [slug] = /\/p\/[^"#?/]+/.exec((await ask(page('/', '198.51.100.1'))).text)!
  const from = '203.0.113.9'
  const chat = inChat(key, from)
  const { token } = JSON.parse((await ask(chat('visitors', { body: {} }))).text) as { token: string }
  const form = { 'x-forwarded-for': from, 'content-type': 'application/x-www-form-urlencoded', origin: stoa.origin }
  const waves: Wave[] = [
    page('/', from), page(slug!, from), page('/forum', from), chat('hello'), chat('visitors', { body: {} }),
    chat('messages', { token, body: { clientId: randomUUID(), text: 'Κερδίστε τώρα! '.repeat(200) } }), { method: 'POST', path: `${slug}/comments`, headers: form, body: `text=${'x'.repeat(4_000)}&name=x` },
    { method: 'POST', path: '/forum/sign-in', headers: form, body: `name=x&password=${'x'.repeat(500)}` },
  ]
  const before = await others({ key, slug: slug!, until: performance.now() + calm * 1000 })
  const cpu = cpuOf(stoa.running.child.pid!)
  const [flooded, during] = await Promise.all([flood(waves), others({ key, slug: slug!, until: performance.now() + seconds * 1000 })])
  const busy = (cpuOf(stoa.running.child.pid!) - cpu) / (seconds * 10)
  const refused = flooded.answers['429'] ?? 0
  const turnedAway = [...before, ...during].filter(({ status }) => status >= 400).length
  report({
    name: 'flood',
    figures: {
      'requests of the flood a second': Math.round(flooded.rate), 'refused with 429, %': Math.round(refused / flooded.sent * 10_000) / 100, 'let in': flooded.sent - refused,
      'others, p95, ms': p95(during), 'others before the flood, p95, ms': p95(before), 'requests of others': during.length, 'others turned away': turnedAway, 'one core busy, %': Math.round(busy),
      answers: flooded.answers,
    },
    targets: { 'requests of the flood a second': { min: rate * 0.95 }, 'refused with 429, %': { min: 99 }, 'others, p95, ms': { max: 500 }, 'others turned away': { max: 0 } },
  })
} finally { await stoa.close() }
