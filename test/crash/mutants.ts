// The real worker with one protective step turned off at a time, by what it is given: shows that the harness would notice.
import { ChannelError, type Channel, type Publish } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { mayMove } from '#core/publications/states.ts'
import type { Around } from '#core/publications/ledger.ts'
import type { Publication } from '#core/publications/store.ts'
import type { Paper } from './paper.ts'
import { goneBack, sleepy, usual, type Chances } from './world.ts'

export interface Mutant {
  readonly name: string
  /** What befalls it. */
  readonly chances: Chances
  readonly channel: (channel: Channel) => Channel
  readonly book: (book: Paper) => Paper
  readonly keepsNoJournal?: true
  /** A start takes what was being sent for something that never left. */
  readonly forgetsItWasSending?: true
  /** Its clocks stood still while it slept. */
  readonly sleepsUnnoticed?: true
  /** Turning it off does no harm: the harness must stay quiet. */
  readonly harmless?: true
}
export const asIs: Mutant = { name: 'nothing', chances: usual, channel: (channel) => channel, book: (book) => book }

type Publishing = Publish<unknown, Json>
type Send = Publishing['send']
const publishing = (change: (publish: Publishing) => Partial<Publishing>) => (channel: Channel): Channel =>
  ({ ...channel, publish: { ...channel.publish!, ...change(channel.publish as Publishing) } }) as Channel
/** What was told as unknown is told as something else. */
const unknownAs = (trouble: ChannelError['trouble']) => publishing(({ send }): { send: Send } => ({
  send: async (...given) => await send(...given).catch((error: unknown) => { throw error instanceof ChannelError && error.trouble.kind === 'unknown' ? new ChannelError(trouble) : error }),
}))
const withBook = (change: (book: Paper) => Partial<Paper>) => (book: Paper): Paper => ({ ...book, ...change(book) })
/** Each intent is a line of its own, as for what had to be readied first. */
const oneByOne = (book: Paper): Pick<Paper, 'take'> => ({ take: (given) => book.take(given, () => undefined) })
interface Files { readonly files: readonly string[] }
const withFiles = (change: (files: readonly string[]) => readonly string[]) => publishing(({ prepare }) => ({
  prepare: (draft, account) => { const wire = prepare(draft, account) as unknown as Files; return { ...wire, files: [...change(wire.files)] } as unknown as Json },
}))
const off = (name: string, change: Partial<Mutant>): Mutant => ({ ...asIs, name, ...change })

export const mutants: readonly Mutant[] = [
  off('the intent of what goes at once is not written down', { book: withBook((book) => ({
    take: async (given, goes) => {
      const before = new Map(book.rows)
      const taken = await book.take(given, goes)
      for (const { row } of taken.intents) book.put({ ...before.get(row.id)!, state: 'claimed', version: row.version, leaseNo: row.leaseNo, leaseOwner: row.leaseOwner, leaseUntil: row.leaseUntil, wakeAt: row.wakeAt })
      return taken
    },
  })) }),
  off('the intent is not written down', { book: withBook((book) => ({
    ...oneByOne(book),
    intend: async (wanting, lease) => {
      const before = new Map(book.rows)
      const intents = await book.intend(wanting, lease)
      for (const { row } of intents) book.put(before.get(row.id)!)
      return intents
    },
  })) }),
  off('the intent is not journaled, and the database loses its last lines', { chances: goneBack, keepsNoJournal: true }),
  off('the lease is not fenced: whoever comes late writes over what came since', { chances: sleepy, book: withBook((book) => {
    const asItStands = (row: Publication): Publication => book.rows.get(row.id) ?? row
    return {
      intend: (wanting, lease) => book.intend(wanting.map((one) => ({ ...one, row: asItStands(one.row) })), lease),
      confirm: (all, at) => book.confirm(all.map((one) => ({ ...one, row: asItStands(one.row) })), at),
      rest: async (row, ending, at) => { const now = asItStands(row); return mayMove(now.state, ending.rest.to) ? await book.rest(now, ending, at) : undefined },
      freeze: (row, frozen, at) => book.freeze(asItStands(row), frozen, at),
      keepDraft: (row, draft) => book.keepDraft(asItStands(row), draft),
    }
  }) }),
  off('nobody looks at the clock before the first byte', { chances: sleepy, sleepsUnnoticed: true }),
  off('an unknown outcome is taken for "it never left"', { channel: unknownAs({ kind: 'unreached' }) }),
  off('an unknown outcome is taken for "no"', { channel: unknownAs({ kind: 'refused', because: 'no answer' }) }),
  off('what was being sent at a death is sent again', { forgetsItWasSending: true }),
  off('reading back is skipped: it is always absent', { channel: publishing((publish) => ('find' in publish ? { find: async () => 'absent' as const } : {})) }),
  off('reading back believes whatever it finds first', { channel: publishing((publish) => ('find' in publish ? { find: async () => ({ id: 't1' }) } : {})) }),
  off('confirmed before it is sent', { book: withBook((book) => ({
    ...oneByOne(book),
    intend: async (wanting, lease) => {
      const intents = await book.intend(wanting, lease)
      await book.confirm(intents.map(({ row }) => ({ row, receipt: { id: row.key } })), lease.now)
      return intents
    },
  })) }),
  off('a new key for each try', { channel: publishing(({ send }): { send: Send } => {
    let tries = 0
    return { send: (wire, account, ctx) => send({ ...wire as object, key: `${(wire as { key: string }).key}-${tries++}` }, account, ctx) }
  }) }),
  off('what was readied is not frozen', { book: withBook((book) => ({
    ...oneByOne(book),
    freeze: async (row, frozen) => ({ ...row, draft: frozen.draft, wire: frozen.wire, wireHash: frozen.hash, preparedAt: row.dueAt }),
    intend: async (wanting, lease) => (await book.intend(wanting, lease)).map((one) => {
      const own = wanting.find(({ row }) => row.id === one.row.id)!.row
      book.put({ ...one.row, preparedAt: null })
      return { ...one, row: { ...one.row, draft: own.draft, wire: own.wire, wireHash: own.wireHash, preparedAt: own.preparedAt } }
    }),
  })) }),
  off('a part does not wait for the one before', { book: withBook((book) => ({
    take: async (given, goes) => {
      for (const row of book.rows.values()) if (row.state === 'waiting') book.put({ ...row, state: 'scheduled', wakeAt: given.now })
      const out = (one: Around): Around => ({ ...one, facts: { ...one.facts, parentOut: true } })
      const taken = await book.take(given, (row, one) => goes(row, out(one)))
      return { ...taken, around: new Map([...taken.around].map(([id, one]) => [id, out(one)])) }
    },
  })) }),
  off('a picture is left out', { channel: withFiles((files) => files.slice(1)) }),
  off('a picture is attached twice', { channel: withFiles((files) => [...files, ...files.slice(0, 1)]) }),
  off('what a failed hand-over had moved is forgotten', { book: withBook((book) => ({
    keepDraft: async (row, draft) => { const kept = await book.keepDraft(row, draft); return kept && { ...kept, version: row.version } },
  })) }),
  off('a file that was handed over is not kept in mind, and is handed over again', { harmless: true, book: withBook(() => ({ keepDraft: async (row, draft) => ({ ...row, draft }) })) }),
]
