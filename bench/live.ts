// Ten thousand who look on: what one event to all of them costs the server, and what each of them holds of its memory.
// First visitors with the chat's window open, told who is on duty now; then members, told what happens in the workspace.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openStoa, type Opened } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'
import { cpuOf, freePort, pssOf } from './stoa-process.ts'

const [viewers, rounds] = [Number(process.argv[2] ?? 10_000), 5]
const site = 'https://fournos.example'
const sleep = (ms: number): Promise<void> => new Promise((next) => { setTimeout(next, ms) })
const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 1440 }))
const middle = (all: readonly number[]): number => percentile(all.toSorted((a, b) => a - b), 0.5)

/** Each from one of many addresses, as visitors come. */
const from = (nth: number): string => `198.18.${Math.floor(nth / 30) % 250}.${Math.floor(nth / 7_500) + 1}`
const headOf = (path: string, headers: Readonly<Record<string, string>>): string =>
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\naccept-encoding: gzip, br\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`

async function windows(stoa: Opened, chat: string, count: number): Promise<string[]> {
  const heads: string[] = []
  let next = 0
  const sit = async (): Promise<void> => {
    for (let nth = next++; nth < count; nth = next++) {
      const said = await fetch(`${stoa.origin}/chat/${chat}/visitors`, { method: 'POST', headers: { origin: site, 'content-type': 'application/json', 'x-forwarded-for': from(nth) }, body: '{}' })
      const { token } = await said.json() as { token: string }
      heads.push(headOf(`/chat/${chat}/stream?cursor=0`, { origin: site, authorization: `Bearer ${token}`, 'x-forwarded-for': from(nth), 'accept-language': 'el' }))
    }
  }
  await Promise.all(Array.from({ length: 20 }, sit))
  return heads
}

interface Crowd { readonly heads: readonly string[]; readonly marker: string }
interface Heard { readonly heard: number; readonly first: number; readonly last: number; readonly broken: number }
async function open(stoa: Opened, { heads, marker }: Crowd) {
  const file = join(stoa.dataDir, `${marker}.json`)
  writeFileSync(file, JSON.stringify(heads))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'live-viewers.ts'), new URL(stoa.origin).port, file, marker], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async <T>(): Promise<T> => { const { value, done } = await lines.next(); if (done) throw new Error('The viewers ended.'); return JSON.parse(value as string) as T }
  await next()
  return {
    event: async (happen: () => Promise<unknown>): Promise<Heard> => {
      child.stdin.write('wait\n')
      await next()
      await happen()
      return await next<Heard>()
    },
    close: async () => { const gone = new Promise((done) => { child.once('exit', done) }); child.stdin.end('end\n'); await gone },
  }
}

/** The processor's time of the server around each moment of a run, so that what one event cost can be read off afterwards. */
function watchCpu(pid: number) {
  const seen: { at: number; cpu: number }[] = []
  const timer = setInterval(() => seen.push({ at: Date.now(), cpu: cpuOf(pid) }), 20)
  return { between: (since: number, until: number) => seen.find(({ at }) => at >= until)!.cpu - seen.findLast(({ at }) => at <= since)!.cpu, stop: () => clearInterval(timer) }
}

/** Lets go of what nobody holds any more, so that what is left is what they hold. */
async function swept(inspector: number): Promise<void> {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${inspector}/json`)).json() as [{ webSocketDebuggerUrl: string }]
  const socket = new WebSocket(webSocketDebuggerUrl)
  await new Promise((done) => { socket.onopen = done })
  for (const id of [1, 2]) {
    const answered = new Promise((done) => { socket.onmessage = done })
    socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }))
    await answered
  }
  socket.close()
  await sleep(2_000)
}

/** One kind of viewers at a fresh Stoa: opened, left in peace, and told one thing after the other. */
async function measured(kind: 'duty' | 'change') {
  const inspector = await freePort()
  const stoa = await openStoa('own', { STOA_TRUSTED_HOPS: '1', NODE_OPTIONS: `--inspect=127.0.0.1:${inspector}` })
  const pid = stoa.running.child.pid!
  try {
    const { id: chat } = await stoa.ask<{ id: string }>('POST', 'accounts', { channel: 'chat', settings: { name: 'Φούρνος της Ελένης', sites: site } })
    const { member } = await stoa.ask<{ member: { id: string } }>('GET', 'session')
    const come = (here: boolean): Promise<unknown> => stoa.ask('PUT', `duty/members/${member.id}`, { own: { hours: here ? always : [], zone: 'Europe/Athens' } })
    await come(false)
    const headsOf = async (count: number): Promise<string[]> => (kind === 'duty' ? await windows(stoa, chat, count)
      : Array.from({ length: count }, (_, nth) => headOf('/api/v1/live', { cookie: stoa.cookie, 'x-forwarded-for': from(nth) })))
    // The room that many need is made once: what stays of it is not what each holds.
    await (await open(stoa, { heads: await headsOf(300), marker: kind })).close()
    const heads = await headsOf(viewers)
    await sleep(2_000)
    await swept(inspector)
    const [before, since] = [pssOf(pid), performance.now()]
    const crowd = await open(stoa, { heads, marker: kind })
    const openMs = performance.now() - since
    await sleep(2_000)
    await swept(inspector)
    const each = (pssOf(pid) - before) * 1024 / viewers
    const cpu = watchCpu(pid)
    await sleep(500)
    const [costs, lasts, missed]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round++) {
      const { heard, first, last, broken } = await crowd.event(() => come(round % 2 === 0))
      missed.push(viewers - heard + broken)
      await sleep(400)
      // From a little before the first heard it, for the server writes to many before one of them reads.
      costs.push(cpu.between(first - 150, last + 40))
      lasts.push(last - first)
    }
    cpu.stop()
    await crowd.close()
    return { each, perSecond: viewers / openMs * 1000, cost: middle(costs), last: middle(lasts), missed: Math.max(...missed) }
  } finally { await stoa.close() }
}

const rounded = (figure: number): number => Math.round(figure * 10) / 10
const [watched, team] = [await measured('duty'), await measured('change')]
report({
  name: 'live',
  figures: {
    viewers, 'one event to all visitors, ms of CPU': rounded(watched.cost), 'a visitor, KiB': rounded(watched.each), 'from the first visitor to the last, ms': watched.last, 'visitors who missed one': watched.missed, 'visitors a second at the door': Math.round(watched.perSecond),
    'one event to all members, ms of CPU': rounded(team.cost), 'a member, KiB': rounded(team.each), 'from the first member to the last, ms': team.last, 'members who missed one': team.missed, 'members a second at the door': Math.round(team.perSecond),
  },
  targets: {
    viewers: { min: 10_000 }, 'one event to all visitors, ms of CPU': { max: 100 }, 'a visitor, KiB': { max: 25 }, 'visitors who missed one': { max: 0 },
    'one event to all members, ms of CPU': { max: 100 }, 'a member, KiB': { max: 25 }, 'members who missed one': { max: 0 },
  },
})
