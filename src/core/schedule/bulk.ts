import type { Member } from '#kit/http.ts'
import { mayDo } from '#kit/rights.ts'
import type { Lang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import { emit } from '../events/store.ts'
import type { House } from '../house.ts'
import { refuseUnknownCampaign } from '../posts/campaign.ts'
import { createPost, lockPost, savePost, type Post } from '../posts/store.ts'
import { wordsOf } from '../posts/rules.ts'
import { dueAt, moveWall } from '../posts/wall-time.ts'
import './happenings.ts'
import { bringTo, standingOf, timeOf, type Standing, type Time } from './standing.ts'
import { keepUndo, laneOf, putInto, stored, takeAway, type Lane, type Step } from './undo.ts'

export interface Item { readonly id: string; readonly version: number }
/** Where things are moved: along the clock, to a time, or to a day on which each keeps its own hour. */
export type Move =
  | { readonly by: { readonly days?: number | undefined; readonly minutes?: number | undefined } }
  | { readonly to: { readonly wall: string; readonly zone?: string | undefined } }
  | { readonly to: { readonly day: string } }
export interface Moving { readonly move: Move; readonly which?: 'first' | 'second' | undefined; readonly zone: string; readonly now: Date }

/** The time something has after a move, or the refusal that offers both choices where the clocks have none or two of it. */
export function movedTime(time: Time | null, { move, which, zone, now }: Moving): Time {
  const place = ((): { wall: string; zone: string } => {
    if ('by' in move) { if (!time) throw new Refusal('no_time'); return { wall: moveWall(time.wall, move.by), zone: time.zone } }
    if ('wall' in move.to) return { wall: move.to.wall, zone: move.to.zone ?? time?.zone ?? zone }
    if (!time) throw new Refusal('no_time')
    return { wall: `${move.to.day}T${time.wall.slice(11)}`, zone: time.zone }
  })()
  return { ...place, at: dueAt({ ...place, which }, now) }
}

export interface Bulk { readonly member: Member; readonly lang: Lang; readonly items: readonly Item[]; readonly act: string }
export interface Done { readonly posts: readonly Post[]; readonly undo: { readonly token: string; readonly until: Date } }
type Did = { readonly post: Post | undefined; readonly step: Step }

function told(id: string, refusal: Refusal, lang: Lang) {
  const { code, title, detail } = problemBody(refusal, lang, '')
  return { id, code, title, detail, ...refusal.extra }
}

/** One act on many things: all of them, or none, and then each says why. */
async function onAll(tx: Tx, house: House, { bulk, one }: { readonly bulk: Bulk; readonly one: (post: Post) => Promise<Did> }): Promise<Done> {
  const did: Did[] = []
  const refused: ReturnType<typeof told>[] = []
  const items = [...new Map(bulk.items.map((item) => [item.id, item])).values()]
  // Always locked in the same order, so that two such acts wait for each other instead of standing in each other's way.
  for (const { id, version } of items.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    try {
      const post = await lockPost(tx, id)
      if (post.version !== version) throw new Refusal('changed_meanwhile', { extra: { version: post.version } })
      did.push(await one(post))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(told(id, error, bulk.lang))
    }
  }
  if (refused.length > 0) throw new Refusal('bulk_refused', { params: { count: refused.length, total: items.length }, extra: { items: refused } })
  const now = house.now()
  await emit(tx, 'calendar.changed', { at: now, memberId: bulk.member.id, data: { act: bulk.act, count: did.length } })
  const order = new Map(bulk.items.map(({ id }, place) => [id, place]))
  const undo = await keepUndo(tx, { memberId: bulk.member.id, steps: did.map(({ step }) => step), now })
  return { posts: did.toSorted((a, b) => (order.get(a.step.postId) ?? 0) - (order.get(b.step.postId) ?? 0)).flatMap(({ post }) => post ?? []), undo }
}

const bringing = (tx: Tx, house: House, { member, reasons, to }: { readonly member: Member; readonly reasons?: Readonly<Record<string, string>> | undefined; readonly to: (now: Standing, post: Post) => Promise<Standing> | Standing }) =>
  async (post: Post): Promise<Did> => {
    const now = await standingOf(tx, post)
    const saved = await bringTo(tx, house, { member, post, now, to: await to(now, post), reasons })
    return { post: saved, step: { did: 'changed', postId: post.id, version: saved.version, before: stored(now) } }
  }

export interface MoveAll extends Bulk { readonly moving: Moving; readonly reasons?: Readonly<Record<string, string>> | undefined; /** What they are meant for from now on. */ readonly lane?: Lane | undefined }
export async function moveAll(tx: Tx, house: House, given: MoveAll): Promise<Done> {
  const to = (now: Standing): Standing => ({ as: now.as, time: isStill(given.moving) ? now.time : movedTime(now.time, given.moving) })
  const { lane } = given
  if (!lane) return await onAll(tx, house, { bulk: given, one: bringing(tx, house, { ...given, to }) })
  await refuseUnknownCampaign(tx, lane.campaignId)
  return await onAll(tx, house, { bulk: given, one: async (post) => {
    const now = await standingOf(tx, post)
    if (now.as === 'scheduled' && !mayDo(given.member.role, 'publish')) throw new Refusal('not_allowed')
    const goal = to(now)
    const brought = goal.time?.at.getTime() === now.time?.at.getTime() ? post : await bringTo(tx, house, { ...given, post, now, to: goal })
    const saved = await putInto(tx, brought, { lane, at: house.now() })
    return { post: saved, step: { did: 'changed', postId: post.id, version: saved.version, before: stored(now), lane: laneOf(post) } }
  } })
}
const isStill = ({ move }: Moving): boolean => 'by' in move && !move.by.days && !move.by.minutes

export const pauseAll = async (tx: Tx, house: House, given: Bulk): Promise<Done> => await onAll(tx, house, { bulk: given, one: bringing(tx, house, { ...given, to: (now) => {
  if (now.as !== 'scheduled') throw new Refusal('wrong_state', { params: { state: now.as } })
  return { ...now, as: 'paused' }
} }) })

export const resumeAll = async (tx: Tx, house: House, given: Bulk): Promise<Done> => await onAll(tx, house, { bulk: given, one: bringing(tx, house, { ...given, to: (now) => {
  if (now.as !== 'paused') throw new Refusal('wrong_state', { params: { state: now.as } })
  return { ...now, as: 'scheduled' }
} }) })

export const unscheduleAll = async (tx: Tx, house: House, given: Bulk): Promise<Done> =>
  await onAll(tx, house, { bulk: given, one: bringing(tx, house, { ...given, to: () => ({ as: 'draft', time: null }) }) })

export interface SlotAll extends Bulk { readonly free: (post: Post) => Promise<Time>; readonly reasons?: Readonly<Record<string, string>> | undefined }
/** Each is scheduled into the slot it is given. */
export const slotAll = async (tx: Tx, house: House, given: SlotAll): Promise<Done> =>
  await onAll(tx, house, { bulk: given, one: bringing(tx, house, { ...given, to: async (_, post) => ({ as: 'scheduled', time: await given.free(post) }) }) })

export const deleteAll = async (tx: Tx, house: House, given: Bulk): Promise<Done> => await onAll(tx, house, { bulk: given, one: async (post) => {
  if (post.state !== 'draft' && post.state !== 'scheduled') throw new Refusal('wrong_state', { params: { state: post.state } })
  const now = await standingOf(tx, post)
  const draft = now.as === 'draft' ? post : await bringTo(tx, house, { member: given.member, post, now, to: { as: 'draft', time: now.time } })
  return { post: undefined, step: await takeAway(tx, draft, now) }
} })

export interface CopyAll extends Bulk { readonly moving: Moving | undefined }
/** The same words again, as drafts with a time of their own where one is given. What is out can be copied too. */
export const copyAll = async (tx: Tx, house: House, given: CopyAll): Promise<Done> => await onAll(tx, house, { bulk: given, one: async (post) => {
  const at = house.now()
  const time = given.moving && movedTime(timeOf(post), given.moving)
  const made = await createPost(tx, { ...wordsOf(post), authorId: given.member.id, at })
  const copy = time ? await savePost(tx, made.id, { seen: made.version, at, change: { wallTime: time.wall, zone: time.zone, dueAt: time.at } }) : made
  return { post: copy, step: { did: 'made', postId: copy.id, version: copy.version } }
} })
