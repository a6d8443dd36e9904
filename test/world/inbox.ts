import type { Account, Channel, Incoming, Limits } from '#kit/channel.ts'
import type { Member } from '#kit/http.ts'
import { newId } from '#kit/id.ts'
import type { Pillar } from '#kit/pillar.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, Tx } from '#db/database.ts'
import { accountOf, ensureAccount } from '#core/accounts/store.ts'
import type { House } from '#core/house.ts'
import { join, memberFrom } from '#core/members/store.ts'
import { posts } from '#core/posts/tables.ts'
import { publications } from '#core/publications/tables.ts'
import { foundWorkspace } from '#core/workspaces/store.ts'

/** A network that takes public answers; its limits are the test's. */
export const squareChannel = (limits: Partial<Limits> = {}): Channel => ({
  id: 'square', name: 'The square', about: { en: 'A square', el: 'Μια πλατεία' }, settings: z.unknown(),
  verify: async () => ({ id: 'fournos', handle: '@fournos' }),
  limits: () => ({ text: { max: 500, unit: 'grapheme' }, ...limits }),
  publish: { idempotency: 'keyed', kinds: ['post', 'reply'], prepare: (draft) => ({ text: draft.text, by: draft.author.name, to: draft.inReplyTo?.id ?? null }), send: async () => ({ id: 'sent' }) },
})

export interface Bakery {
  readonly database: Database; readonly workspaceId: string; readonly account: Account
  readonly eleni: Member; readonly maria: Member; readonly nikos: Member
  /** A published post of the bakery, and the id under which it stands on the square. */
  readonly postId: string; readonly campaignId: string; readonly postRef: string
  readonly house: House
  clock: Date
  readonly sent: { queue: string; id: string }[]
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

interface Making { readonly channels?: readonly Channel[]; readonly pillars?: readonly Pillar<House, Tx>[]; readonly dataDir?: string }

/** The Φούρνος της Ελένης with its people, one account on the square and one post that stands there. */
export async function openBakery(database: Database, { channels = [squareChannel()], pillars = [], dataDir = '' }: Making = {}): Promise<Bakery> {
  const workspaceId = newId()
  const at = new Date('2026-05-01T08:00:00Z')
  const [postId, campaignId] = [newId(), newId()]
  const postRef = `square:${postId}`
  const made = await database.write(workspaceId, async (tx) => {
    await foundWorkspace(tx, { name: 'Φούρνος της Ελένης', lang: 'el', zone: 'Europe/Athens', at }, { channels: [], origin: 'https://fournos.example' })
    const people: Member[] = []
    for (const [role, name] of [['owner', 'Ελένη'], ['responder', 'Μαρία'], ['editor', 'Νίκος']] as const) {
      people.push(memberFrom(await join(tx, { userId: null, name, email: null, role, lang: 'el', at: new Date(at.getTime() + people.length) })))
    }
    const account = await ensureAccount(tx, { channel: 'square', handle: '@fournos', name: 'Φούρνος της Ελένης' })
    await tx.insert(posts).values({ id: postId, campaignId, authorId: people[0]!.id, title: 'Το ψωμί της Κυριακής', text: 'Ζυμώνουμε από τις τέσσερις.', lang: 'el', state: 'published', publishedAt: at, createdAt: at, updatedAt: at })
    await tx.insert(publications).values({ postId, accountId: account.id, channel: 'square', kind: 'post', state: 'confirmed', key: newId(), writtenAt: at, wire: {}, wireHash: '', lang: 'el', dueAt: at, deadline: at, remoteId: postRef, remoteUrl: `https://square.example/${postId}`, confirmedAt: at })
    return { people, account: accountOf(account) }
  })
  const [eleni, maria, nikos] = made.people as [Member, Member, Member]
  const sent: Bakery['sent'] = []
  const bakery: Bakery = {
    database, workspaceId, account: made.account, eleni, maria, nikos, postId, campaignId, postRef, sent, clock: new Date('2026-05-04T09:00:00Z'),
    house: {
      database, channels, pillars, origin: 'https://fournos.example', dataDir, hosts: undefined as never, now: () => bakery.clock, log: () => undefined,
      jobs: { send: async (_tx, queue, job) => { sent.push({ queue, id: job.id }) } },
    },
    write: (work) => database.write(workspaceId, work),
  }
  return bakery
}

export type Says = Extract<Incoming, { does: 'says' }>
let told = 0
/** Something somebody says on the square. */
export function saying(text: string, more: Partial<Says> & { readonly by?: string } = {}): Says {
  const { by = 'giorgos', ...rest } = more
  told += 1
  return { does: 'says', ref: { channel: 'square', id: `said-${told}` }, at: '2026-05-04T08:59:00Z', author: { id: by, name: by, handle: `@${by}` }, text, visibility: 'public', ...rest }
}

/**
 * Once every event of a workspace is settled: one is told only when nothing that began before it is open anywhere in the
 * cluster, and other tests have transactions of their own.
 */
export async function settled(database: Database, workspaceId: string): Promise<void> {
  const open = async () => (await database.read(workspaceId, (db) => db.execute<{ n: number }>(sql`select count(*)::int as n from events where workspace_id = ${workspaceId} and tx >= pg_snapshot_xmin(pg_current_snapshot())`))).rows[0]!.n
  while (await open() > 0) await new Promise((done) => { setTimeout(done, 10) })
}
