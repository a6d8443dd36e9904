import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Person } from '#kit/channel.ts'
import type { Utterance } from '#kit/host.ts'
import { mine, type Db } from '#db/database.ts'
import { identities } from '../contacts/tables.ts'
import { mediaPath } from '../media/rules.ts'
import { media } from '../media/tables.ts'
import { voices } from '../members/tables.ts'
import { publications } from '../publications/tables.ts'
import type { Message } from './places.ts'
import { messageColumns, messages } from './tables.ts'

// A thread longer than this is cut at its end, so that one page never takes the house down.
const longest = 5_000

interface Line { readonly message: Message; readonly state: string | null; readonly remoteId: string | null; readonly remoteUrl: string | null }

const isGone = ({ message, state }: Pick<Line, 'message' | 'state'>): boolean => message.withdrawnAt !== null || state === 'gone'

/** All that may be read under a post, from every channel, oldest first. What was taken back stays, empty, where somebody answered it. */
export async function threadOf(db: Db, postId: string): Promise<Utterance[]> {
  const lines: Line[] = await db.select({ message: messageColumns, state: publications.state, remoteId: publications.remoteId, remoteUrl: publications.remoteUrl })
    .from(messages).leftJoin(publications, eq(publications.id, messages.publicationId))
    .where(and(mine(db, messages), eq(messages.postId, postId), eq(messages.visibility, 'public'), eq(messages.moderation, 'shown'),
      or(eq(messages.direction, 'in'), and(eq(messages.direction, 'out'), inArray(publications.state, ['confirmed', 'gone']))),
    )).orderBy(asc(messages.heardAt), asc(messages.id)).limit(longest)
  const spoken = lines.filter((line) => !isGone(line))
  const answered = new Set(spoken.map(({ message }) => message.parentId))
  const kept = lines.filter((line) => !isGone(line) || answered.has(line.message.id))
  const [strangers, team] = [await strangersOf(db, kept), await teamOf(db, kept)]
  return kept.map((line) => utteranceOf(line, line.message.direction === 'in' ? strangers(line.message) : team(line.message)))
}

function utteranceOf({ message, state, remoteId, remoteUrl }: Line, author: Person): Utterance {
  const id = message.direction === 'in' ? message.remoteId : remoteId
  const url = message.direction === 'in' ? message.remoteUrl : remoteUrl
  const gone = isGone({ message, state })
  return {
    id: message.id, channel: message.channel, from: message.direction === 'in' ? 'visitor' : 'team', author: gone ? { id: '', name: '' } : author,
    text: gone ? '' : message.text, html: gone ? null : message.html, lang: message.lang, at: message.saidAt.toISOString(), parentId: message.parentId,
    ref: id === null ? null : { channel: message.channel, id, ...(url ? { url } : {}) }, withdrawn: gone,
  }
}

const idsOf = (lines: readonly Line[], which: (message: Message) => string | null): string[] => [...new Set(lines.map(({ message }) => which(message)).filter((one) => one !== null))]

async function strangersOf(db: Db, lines: readonly Line[]): Promise<(message: Message) => Person> {
  const ids = idsOf(lines, (message) => message.contactId)
  const rows = ids.length === 0 ? [] : await db.select().from(identities).where(and(mine(db, identities), inArray(identities.contactId, ids)))
  const known = new Map(rows.map((row) => [`${row.contactId} ${row.channel}`, row]))
  return (message) => {
    const row = known.get(`${message.contactId} ${message.channel}`)
    return { id: row?.remoteId ?? '', name: message.authorName, ...(row?.handle ? { handle: row.handle } : {}), ...(row?.url ? { url: row.url } : {}), ...(row?.picture ? { picture: row.picture } : {}) }
  }
}

async function teamOf(db: Db, lines: readonly Line[]): Promise<(message: Message) => Person> {
  const ids = idsOf(lines, (message) => message.memberId)
  const rows = ids.length === 0 ? [] : await db.select({ voice: voices, picture: media }).from(voices).leftJoin(media, eq(media.id, voices.pictureId)).where(and(mine(db, voices), inArray(voices.memberId, ids)))
  const known = new Map(rows.map((row) => [row.voice.memberId, row]))
  return (message) => {
    const row = known.get(message.memberId ?? '')
    return { id: message.memberId ?? '', name: message.authorName, ...(row?.picture ? { picture: mediaPath(row.picture) } : {}), ...(row?.voice.signOff ? { signOff: row.voice.signOff } : {}) }
  }
}
