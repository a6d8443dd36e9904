import { and, eq, inArray } from 'drizzle-orm'
import type { Intent } from '#kit/events.ts'
import { isLang, type Both, type Lang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems, type ProblemCode } from '#kit/problems.ts'
import { isId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { guessLang } from '#text/lang.ts'
import { fold } from '#text/fold.ts'
import { mine, type Tx } from '#db/database.ts'
import { accountsOf } from '../accounts/store.ts'
import type { House } from '../house.ts'
import { wrongIn } from '../imports/words.ts'
import { createPost, savePost } from '../posts/store.ts'
import { formats, posts } from '../posts/tables.ts'
import { dueAt } from '../posts/wall-time.ts'
import { campaignLanes } from './store.ts'
import { takenItems } from './tables.ts'

/** One post to be, read from a file, or what is wrong with its line. */
export interface Item {
  readonly line: number; readonly key: string; readonly title: string; readonly text: string; readonly wall: string; readonly zone: string; readonly which?: 'first' | 'second'
  readonly tags: readonly string[]; readonly intent?: Intent; readonly lang?: string; readonly format?: string; readonly accounts?: readonly string[]; readonly campaign?: string
}
interface Wrong { readonly line: number; readonly wrong: string; readonly column?: string; readonly value?: string }
export type Found = Item | Wrong

export interface LineError { readonly line: number; readonly code: string; readonly column: string | null; readonly value: string | null; readonly says: Both; readonly choices?: unknown }
const own: Readonly<Record<string, Both>> = {
  cancelled: { en: 'This event was cancelled.', el: 'Αυτό το συμβάν έχει ακυρωθεί.' },
  'bad-intent': { en: 'Write give, ask or talk.', el: 'Γράψτε δίνω, ζητώ ή κουβέντα.' },
  'unknown-account': { en: 'There is not exactly one account with this name. Write channel:handle.', el: 'Δεν βρέθηκε ένας και μόνο λογαριασμός με αυτό το όνομα. Γράψτε κανάλι:όνομα.' },
  'unknown-campaign': { en: 'There is no campaign with this name.', el: 'Δεν υπάρχει εκστρατεία με αυτό το όνομα.' },
}
const isProblem = (code: string): code is ProblemCode => Object.hasOwn(problems, code)
function errorOf({ line, wrong, column, value }: Wrong): LineError {
  const says = own[wrong] ?? wrongIn(wrong) ?? (isProblem(wrong) ? problems[wrong].detail : problems.invalid_input.title)
  const fill = (text: string): string => text.replace(/\{reason\}/g, value ?? '')
  return { line, code: wrong, column: column ?? null, value: value ?? null, says: { en: fill(says.en), el: fill(says.el) } }
}
function refusedAs(item: Item, refusal: Refusal): LineError {
  const told = (lang: Lang): string => problemBody(refusal, lang, '').detail
  return { line: item.line, code: refusal.code, column: null, value: `${item.wall} ${item.zone}`, says: { en: told('en'), el: told('el') }, ...(refusal.extra?.['choices'] ? { choices: refusal.extra['choices'] } : {}) }
}

export interface Taking {
  readonly source: 'ical' | 'csv'; readonly found: readonly Found[]; readonly dryRun: boolean; readonly memberId: string
  readonly lang: Lang; readonly accountIds: readonly string[]; readonly campaignId: string | null
}
export interface Taken {
  readonly rows: number; readonly made: number; readonly known: number; readonly wrong: number
  readonly items: readonly { readonly line: number; readonly title: string; readonly wallTime: string; readonly zone: string; readonly postId: string | null; readonly known: boolean }[]
  readonly errors: readonly LineError[]
}

interface Names { readonly account: (name: string) => string | undefined; readonly campaign: (name: string) => string | undefined }
async function namesOf(tx: Tx): Promise<Names> {
  const accounts = (await accountsOf(tx)).filter((one) => one.state !== 'removed')
  const campaigns = await campaignLanes(tx)
  const same = (one: string, other: string): boolean => fold(one).trim() === fold(other).trim()
  return {
    account: (name) => {
      const bare = name.replace(/^@/, '')
      const ways: ((one: (typeof accounts)[number]) => boolean)[] = [(one) => one.id === name || same(`${one.channel}:${one.handle}`, name), (one) => same(one.handle.replace(/^@/, ''), bare), (one) => same(one.channel, name), (one) => same(one.name, name)]
      const meant = ways.map((way) => accounts.filter(way)).find((found) => found.length > 0)
      return meant?.length === 1 ? meant[0]!.id : undefined
    },
    campaign: (name) => campaigns.find((one) => one.id === name || same(one.name, name))?.id,
  }
}

async function knownKeys(tx: Tx, source: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await tx.select({ key: takenItems.key }).from(takenItems).where(and(mine(tx, takenItems), eq(takenItems.source, source), inArray(takenItems.key, [...keys])))
  // A row of our own export carries the id of its post.
  const ids = keys.filter(isId)
  const ours = ids.length === 0 ? [] : await tx.select({ id: posts.id }).from(posts).where(and(mine(tx, posts), inArray(posts.id, ids)))
  return new Set([...rows.map(({ key }) => key), ...ours.map(({ id }) => id)])
}

interface Ready { readonly item: Item; readonly at: Date; readonly accountIds: readonly string[]; readonly campaignId: string | null }
function readied(item: Item, taking: Taking, { names, now }: { readonly names: Names; readonly now: Date }): Ready | LineError {
  const accountIds: string[] = []
  for (const name of item.accounts ?? []) {
    const id = names.account(name)
    if (!id) return errorOf({ line: item.line, wrong: 'unknown-account', value: name.slice(0, 80) })
    accountIds.push(id)
  }
  const campaignId = item.campaign ? names.campaign(item.campaign) : taking.campaignId
  if (campaignId === undefined) return errorOf({ line: item.line, wrong: 'unknown-campaign', value: item.campaign?.slice(0, 80) ?? '' })
  try { return { item, at: dueAt(item, now), accountIds: accountIds.length > 0 ? [...new Set(accountIds)] : taking.accountIds, campaignId } } catch (error) {
    if (error instanceof Refusal) return refusedAs(item, error)
    throw error
  }
}

/** Takes what was read from a file into drafts with a time: each once, however often the file comes. A dry run writes nothing. */
export async function takeIn(tx: Tx, house: House, taking: Taking): Promise<Taken> {
  const now = house.now()
  const names = await namesOf(tx)
  const read = taking.found.flatMap((one) => ('wrong' in one ? [] : [one]))
  const known = await knownKeys(tx, taking.source, read.map(({ key }) => key))
  const errors: LineError[] = taking.found.flatMap((one) => ('wrong' in one ? [errorOf(one)] : []))
  const items: Taken['items'][number][] = []
  const tally = { made: 0, known: 0 }
  for (const item of read) {
    const line = { line: item.line, title: item.title || item.text.slice(0, 80), wallTime: item.wall, zone: item.zone }
    if (known.has(item.key)) { tally.known += 1; items.push({ ...line, postId: null, known: true }); continue }
    const ready = readied(item, taking, { names, now })
    if ('code' in ready) { errors.push(ready); continue }
    known.add(item.key)
    tally.made += 1
    items.push({ ...line, postId: taking.dryRun ? null : await make(tx, { ready, taking, now }), known: false })
  }
  errors.sort((a, b) => a.line - b.line)
  return { rows: taking.found.length, ...tally, wrong: errors.length, items: items.slice(0, 100), errors: errors.slice(0, 200) }
}

// Half a sign is none: it is cut away with the rest.
const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '')

async function make(tx: Tx, { ready, taking, now }: { readonly ready: Ready; readonly taking: Taking; readonly now: Date }): Promise<string> {
  const { item, at, accountIds, campaignId } = ready
  const told = isLang(item.lang) ? item.lang : undefined
  const guessed = guessLang(`${item.title} ${item.text}`)
  const post = await createPost(tx, {
    title: cut(item.title, 200), text: cut(item.text, 60_000), lang: told ?? (isLang(guessed) ? guessed : taking.lang), intent: item.intent ?? 'talk', format: formats.find((one) => one === item.format) ?? 'story',
    tags: item.tags.map((tag) => cut(tag, 60)).slice(0, 20), media: [], campaignId, accountIds, authorId: taking.memberId, at: now,
  })
  await savePost(tx, post.id, { seen: post.version, at: now, change: { wallTime: item.wall, zone: item.zone, dueAt: at } })
  await tx.insert(takenItems).values({ source: taking.source, key: item.key, postId: post.id, at: now })
  return post.id
}
