import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { Person } from '#kit/channel.ts'
import type { Utterance } from '#kit/host.ts'
import { minePlanned, planned, type Db } from '#db/database.ts'
import { identities } from '../contacts/tables.ts'
import { mediaPath } from '../media/rules.ts'
import { media } from '../media/tables.ts'
import { voices } from '../members/tables.ts'
import { publications } from '../publications/tables.ts'
import { messages } from './tables.ts'

// A thread longer than this is cut at its end, so that one page never takes the house down.
const longest = 5_000

type Stranger = Pick<typeof identities.$inferSelect, 'remoteId' | 'handle' | 'url' | 'picture'>
interface Line {
  readonly message: Spoken; readonly state: string | null; readonly remoteId: string | null; readonly remoteUrl: string | null
  readonly stranger: Stranger | null; readonly signOff: string | null; readonly picture: { readonly id: string; readonly ending: string } | null
}
type Spoken = Pick<typeof messages.$inferSelect, keyof typeof spoken>
const spoken = {
  id: messages.id, direction: messages.direction, memberId: messages.memberId, authorName: messages.authorName, text: messages.text, html: messages.html, lang: messages.lang,
  saidAt: messages.saidAt, channel: messages.channel, remoteId: messages.remoteId, remoteUrl: messages.remoteUrl, parentId: messages.parentId, withdrawnAt: messages.withdrawnAt,
}
const stranger = { remoteId: identities.remoteId, handle: identities.handle, url: identities.url, picture: identities.picture }

const isGone = ({ message, state }: Pick<Line, 'message' | 'state'>): boolean => message.withdrawnAt !== null || state === 'gone'

/** All that may be read under a post, from every channel, oldest first. What was taken back stays, empty, where somebody answered it. */
export async function threadOf(db: Db, postId: string): Promise<Utterance[]> {
  const query = planned(db, 'the talk under a post', () => db.select({
    message: spoken, state: publications.state, remoteId: publications.remoteId, remoteUrl: publications.remoteUrl, stranger, signOff: voices.signOff, picture: { id: media.id, ending: media.ending },
  }).from(messages).leftJoin(publications, eq(publications.id, messages.publicationId))
    .leftJoin(identities, and(minePlanned(identities), eq(identities.contactId, messages.contactId), eq(identities.channel, messages.channel)))
    .leftJoin(voices, and(minePlanned(voices), eq(voices.memberId, messages.memberId))).leftJoin(media, eq(media.id, voices.pictureId))
    .where(and(minePlanned(messages), eq(messages.postId, sql.placeholder('post')), eq(messages.visibility, 'public'), eq(messages.moderation, 'shown'),
      or(eq(messages.direction, 'in'), and(eq(messages.direction, 'out'), inArray(publications.state, ['confirmed', 'gone']))),
    )).orderBy(asc(messages.heardAt), asc(messages.id)).limit(longest).prepare('stoa_talk'))
  const all: Line[] = await query.execute({ workspace: db.workspace, post: postId })
  // Somebody with two names on one channel would stand twice.
  const lines = [...new Map(all.map((line) => [line.message.id, line])).values()]
  const answered = new Set(lines.filter((line) => !isGone(line)).map(({ message }) => message.parentId))
  return lines.filter((line) => !isGone(line) || answered.has(line.message.id)).map(utteranceOf)
}

function authorOf({ message, stranger: who, signOff, picture }: Line): Person {
  if (message.direction === 'out') return { id: message.memberId ?? '', name: message.authorName, ...(picture ? { picture: mediaPath(picture) } : {}), ...(signOff ? { signOff } : {}) }
  return { id: who?.remoteId ?? '', name: message.authorName, ...(who?.handle ? { handle: who.handle } : {}), ...(who?.url ? { url: who.url } : {}), ...(who?.picture ? { picture: who.picture } : {}) }
}

function utteranceOf(line: Line): Utterance {
  const { message, state, remoteId, remoteUrl } = line
  const id = message.direction === 'in' ? message.remoteId : remoteId
  const url = message.direction === 'in' ? message.remoteUrl : remoteUrl
  const gone = isGone({ message, state })
  return {
    id: message.id, channel: message.channel, from: message.direction === 'in' ? 'visitor' : 'team', author: gone ? { id: '', name: '' } : authorOf(line),
    text: gone ? '' : message.text, html: gone ? null : message.html, lang: message.lang, at: message.saidAt.toISOString(), parentId: message.parentId,
    ref: id === null ? null : { channel: message.channel, id, ...(url ? { url } : {}) }, withdrawn: gone,
  }
}
