import { access, constants, statfs } from 'node:fs/promises'
import type { Config } from '#config.ts'
import type { House } from '#core/house.ts'
import { EVERY } from '#db/database.ts'
import { invariants } from '#core/publications/invariants.ts'
import { allWorkspaces } from '#core/workspaces/store.ts'
import { say } from './say.ts'
import { secretsInOrder } from './secrets.ts'

interface Found { readonly ok: boolean; readonly says: string }
type Look = (house: House, config: Config) => Promise<Found>
const one = async (house: House, query: string): Promise<Record<string, string | number | boolean | null>> =>
  await house.database.read(EVERY, async (db) => (await db.client.query<Record<string, string | number | boolean | null>>(query)).rows[0] ?? {})

const looks: readonly Look[] = [
  async (house) => { const row = await one(house, "select current_setting('server_version') as version, current_setting('fsync') as fsync"); return { ok: row['fsync'] === 'on', says: `PostgreSQL ${row['version']}, fsync ${row['fsync']}` } },
  async (house) => { const row = await one(house, 'select rolsuper or rolbypassrls as above from pg_roles where rolname = current_user'); return { ok: row['above'] === false, says: row['above'] ? 'The database role passes over row-level security: use an ordinary role, so that the second wall between workspaces stands.' : 'Row-level security binds the database role.' } },
  async (house) => { const row = await one(house, "select count(*)::int as open from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relnamespace = 'public'::regnamespace where c.column_name = 'workspace_id' and c.table_schema = 'public' and not k.relforcerowsecurity"); return { ok: row['open'] === 0, says: `${row['open']} tables without their wall` } },
  async (house) => { const row = await one(house, `select count(*)::int as n, count(*) filter (where state = 'held')::int as held, count(*) filter (where state in ('needs-person', 'auth-needed'))::int as people from publications where state not in ('confirmed', 'refused', 'cancelled', 'gone')`); return { ok: true, says: `${row['n']} publications under way, ${row['people']} waiting for a person, ${row['held']} held` } },
  async (house) => { const row = await one(house, "select count(*)::int as n, min(since)::text as since from pauses where ended_at is null"); return { ok: true, says: row['n'] === 0 ? 'Publishing is not paused.' : `Publishing is paused in ${row['n']} workspaces, since ${row['since']}.` } },
  async (house) => { const row = await one(house, 'select count(*)::int as n from parked_events'); return { ok: row['n'] === 0, says: `${row['n']} events no handler could take` } },
  async (house, config) => await secretsInOrder(house, config.dataDir),
  async (house) => { const spaces = await house.database.read(EVERY, allWorkspaces); return { ok: true, says: `${spaces.length} workspaces: ${spaces.map((space) => space.name).join(', ') || 'none yet'}` } },
  async (_, config) => { await access(config.dataDir, constants.W_OK); const disk = await statfs(config.dataDir); const free = Math.round(disk.bavail * disk.bsize / 1e9); return { ok: free >= 1, says: `${free} GB free under ${config.dataDir}` } },
  async (_, config) => ({ ok: !config.allowPrivateNetwork, says: config.allowPrivateNetwork ? 'STOA_ALLOW_PRIVATE_NETWORK is on: Stoa may be led to addresses inside your network. Turn it off on the internet.' : 'Private addresses are closed to outgoing requests.' }),
  async (_, config) => ({ ok: config.origin === undefined || config.origin.startsWith('https:'), says: config.origin === undefined ? 'No STOA_ORIGIN: reached on this machine only; the fediverse needs an https address.' : `Reached at ${config.origin}` }),
]

/** What must hold of every publication, whatever failed (publications/invariants.ts). */
async function promises(house: House): Promise<Found[]> {
  const found = await house.database.read(EVERY, (db) => invariants(db, { now: house.now(), classOf: (channel) => house.channels.find((one) => one.id === channel)?.publish?.idempotency }))
  return found.map(({ name, says, checked, broken, ids }) => ({ ok: broken === 0, says: `${name} ${says}: ${checked} looked at, ${broken} broken${broken > 0 ? ` (${ids.join(', ')})` : ''}` }))
}

/** Looks at everything that can silently go wrong; one line each, and an exit code. */
export async function doctorCommand(house: House, config: Config): Promise<number> {
  const failed = (error: unknown): Found => ({ ok: false, says: String(error) })
  const found: Found[] = []
  for (const look of looks) found.push(await look(house, config).catch(failed))
  found.push(...await promises(house).catch((error: unknown) => [failed(error)]))
  for (const { ok, says } of found) say(`${ok ? 'ok   ' : 'WRONG'}  ${says}`)
  return found.every(({ ok }) => ok) ? 0 : 1
}
