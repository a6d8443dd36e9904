import { Follow, Undo } from '@fedify/vocab'
import { Refusal } from '#kit/refusal.ts'
import { peerAt, type Peer } from './actors.ts'
import { ring } from './bell.ts'
import { followUri } from './hear-follows.ts'
import type { Desk } from './house.ts'
import { jsonOf } from './objects.ts'
import { askToFollow, followingActor, post, stopFollowing, type Following } from './store.ts'
import { WebFinger } from './wire.ts'

/** Asks somebody, by `@name@host` or address, whether we may follow them; safe to repeat. The answer comes to the inbox. */
export async function follow(desk: Desk, target: string, now: Date): Promise<Following> {
  const peer = await find(desk, target)
  const asked = await desk.database.write(desk.host.workspaceId, async (tx) => {
    const row = await askToFollow(tx, desk.account, { peer, at: now })
    if (row.state !== 'pending') return row
    const activity = followOf(desk, row)
    const body = await jsonOf(activity, desk.loaders.contexts)
    await post(tx, desk.account, { activity: activity.id!.href, keyId: desk.places.keyId, body, inboxes: [row.inbox], at: now })
    return row
  })
  ring(desk.database)
  return asked
}

/** No longer follows; also takes back a question that was not answered yet. */
export async function unfollow(desk: Desk, actor: string, now: Date): Promise<void> {
  await desk.database.write(desk.host.workspaceId, async (tx) => {
    const row = await followingActor(tx, desk.account, actor)
    if (!row) return
    const question = followOf(desk, row)
    const activity = new Undo({ id: new URL(`${question.id!.href}/undo`), actor: question.actorId, object: question, to: new URL(actor) })
    const body = await jsonOf(activity, desk.loaders.contexts)
    await stopFollowing(tx, desk.account, actor)
    await post(tx, desk.account, { activity: activity.id!.href, keyId: desk.places.keyId, body, inboxes: [row.inbox], at: now })
  })
  ring(desk.database)
}

const followOf = (desk: Desk, row: Following): Follow =>
  new Follow({ id: new URL(followUri(desk, row.id)), actor: new URL(desk.places.actor), object: new URL(row.actor), to: new URL(row.actor) })

async function find(desk: Desk, target: string): Promise<Peer> {
  const notFound = (reason: string, cause?: unknown) => new Refusal('actor_not_found', { params: { handle: target.slice(0, 200), reason }, field: 'target', cause })
  const uri = await addressOf(desk, target.trim()).catch((cause: unknown) => { throw notFound('the server did not answer', cause) })
  if (!uri) throw notFound('no such name there')
  if (uri.href === desk.places.actor) throw notFound('that is this account itself')
  return peerAt(uri, { ...desk, fresh: true }).catch((cause: unknown) => { throw notFound('no readable profile there', cause) })
}

/** A handle, or a page of somebody's, is asked of its own host by WebFinger; an address it does not know is taken as it is. */
async function addressOf({ fetch }: Desk, target: string): Promise<URL | undefined> {
  if (/^https?:\/\//i.test(target)) {
    if (!URL.canParse(target)) return undefined
    const page = new URL(target)
    return await askedFor(page.href, { at: page.origin, fetch }).catch(() => undefined) ?? page
  }
  const [, name, host] = /^@?([^\s@/]{1,200})@([^\s@/]{1,253})$/u.exec(target) ?? []
  if (name === undefined || host === undefined || !URL.canParse(`https://${host}/`)) return undefined
  const { origin, host: ascii } = new URL(`https://${host}/`)
  return askedFor(`acct:${name}@${ascii}`, { at: origin, fetch })
}

async function askedFor(resource: string, { at, fetch }: { readonly at: string; readonly fetch: Desk['fetch'] }): Promise<URL | undefined> {
  const question = new URL('/.well-known/webfinger', at)
  question.searchParams.set('resource', resource)
  const response = await fetch(question, { headers: { accept: 'application/jrd+json, application/json' } })
  if (!response.ok) { await response.body?.cancel(); return undefined }
  const found = WebFinger.safeParse(await response.json())
  const self = found.success ? found.data.links.find(({ rel, type, href }) => rel === 'self' && href && /activity\+json|ld\+json/.test(type ?? '')) : undefined
  return self?.href && URL.canParse(self.href) && /^https?:/.test(self.href) ? new URL(self.href) : undefined
}
