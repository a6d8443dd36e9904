import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstPage, freePort, run, treeOf, until, type Running } from '../../bench/stoa-process.ts'
import { eleni } from '../world/stoa.ts'

const home = resolve(import.meta.dirname, '../..')
let dataDir: string
let port: number
let running: Running
let cookie = ''
beforeAll(async () => { dataDir = mkdtempSync(join(tmpdir(), 'stoa-kill-')); port = await freePort(); running = start() })
afterAll(async () => { await running.stop(); rmSync(dataDir, { recursive: true, force: true }) })

const start = (): Running => run([join(home, 'bin/stoa'), 'start'], { cwd: home, env: { STOA_DATA: dataDir, STOA_PORT: String(port) } })
const up = () => until(running, 60, async () => ((await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok ? true : undefined))
async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const said = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, { method, headers: { cookie, connection: 'close', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  cookie ||= said.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  if (!said.ok) throw new Error(await said.text())
  return await said.json() as T
}
/** Everything of this Stoa at once, PostgreSQL included, with no chance to say goodbye. */
async function killAll(): Promise<void> {
  const ended = new Promise((done) => running.child.once('exit', done))
  for (const pid of treeOf(running.child.pid!).toReversed()) { try { process.kill(pid, 'SIGKILL') } catch { /* it was gone already */ } }
  await ended
}

interface Post { readonly id: string; readonly version: number; readonly title: string; readonly state: string; readonly publications: readonly { readonly state: string }[] }
const draft = (title: string, accountIds: readonly string[]) => ({ title, text: `${title}: ποιος έρχεται το πρωί για ζεστό ψωμί;`, lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, accountIds })

test('everything acknowledged is there after kill -9 of everything, at any moment, and nothing went out twice', async () => {
  const { url } = await until(running, 90, () => firstPage(running))
  await ask('POST', 'setup', { ...eleni, code: new URL(url).searchParams.get('code') })
  const accountIds = (await ask<{ items: { id: string }[] }>('GET', 'accounts')).items.map((one) => one.id)
  const written: string[] = []
  for (let round = 0; round < 4; round++) {
    let dead = false
    const killing = new Promise<void>((done, fail) => { setTimeout(() => killAll().then(() => { dead = true; done() }, fail), 350 + round * 270) })
    for (let n = 0; !dead; n++) {
      const made = await ask<Post>('POST', 'posts', draft(`Γύρος ${round}, ψωμί ${n}`, accountIds)).catch(() => undefined)
      if (!made) break
      written.push(made.id)
      await ask('POST', `posts/${made.id}/publish`, { version: made.version, reasons: {} }).catch(() => undefined)
    }
    await killing
    running = start()
    await up()
  }
  expect(written.length).toBeGreaterThan(8)
  for (const id of written) expect((await ask<Post>('GET', `posts/${id}`)).id).toBe(id)
  // What had been let out comes to its end by itself: the porch and the fediverse are keyed by us, so that nobody need be asked.
  await until(running, 60, async () => {
    const posts = await Promise.all(written.map((id) => ask<Post>('GET', `posts/${id}`)))
    return posts.every((post) => post.publications.every((one) => one.state === 'confirmed')) ? true : undefined
  })
  const feed = await (await fetch(`http://127.0.0.1:${port}/sitemap.xml`)).text()
  const addresses = [...feed.matchAll(/<loc>[^<]*\/p\/([^<]+)<\/loc>/g)].map((found) => found[1])
  expect(new Set(addresses).size).toBe(addresses.length)
}, 180_000)

test('a second Stoa on the same data is refused by a clear sentence', async () => {
  const second = run([join(home, 'bin/stoa'), 'start'], { cwd: home, env: { STOA_DATA: dataDir, STOA_PORT: String(await freePort()) } })
  expect(await new Promise((done) => second.child.once('exit', done))).toBe(1)
  expect(second.printed()).toContain('Another Stoa')
})
