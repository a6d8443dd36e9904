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
  close(): Promise<void>
}

/** A fresh Stoa as its own process, with an owner; the benchmark fills its database beside it. */
export async function openStoa(door: 'story' | 'own', env: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stoa-bench-'))
  const running = run([join(home, 'bin/stoa'), 'start'], { cwd: home, env: { STOA_DATA: dataDir, STOA_PORT: String(await freePort()), ...env } })
  const { url } = await until(running, 120, () => firstPage(running))
  const { origin, searchParams } = new URL(url)
  const made = await fetch(`${origin}/api/v1/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...owner, code: searchParams.get('code') }) })
  if (!made.ok) throw new Error(await made.text())
  const cookie = made.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const said = await fetch(`${origin}/api/v1/${path}`, { method, headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!said.ok) throw new Error(await said.text())
    return await said.json() as T
  }
  await ask('POST', 'setup/door', { door })
  const database = openDatabase(clusterUrls(dataDir).url)
  const { workspace } = await ask<{ workspace: { id: string } }>('GET', 'session')
  return { origin, cookie, workspaceId: workspace.id, dataDir, database, running, ask, close: async () => { await database.close(); await running.stop(); rmSync(dataDir, { recursive: true, force: true }) } }
}
