import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Role } from '#kit/rights.ts'
import type { House } from '#core/house.ts'
import { accounts } from '#core/accounts/tables.ts'
import { members, voices } from '#core/members/tables.ts'
import { workspaces, type PillarSettings } from '#core/workspaces/tables.ts'
import type { Database, Tx } from '#db/database.ts'

/** A Tuesday in October, noon in Patras. */
export const NOON = new Date('2026-10-20T09:00:00.000Z')

export const settings: PillarSettings = {
  asksInRow: 2, givePerAsk: 3, similarity: 0.6, holds: [], off: [],
  duty: [1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 7 * 60, to: 14 * 60 })),
}

export interface Bakery {
  readonly workspaceId: string
  readonly eleni: Member; readonly maria: Member; readonly nikos: Member
  /** Ids of the accounts the bakery has, one per channel. */
  readonly accounts: Readonly<Record<'porch' | 'fediverse' | 'memory', string>>
}

const people = [
  { key: 'eleni', name: 'Ελένη Παπαδάτου', voice: 'Ελένη', role: 'owner', lang: 'el', signOff: 'Ελένη, από τον φούρνο' },
  { key: 'maria', name: 'Μαρία Κωστοπούλου', voice: 'Μαρία', role: 'responder', lang: 'el', signOff: 'Μαρία' },
  { key: 'nikos', name: 'Νίκος Αγγελής', voice: 'Νίκος', role: 'editor', lang: 'en', signOff: 'Nikos at the oven' },
] as const satisfies readonly { key: string; name: string; voice: string; role: Role; lang: 'en' | 'el'; signOff: string }[]

async function settle(tx: Tx, workspaceId: string): Promise<Bakery> {
  const joinedAt = new Date('2026-01-10T08:00:00.000Z')
  await tx.insert(workspaces).values({
    id: workspaceId, name: 'Φούρνος της Ελένης', tagline: 'Ψωμί με προζύμι, στην Πάτρα', lang: 'el', zone: 'Europe/Athens',
    settings, secret: `secret of ${workspaceId}`, door: 'own', createdAt: joinedAt,
  })
  const team = people.map((person) => ({
    id: newId(), workspaceId, userId: person.key === 'eleni' ? `user-${workspaceId}` : null, name: person.name, role: person.role as Role, person,
  }))
  await tx.insert(members).values(team.map(({ id, userId, name, role, person }) => ({ id, userId, name, role, lang: person.lang, joinedAt })))
  await tx.insert(voices).values(team.map(({ id, person }) => ({ memberId: id, name: person.voice, signOff: person.signOff, langs: ['el', 'en'] })))
  const ours = { porch: newId(), fediverse: newId(), memory: newId() }
  await tx.insert(accounts).values(Object.entries(ours).map(([channel, id]) => ({
    id, channel, handle: channel === 'porch' ? 'porch' : 'fournos', name: 'Φούρνος της Ελένης', connectedAt: joinedAt,
  })))
  const [eleni, maria, nikos] = team.map(({ person: _, ...member }) => member) as [Member, Member, Member]
  return { workspaceId, eleni, maria, nikos, accounts: ours }
}

/** The world of our tests: the bakery in Patras, its three people with voices, and an account on each house channel. Each call founds another. */
export async function bakery(database: Database): Promise<Bakery> {
  const workspaceId = newId()
  return await database.write(workspaceId, (tx) => settle(tx, workspaceId))
}

export interface SentJob { readonly queue: string; readonly id: string; readonly at?: Date; readonly once?: string }
/** A house around a test's database: it keeps the jobs it is given in `sent` and stands still at NOON unless told otherwise. */
export function houseOf(database: Database, over: Partial<House> = {}): House & { readonly sent: SentJob[] } {
  const sent: SentJob[] = []
  const absent = () => { throw new Error('This test has no public hosts.') }
  return {
    database, sent, channels: [], pillars: [], origin: 'http://bakery.test', dataDir: join(tmpdir(), 'stoa-test-data'),
    jobs: { send: (_tx, queue, { id, at, once }) => { sent.push({ queue, id, ...(at ? { at } : {}), ...(once ? { once } : {}) }); return Promise.resolve() } },
    hosts: { origin: 'http://bakery.test', at: absent, of: absent, secret: (purpose) => `secret for ${purpose}`, lend: absent },
    now: () => NOON, log: () => undefined, ...over,
  }
}
