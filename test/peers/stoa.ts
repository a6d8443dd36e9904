import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { groundHere, Over, placeOf, soon, start, type Program } from './here.ts'

const home = resolve(import.meta.dirname, '../..')
const password = 'ψωμί-ελιές-λάδι'
const owner = { name: 'Ελένη Παπαδάτου', email: 'eleni@fournos.gr', password, siteName: 'Φούρνος της Ελένης', zone: 'Europe/Athens', lang: 'el' }

export interface PeerStoa {
  readonly origin: string
  readonly dataDir: string
  /** Asks the API as Eleni, the owner; throws with the answer when it is a refusal. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
  /** The same, with whatever it answers. */
  try(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>
  /** As a person presses the button: stops it in order and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A whole Stoa, as `bin/stoa start` runs it, at `https://<host>`: its own PostgreSQL, all guards on. */
export async function startPeerStoa(host: string): Promise<PeerStoa> {
  const { folder } = groundHere()
  const dataDir = join(folder, `stoa-${host}`)
  mkdirSync(dataDir, { mode: 0o711 })
  const origin = `https://${host}`
  let program = await run({ host, origin, dataDir })
  const jar = new Map<string, string>()
  const call = async (method: string, path: string, body?: unknown) => {
    const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${origin}${path.startsWith('/') ? path : `/api/v1/${path}`}`, {
      method, redirect: 'manual', headers: { ...(cookie ? { cookie } : {}), ...(body === undefined || body instanceof FormData || body instanceof URLSearchParams ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: body instanceof FormData || body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    })
    for (const [name, value] of response.headers.getSetCookie().map((line) => line.split(';')[0]!.split(/=(.*)/s))) jar.set(name!, value ?? '')
    const text = await response.text()
    return { status: response.status, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) as unknown : text }
  }
  const code = readFileSync(join(dataDir, 'setup-code'), 'utf8').trim()
  const founded = await call('POST', 'setup', { ...owner, code })
  if (founded.status !== 201) throw new Error(`The bakery could not be founded: ${JSON.stringify(founded.body)}`)
  return {
    origin, dataDir, try: call,
    ask: async <T>(method: string, path: string, body?: unknown) => {
      const said = await call(method, path, body)
      if (said.status >= 400) throw new Error(`${method} ${path}: ${said.status} ${JSON.stringify(said.body)}`)
      return said.body as T
    },
    restart: async () => { await program.stop(); program = await run({ host, origin, dataDir }) },
    stop: () => program.stop(),
  }
}

async function run({ host, origin, dataDir }: { readonly host: string; readonly origin: string; readonly dataDir: string }): Promise<Program> {
  const env = {
    STOA_ORIGIN: origin, STOA_PORT: String(placeOf(host).port), STOA_DATA: dataDir, STOA_TRUSTED_HOPS: '1', STOA_ALLOW_PRIVATE_NETWORK: 'false',
    DATABASE_URL: '', NODE_EXTRA_CA_CERTS: groundHere().ca,
  }
  const program = start(`stoa-${host}`, [join(home, 'bin/stoa'), 'start'], { cwd: home, env })
  await soon('Stoa is up', async () => {
    if (program.child.exitCode !== null) throw new Over(program.printed().slice(-2_000))
    const answer = await fetch(`${origin}/api/v1/session`)
    return answer.ok && existsSync(join(dataDir, 'pg')) ? true : undefined
  }, 60)
  return program
}
