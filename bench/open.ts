import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { clusterUrls } from '#db/cluster.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { firstPage, freePort, run, until, type Running } from './stoa-process.ts'

const home = resolve(import.meta.dirname, '..')
const owner = { name: 'Ελένη', email: 'eleni@fournos.gr', password: 'ψωμί-ελιές-λάδι', siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', lang: 'el' }

export interface Opened {
  readonly origin: string; readonly cookie: string; readonly workspaceId: string; readonly dataDir: string
  readonly database: Database; readonly running: Running
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
  /** Ends the process as an operator does and starts it again where it was. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Somebody's cookie, once they have signed in with the owner's password. */
export async function signIn(origin: string, email: string): Promise<string> {
  return await cookieFrom(`${origin}/api/v1/session`, { email, password: owner.password })
}
async function cookieFrom(url: string, body: unknown): Promise<string> {
  const said = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!said.ok) throw new Error(await said.text())
  return said.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
}

/** A Stoa as its own process, with an owner; the benchmark fills its database beside it. It is fresh, unless its data are `kept` in a directory. */
export async function openStoa(door: 'story' | 'own', env: Readonly<Record<string, string>> = {}, kept?: string): Promise<Opened> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'stoa-bench-'))
  const own = { STOA_DATA: dataDir, STOA_PORT: String(await freePort()), ...env }
  const begin = (): Running => run([join(home, 'bin/stoa'), 'start'], { cwd: home, env: own })
  const running = begin()
  let now = running
  const { url } = await until(running, 120, () => firstPage(running))
  const { origin, searchParams } = new URL(url)
  const code = searchParams.get('code')
  const cookie = code === null ? await signIn(origin, owner.email) : await cookieFrom(`${origin}/api/v1/setup`, { ...owner, code })
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const said = await fetch(`${origin}/api/v1/${path}`, { method, headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!said.ok) throw new Error(await said.text())
    return await said.json() as T
  }
  const restart = async (): Promise<void> => {
    await now.stop()
    now = begin()
    await until(now, 120, async () => (await fetch(`${origin}/readyz`).catch(() => undefined))?.ok || undefined)
  }
  if (code !== null) await ask('POST', 'setup/door', { door })
  const database = openDatabase(clusterUrls(dataDir).url)
  const { workspace } = await ask<{ workspace: { id: string } }>('GET', 'session')
  return { origin, cookie, workspaceId: workspace.id, dataDir, database, running, ask, restart, close: async () => { await database.close(); await now.stop(); if (kept === undefined) rmSync(dataDir, { recursive: true, force: true }) } }
}
