// Ten thousand who look on: what one event to all of them costs the server, and what each of them holds of its memory.
// First visitors with the chat's window open, told who is on duty now; then members, told what happens in the workspace.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openStoa } from './open.ts'
import { percentile } from './percentile.ts'
import { report } from './run.mjs'
import { cpuOf, pssOf } from './stoa-process.ts'

const [viewers, rounds] = [Number(process.argv[2] ?? 10_000), 5]
const site = 'https://fournos.example'
const stoa = await openStoa('own', { STOA_TRUSTED_HOPS: '1' })
const pid = stoa.running.child.pid!
const { host, port } = new URL(stoa.origin)
const sleep = (ms: number): Promise<void> => new Promise((next) => { setTimeout(next, ms) })
const middle = (all: readonly number[]): number => percentile(all.toSorted((a, b) => a - b), 0.5)

/** Each from one of many addresses, as visitors come. */
const from = (nth: number): string => `198.18.${Math.floor(nth / 30) % 250}.${Math.floor(nth / 7_500) + 1}`
const headOf = (path: string, headers: Readonly<Record<string, string>>): string =>
  `GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: text/event-stream\r\naccept-encoding: gzip, br\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`

async function windows(chat: string, count: number): Promise<string[]> {
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

interface Heard { readonly heard: number; readonly first: number; readonly last: number; readonly broken: number }
async function open(heads: readonly string[], marker: string) {
  const file = join(stoa.dataDir, `${marker}.json`)
  writeFileSync(file, JSON.stringify(heads))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'live-viewers.ts'), port, file, marker], { stdio: ['pipe', 'pipe', 'inherit'] })
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
function watchCpu() {
  const seen: { at: number; cpu: number }[] = []
  const timer = setInterval(() => seen.push({ at: Date.now(), cpu: cpuOf(pid) }), 20)
  return { between: (since: number, until: number) => seen.find(({ at }) => at >= until)!.cpu - seen.findLast(({ at }) => at <= since)!.cpu, stop: () => clearInterval(timer) }
}

async function measured(heads: readonly string[], marker: string, happen: (round: number) => Promise<unknown>) {
  const [before, since] = [pssOf(pid), performance.now()]
  const crowd = await open(heads, marker)
  const openMs = performance.now() - since
  await sleep(12_000)
  const each = (pssOf(pid) - before) * 1024 / heads.length
  const cpu = watchCpu()
  await sleep(500)
  const [costs, lasts, missed]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    const { heard, first, last, broken } = await crowd.event(() => happen(round))
    missed.push(heads.length - heard + broken)
    await sleep(400)
    // From a little before the first heard it, for the server writes to many before one of them reads.
    costs.push(cpu.between(first - 150, last + 40))
    lasts.push(last - first)
  }
  cpu.stop()
  await crowd.close()
  return { each, openMs, cost: middle(costs), last: middle(lasts), missed: Math.max(...missed) }
}

const rounded = (figure: number): number => Math.round(figure * 10) / 10
try {
  const { id: chat } = await stoa.ask<{ id: string }>('POST', 'accounts', { channel: 'chat', settings: { name: 'Φούρνος της Ελένης', sites: site } })
  const { member } = await stoa.ask<{ member: { id: string } }>('GET', 'session')
  const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 1440 }))
  await stoa.ask('PUT', `duty/members/${member.id}`, { own: { hours: [], zone: 'Europe/Athens' } })
  const come = (round: number): Promise<unknown> => stoa.ask('PUT', `duty/members/${member.id}`, { own: { hours: round % 2 === 0 ? always : [], zone: 'Europe/Athens' } })
  // The room that many need is made once: what stays of it is not what each holds.
  const warm = await open(await windows(chat, 300), 'warm')
  await warm.close()
  await sleep(12_000)
  const watched = await measured(await windows(chat, viewers), 'duty', come)
  await sleep(2_000)
  const team = await measured(Array.from({ length: viewers }, (_, nth) => headOf('/api/v1/live', { cookie: stoa.cookie, 'x-forwarded-for': from(nth) })), 'change', come)
  report({
    name: 'live',
    figures: {
      viewers, 'one event to all visitors, ms of CPU': rounded(watched.cost), 'a visitor, KiB': rounded(watched.each), 'from the first visitor to the last, ms': watched.last, 'visitors who missed one': watched.missed, 'visitors a second at the door': Math.round(viewers / watched.openMs * 1000),
      'one event to all members, ms of CPU': rounded(team.cost), 'a member, KiB': rounded(team.each), 'from the first member to the last, ms': team.last, 'members who missed one': team.missed, 'members a second at the door': Math.round(viewers / team.openMs * 1000),
    },
    targets: {
      viewers: { min: 10_000 }, 'one event to all visitors, ms of CPU': { max: 100 }, 'a visitor, KiB': { max: 25 }, 'visitors who missed one': { max: 0 },
      'one event to all members, ms of CPU': { max: 100 }, 'a member, KiB': { max: 25 }, 'members who missed one': { max: 0 },
    },
  })
} finally { await stoa.close() }
