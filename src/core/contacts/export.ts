import { readFile } from 'node:fs/promises'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { mine, type Db } from '#db/database.ts'
import { conversations, messageColumns, messages, reactions } from '../conversations/tables.ts'
import { eventOf } from '../events/store.ts'
import { events } from '../events/tables.ts'
import { filePath } from '../files/store.ts'
import { files } from '../files/tables.ts'
import type { House } from '../house.ts'
import { consents } from './consents.ts'
import { everBeen } from './merged.ts'
import { cardOf } from './store.ts'
import { identities } from './tables.ts'
import { zip, type Entry } from './zip.ts'

interface Talk { readonly subject: string; readonly channel: string; readonly visibility: string; readonly messages: readonly Said[] }
type Said = Omit<typeof messages.$inferSelect, 'search' | 'workspaceId'>

async function talksOf(db: Db, ids: readonly string[]): Promise<Talk[]> {
  const theirs = await db.select().from(conversations).where(and(mine(db, conversations), sql`(${conversations.contactId} = any(${sql.param(ids)}::uuid[]) or ${conversations.id} in
    (select conversation_id from messages where workspace_id = ${db.workspace} and contact_id = any(${sql.param(ids)}::uuid[])))`)).orderBy(asc(conversations.id))
  const talks: Talk[] = []
  for (const one of theirs) {
    const all = await db.select(messageColumns).from(messages).where(and(mine(db, messages), eq(messages.conversationId, one.id))).orderBy(asc(messages.heardAt), asc(messages.id))
    // Of a talk of many it is theirs what they said and what we said; the words of others are others'.
    const said = all.filter((message) => message.direction !== 'in' || (message.contactId !== null && ids.includes(message.contactId))).map(({ workspaceId: _, ...message }) => message)
    talks.push({ subject: one.subject, channel: one.channel, visibility: one.visibility, messages: said })
  }
  return talks
}

const day = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
/** The talks as anybody can read them. */
function story(name: string, talks: readonly Talk[]): string {
  const said = (one: Said): string => `**${one.authorName}**${one.direction === 'note' ? ' (note of the team · σημείωση της ομάδας)' : ''} · ${day(one.saidAt)}${one.remoteUrl ? ` · ${one.remoteUrl}` : ''}\n\n${one.withdrawnAt ? '—' : one.text}\n`
  return `# ${name}\n\n${talks.map((talk) => `## ${[talk.channel, talk.subject].filter(Boolean).join(' · ')}\n\n${talk.messages.map(said).join('\n')}`).join('\n\n')}\n`
}

async function handedOver(db: Db, dataDir: string, { talks, names }: { readonly talks: readonly Talk[]; readonly names: readonly string[] }): Promise<Entry[]> {
  const sent = talks.flatMap((talk) => talk.messages.flatMap((message) => (message.direction === 'in' ? (message.attachments ?? []).map((file) => file.id) : [])))
  const rows = await db.select().from(files).where(and(mine(db, files), sql`(${files.id} = any(${sql.param(sent)}::uuid[]) or ${files.by} = any(${sql.param(names)}::text[]))`)).orderBy(asc(files.id))
  const entries: Entry[] = []
  for (const row of rows) {
    const data = await readFile(filePath(dataDir, row)).catch(() => undefined)
    if (data) entries.push({ name: `files/${row.id}-${row.name.replaceAll('/', '-')}`, data, at: row.at })
  }
  return entries
}

/** Everything of one person: as data (person.json), as a story to read (conversations.md), and the files they handed over. */
export async function exportPerson(house: Pick<House, 'database' | 'dataDir' | 'now'>, workspaceId: string, contactId: string): Promise<{ name: string; data: Buffer }> {
  return await house.database.read(workspaceId, async (db) => {
    const card = await cardOf(db, contactId)
    if (card.erasedAt !== null) throw new Refusal('not_found')
    const ids = await everBeen(db, card.id)
    const known = (await db.select().from(identities).where(and(mine(db, identities), inArray(identities.contactId, ids)))).map(({ workspaceId: _, ...identity }) => identity)
    const talks = await talksOf(db, ids)
    const liked = (await db.select().from(reactions).where(and(mine(db, reactions), inArray(reactions.contactId, ids))).orderBy(asc(reactions.at))).map(({ workspaceId: _, ...reaction }) => reaction)
    const told = (await db.select().from(events).where(and(mine(db, events), inArray(events.contactId, ids))).orderBy(asc(events.seq))).map(eventOf)
    const at = house.now()
    const person = { stoa: 'person', version: 1, exportedAt: at, card, identities: known, consents: await consents.of(db, card.id), conversations: talks, reactions: liked, events: told }
    const handed = await handedOver(db, house.dataDir, { talks, names: known.flatMap((one) => [one.remoteId, `chat ${one.remoteId.replace(/^v:/, '')}`]) })
    return {
      name: `person-${card.id}.zip`,
      data: zip([{ name: 'person.json', data: Buffer.from(`${JSON.stringify(person, null, 2)}\n`), at }, { name: 'conversations.md', data: Buffer.from(story(card.name, talks)), at }, ...handed]),
    }
  })
}
