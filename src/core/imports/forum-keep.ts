import type { Account, Channel } from '#kit/channel.ts'
import { oldId, type Brought, type BroughtWord, type OldWord } from '#kit/old-words.ts'
import type { Db, Tx } from '#db/database.ts'
import { keepComments, knownComments, type PlacedComment } from './comments-keep.ts'
import type { Kept, Target } from './keep.ts'
import type { Row, RowError } from './rules.ts'

/** The forum that takes the words in, and where it stands. */
export interface Ground { readonly channel: Channel; readonly account: Account; readonly origin: string }
type OldRow = Row & { readonly old: OldWord }
const isOld = (row: Row): row is OldRow => row.old !== undefined
const of = (row: OldRow, workspace: string): string => oldId(workspace, row.old.system, `word ${row.old.id}`)

const placed = (row: OldRow, { account }: Ground, now: BroughtWord): PlacedComment => ({
  row: { ...row, id: now.id, authorId: now.personId, lang: now.lang, comment: { parent: now.opener === now.id ? '' : now.opener, html: now.html, held: false } },
  ground: { accountId: account.id, channel: account.channel, url: now.url, postId: null, pageless: true },
})

/** Words of an old forum stand in the forum and, as history nobody waits in, in the inbox: both or neither. */
export async function keepForum(tx: Tx, given: { readonly target: Target; readonly ground: Ground; readonly rows: readonly Row[] }): Promise<{ kept: Kept; errors: RowError[] }> {
  // The first word of a topic comes before what was said to it.
  const rows = given.rows.filter(isOld).toSorted((a, b) => a.at!.getTime() - b.at!.getTime())
  const { channel, account, origin } = given.ground
  const brought: readonly Brought[] = await channel.bringIn!(tx, account, { words: rows.map((row) => row.old), origin })
  const errors = rows.flatMap((row, place): RowError[] => (brought[place] === 'other' ? [{ line: row.line, code: 'other-forum', value: `${row.old.topic.title.slice(0, 60)} #${row.old.id}` }] : []))
  const fresh = rows.flatMap((row, place): PlacedComment[] => { const now = brought[place]; return now === undefined || now === 'other' || now.is === 'known' ? [] : [placed(row, given.ground, now)] })
  const { conversations } = fresh.length > 0 ? await keepComments(tx, given.target, fresh) : { conversations: 0 }
  return { kept: { made: fresh.length, known: rows.length - fresh.length - errors.length, conversations }, errors }
}

/** Those of these rows that are here already: for a look before anything is written. */
export async function knownWords(db: Db, ground: Ground, rows: readonly Row[]): Promise<Set<string>> {
  return await knownComments(db, rows.filter(isOld).map((row) => placed(row, ground, { id: of(row, db.workspace), opener: '', personId: '', html: '', lang: '', url: '', is: 'known' })))
}
export const wordIdOf = (row: Row, workspace: string): string => (isOld(row) ? of(row, workspace) : '')
