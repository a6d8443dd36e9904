import { and, eq, inArray } from 'drizzle-orm'
import type { Intent } from '#kit/events.ts'
import { isLang, type Both, type Lang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems, type ProblemCode } from '#kit/problems.ts'
import { isId, newId } from '#kit/id.ts'
import { Refusal } from '#kit/refusal.ts'
import { guessLang } from '#text/lang.ts'
import { fold } from '#text/fold.ts'
import { mine, type Tx } from '#db/database.ts'
import { accountsOf } from '../accounts/store.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { wrongIn } from '../imports/words.ts'
import { refuseUnknownCampaign } from '../posts/campaign.ts'
import { createPlanned, type Planned } from '../posts/store.ts'
import { formats, posts } from '../posts/tables.ts'
import { dueAt } from '../posts/wall-time.ts'
import './happenings.ts'
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
/** Asked once for each name: a file says the same few again and again. */
function once(find: (name: string) => string | undefined): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (name) => {
    if (!known.has(name)) known.set(name, find(name))
    return known.get(name)
  }
}
async function namesOf(tx: Tx): Promise<Names> {
  const accounts = (await accountsOf(tx)).filter((one) => one.state !== 'removed')
  const campaigns = await campaignLanes(tx)
  const same = (one: string, other: string): boolean => fold(one).trim() === fold(other).trim()
  return {
    account: once((name) => {
      const bare = name.replace(/^@/, '')
      const ways: ((one: (typeof accounts)[number]) => boolean)[] = [(one) => one.id === name || same(`${one.channel}:${one.handle}`, name), (one) => same(one.handle.replace(/^@/, ''), bare), (one) => same(one.channel, name), (one) => same(one.name, name)]
      const meant = ways.map((way) => accounts.filter(way)).find((found) => found.length > 0)
      return meant?.length === 1 ? meant[0]!.id : undefined
    }),
    campaign: once((name) => campaigns.find((one) => one.id === name || same(one.name, name))?.id),
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
  await refuseUnknownCampaign(tx, taking.campaignId)
  const names = await namesOf(tx)
  const read = taking.found.flatMap((one) => ('wrong' in one ? [] : [one]))
  const known = await knownKeys(tx, taking.source, read.map(({ key }) => key))
  const errors: LineError[] = taking.found.flatMap((one) => ('wrong' in one ? [errorOf(one)] : []))
  const items: (Taken['items'][number] & { readonly key?: string })[] = []
  const coming: Ready[] = []
  const tally = { made: 0, known: 0 }
  for (const item of read) {
    const line = { line: item.line, title: item.title || item.text.slice(0, 80), wallTime: item.wall, zone: item.zone }
    if (known.has(item.key)) { tally.known += 1; items.push({ ...line, postId: null, known: true }); continue }
    const ready = readied(item, taking, { names, now })
    if ('code' in ready) { errors.push(ready); continue }
    known.add(item.key)
    tally.made += 1
    coming.push(ready)
    items.push({ ...line, postId: null, known: false, key: item.key })
  }
  errors.sort((a, b) => a.line - b.line)
  const made = taking.dryRun ? undefined : await makeAll(tx, coming, { taking, now })
  const elsewhere = made ? tally.made - made.size : 0
  return {
    rows: taking.found.length, made: tally.made - elsewhere, known: tally.known + elsewhere, wrong: errors.length, errors: errors.slice(0, 200),
    items: items.slice(0, 100).map(({ key, ...item }) => ({ ...item, postId: made?.get(key ?? '') ?? null, known: item.known || (made !== undefined && !made.has(key ?? '')) })),
  }
}

// Half a sign is none: it is cut away with the rest.
const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '')

const atOnce = 1_000
/** The rows that are ours to take, by their keys: one that somebody else is taking at the same moment is waited for, and is then known. */
async function claimed(tx: Tx, keys: readonly string[], { source, now }: { readonly source: string; readonly now: Date }): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  // Always in the same order, so that two files that hold the same rows do not wait for each other crosswise.
  const sorted = keys.toSorted()
  for (let from = 0; from < sorted.length; from += atOnce) {
    const rows = sorted.slice(from, from + atOnce).map((key) => ({ source, key, postId: newId(now.getTime()), at: now }))
    for (const row of await tx.insert(takenItems).values(rows).onConflictDoNothing().returning({ key: takenItems.key, postId: takenItems.postId })) found.set(row.key, row.postId!)
  }
  return found
}

interface Making { readonly taking: Taking; readonly now: Date }
/** The posts that were made, by the keys of their rows. */
async function makeAll(tx: Tx, all: readonly Ready[], { taking, now }: Making): Promise<Map<string, string>> {
  const made = await claimed(tx, all.map(({ item }) => item.key), { source: taking.source, now })
  await createPlanned(tx, all.flatMap((one) => { const id = made.get(one.item.key); return id === undefined ? [] : [plannedFrom(one, { id, taking, now })] }))
  if (made.size > 0) await emit(tx, 'calendar.changed', { at: now, memberId: taking.memberId, data: { act: 'import', count: made.size } })
  return made
}

function plannedFrom({ item, at, accountIds, campaignId }: Ready, { id, taking, now }: Making & { readonly id: string }): Planned {
  const told = isLang(item.lang) ? item.lang : undefined
  const guessed = told === undefined ? guessLang(`${item.title} ${item.text}`) : undefined
  return {
    id, title: cut(item.title, 200), text: cut(item.text, 60_000), lang: told ?? (isLang(guessed) ? guessed : taking.lang), intent: item.intent ?? 'talk', format: formats.find((one) => one === item.format) ?? 'story',
    tags: item.tags.map((tag) => cut(tag, 60)).slice(0, 20), media: [], campaignId, accountIds, authorId: taking.memberId, at: now, wallTime: item.wall, zone: item.zone, dueAt: at,
  }
}
