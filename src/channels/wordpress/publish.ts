import { ChannelError, type Account, type Ctx, type Publish, type Receipt, type Ref, type Upload } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { ask, isGone, saysIn } from './ask.ts'
import * as answers from './answers.ts'
import { contentOf, placeIn, refTo, wireOf } from './convert.ts'
import { stageMark } from './mark.ts'
import type { Settings } from './settings.ts'
import { tagsFor } from './tags.ts'
import { Anything, Comment, Media, MediaList, Post, Posts, type PostWire, type Wire } from './wire.ts'

type At = Account<Settings>
const gone = 'answered-gone'

export const publish: Publish<Settings, Wire> = {
  idempotency: 'two-phase', kinds: ['post', 'reply'],
  prepare: wireOf, upload,
  stage: (wire, account, ctx) => (wire.is === 'post' ? stage(wire, account, ctx) : answers.stage(wire, account, ctx)),
  send: (wire, account, ctx) => (wire.is === 'post' ? send(wire, account, ctx) : answers.send(wire, account, ctx)),
  find: (wire, account, ctx) => (wire.is === 'post' ? find(wire, account, ctx) : answers.find(wire, account, ctx)),
  revise, retract,
}

const receiptOf = ({ id, link }: { readonly id: number; readonly link: string }): Receipt => { const { id: name, url } = refTo('posts', id, link); return { id: name, ...(url ? { url } : {}) } }

function bodyOf(wire: PostWire, tags: readonly number[]) {
  if (wire.media.some(({ id }) => id === null)) throw new ChannelError({ kind: 'refused', because: 'file-missing' })
  const cover = wire.cover ? wire.media[0]?.id ?? 0 : 0
  return { title: wire.title, content: contentOf(wire), excerpt: wire.excerpt, tags, featured_media: cover }
}

/** A draft nobody sees, found again by our mark in its address when it is readied once more. */
async function stage(wire: PostWire, { settings }: At, ctx: Ctx): Promise<PostWire> {
  const mark = stageMark(wire.key)
  const body = { ...bodyOf(wire, await tagsFor(wire.tags, settings, ctx)), status: 'draft', slug: mark }
  const [before] = await ask(settings, { path: '/wp/v2/posts', query: { slug: mark, status: 'draft', context: 'edit' } }, { ctx, answer: Posts })
  const draft = await ask(settings, { method: 'POST', path: before ? `/wp/v2/posts/${before.id}` : '/wp/v2/posts', json: body }, { ctx, answer: Post })
  return { ...wire, staged: draft.id }
}

/** Lets the draft out by its id: done twice, it is still the one post. */
async function send(wire: PostWire, { settings }: At, ctx: Ctx): Promise<Receipt> {
  if (wire.staged === null) throw new ChannelError({ kind: 'stale' })
  const post = await ask(settings, { method: 'POST', path: `/wp/v2/posts/${wire.staged}`, json: { status: 'publish', slug: wire.slug } }, { ctx, answer: Post }).catch((error: unknown) => {
    // Somebody has thrown the draft away meanwhile: nothing stands there.
    throw isGone(error) ? new ChannelError({ kind: 'stale' }, error) : error
  })
  if (post.status !== 'publish') throw new ChannelError({ kind: 'refused', because: 'not-let-out' })
  return receiptOf(post)
}

const out = new Set(['publish', 'private', 'future'])
async function find(wire: PostWire, { settings }: At, ctx: Ctx): Promise<Receipt | 'absent' | 'unsure'> {
  if (wire.staged === null) return 'absent'
  const post = await ask(settings, { path: `/wp/v2/posts/${wire.staged}`, query: { context: 'edit' } }, { ctx, answer: Post }).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })
  if (!post || post.status === 'trash') return 'unsure'
  return out.has(post.status) ? receiptOf(post) : 'absent'
}

async function revise(ref: Ref, wire: Wire, { settings }: At, ctx: Ctx): Promise<void> {
  const at = placeIn(ref.id)
  if (!at) throw new ChannelError({ kind: 'refused', because: gone })
  const path = `/wp/v2/${at.in}/${at.id}`
  if (wire.is === 'answer') return void await ask(settings, { method: 'POST', path, json: { content: wire.html, author_user_agent: stageMark(wire.key) } }, { ctx, answer: Comment })
  const before = await ask(settings, { path, query: { context: 'edit' } }, { ctx, answer: Post })
  if (before.status === 'trash') throw new ChannelError({ kind: 'refused', because: gone })
  const media = kept(wire, before)
  for (const { id, alt } of media) if (id !== null) await ask(settings, { method: 'POST', path: `/wp/v2/media/${id}`, json: { alt_text: alt } }, { ctx, answer: Anything })
  await ask(settings, { method: 'POST', path, json: bodyOf({ ...wire, media }, await tagsFor(wire.tags, settings, ctx)) }, { ctx, answer: Post })
}

const figure = /<img[^>]*\bwp-image-(\d+)[^>]*\bsrc="([^"]+)"/g
/** What was uploaded for the first wording stays. */
function kept(wire: PostWire, before: Post): PostWire['media'] {
  const cover = wire.cover && before.featured_media > 0 ? [{ id: before.featured_media, url: null }] : []
  const stand = [...cover, ...Array.from((before.content.raw ?? before.content.rendered).matchAll(figure), ([, id, url]) => ({ id: Number(id), url: url!.replaceAll('&amp;', '&') }))]
  return wire.media.flatMap((one, n) => (one.id === null ? stand[n] ? [{ ...one, ...stand[n] }] : [] : [one]))
}

/** To the bin, from which a person can still take it; for good where the site has no bin. */
async function retract(ref: Ref, _wire: Wire, { settings }: At, ctx: Ctx): Promise<void> {
  const at = placeIn(ref.id)
  if (!at) return
  const away = (query: Readonly<Record<string, string>> = {}) => ask(settings, { method: 'DELETE', path: `/wp/v2/${at.in}/${at.id}`, query }, { ctx, answer: Anything })
  await away().catch(async (error: unknown) => {
    if (isGone(error)) return
    if (saysIn(error)?.status !== 501) throw error
    await away({ force: 'true' }).catch((last: unknown) => { if (!isGone(last)) throw last })
  })
}

/** The same file under the same mark is handed over once. */
async function upload({ attachment, bytes, key }: Upload, { settings }: At, ctx: Ctx): Promise<Json> {
  const mark = stageMark(key)
  const [before] = await ask(settings, { path: '/wp/v2/media', query: { slug: mark, context: 'edit' } }, { ctx, answer: MediaList })
  if (before) return { id: before.id, url: before.source_url }
  const form = new FormData()
  form.append('file', new Blob([bytes], { type: attachment.type }), `${mark}.${endings[attachment.type] ?? 'bin'}`)
  form.append('slug', mark)
  form.append('title', attachment.alt.slice(0, 100) || mark)
  form.append('alt_text', attachment.alt)
  const { id, source_url: url } = await ask(settings, { method: 'POST', path: '/wp/v2/media', form }, { ctx, answer: Media })
  return { id, url }
}
const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif' }
