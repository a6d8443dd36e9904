import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { moment } from '#kit/moment.ts'
import { idParam, line, said, version } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '#db/database.ts'
import { excerpt } from '#text/html/markdown.ts'
import type { House } from '../house.ts'
import { voicesOf } from '../members/store.ts'
import { publicationsOf, settle, type Publication } from '../publications/store.ts'
import { whyOf } from '../publications/words.ts'
import { review } from '../writing/rules.ts'
import { surroundings } from '../writing/store.ts'
import { editPublished, publishPost, retractPost, unschedule, writingOf } from './publish.ts'
import { createPost, deletePost, listPosts, postById, savePost, type Post } from './store.ts'
import { formats } from './tables.ts'
import { dueAt } from './wall-time.ts'

const intents = ['give', 'ask', 'talk'] as const
const media = z.array(z.strictObject({ mediaId: z.uuid(), alt: line(1500) })).max(10)
const words = { title: line(200), text: line(60_000), media }
const PostBody = z.strictObject({
  ...words, lang: z.enum(['en', 'el']), intent: z.enum(intents), format: z.enum(formats), tags: z.array(said(60)).max(20),
  campaignId: z.uuid().nullable(), accountIds: z.array(z.uuid()).max(50),
})
const Save = PostBody.extend({ version })
const reasons = z.record(z.string().max(60), said(500)).default({})
const At = z.strictObject({ wall: z.string().max(19), zone: z.string().max(60), which: z.enum(['first', 'second']).optional() })
const Out = z.strictObject({ version, at: At.optional(), reasons })
const Changed = z.strictObject({ version, ...words, note: said(500), reasons })
const states = ['draft', 'scheduled', 'published', 'withdrawn'] as const
const List = z.strictObject({
  state: z.string().max(60).optional().transform((text) => text?.split(',').filter((one) => states.some((state) => state === one)) as (typeof states)[number][] | undefined),
  from: moment.optional(), to: moment.optional(), campaignId: z.uuid().optional(), intent: z.enum(intents).optional(), cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const copy = (one: Publication) => ({
  id: one.id, accountId: one.accountId, channel: one.channel, state: one.state, because: one.because, why: whyOf(one.because) ?? null, url: one.remoteUrl,
  attempts: one.attempts, dueAt: one.dueAt, confirmedAt: one.confirmedAt, pending: one.pending,
})
const shown = <P extends Post>({ reviewed: _, workspaceId: __, ...post }: P) => post
async function whole(db: Db, post: Post) {
  return { ...shown(post), publications: (await publicationsOf(db, [post.id])).map(copy) }
}

const draftRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/posts', allow('read'), tells('Posts, newest first'), query(List), async (c) => {
    const filter = c.req.valid('query')
    return c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const { items, next } = await listPosts(db, filter)
      const copies = await publicationsOf(db, items.map((one) => one.id))
      return { next, items: items.map((one) => ({ ...shown(one), text: excerpt(one.text, 280), publications: copies.filter((copied) => copied.postId === one.id).map(copy) })) }
    }))
  })
  .post('/posts', allow('write'), tells('Begin a post'), body(PostBody), async (c) => {
    const member = memberOf(c)
    const input = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) => await whole(tx, await createPost(tx, { ...input, authorId: member.id, at: house.now() }))), 201)
  })
  .get('/posts/:id', allow('read'), tells('One post, whole'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => await whole(db, await postById(db, c.req.valid('param').id)))))
  .put('/posts/:id', allow('write'), tells('Save a draft'), params(idParam), body(Save), async (c) => {
    const { version, ...input } = c.req.valid('json')
    return c.json(await house.database.write(memberOf(c).workspaceId, async (tx) => {
      const post = await postById(tx, c.req.valid('param').id)
      if (post.state !== 'draft') throw new Refusal('wrong_state', { params: { state: post.state } })
      return await whole(tx, await savePost(tx, post.id, { seen: version, change: input, at: house.now() }))
    }))
  })
  .delete('/posts/:id', allow('write'), tells('Throw a draft away'), params(idParam), async (c) => {
    await house.database.write(memberOf(c).workspaceId, async (tx) => {
      const post = await postById(tx, c.req.valid('param').id)
      if (post.state !== 'draft') throw new Refusal('wrong_state', { params: { state: post.state } })
      await deletePost(tx, post.id)
    })
    return c.json({ deleted: true })
  })
  .get('/writing', allow('read'), tells('What the checks need to know around a text'), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => ({
      ...await surroundings(db, house.now()), voices: (await voicesOf(db)).map(({ memberId, name, signOff }) => ({ memberId, name, signOff })),
    }))))
  .post('/posts/:id/review', allow('read'), tells('What the pillars say about a post'), params(idParam), async (c) =>
    c.json({ findings: await house.database.read(memberOf(c).workspaceId, async (db) => {
      const post = await postById(db, c.req.valid('param').id)
      const writing = await writingOf(db, post, { at: post.dueAt ?? house.now(), now: house.now() })
      return review(house.pillars, writing, writing)
    }) }))

const outRoutes = (house: House) => new Hono<HouseEnv>()
  .post('/posts/:id/publish', allow('publish'), tells('Publish now, or at a wall time in a zone'), params(idParam), body(Out), async (c) => {
    const member = memberOf(c)
    const { version, at, reasons: given } = c.req.valid('json')
    const now = house.now()
    const due = at ? dueAt(at, now) : now
    return c.json(await house.database.write(member.workspaceId, async (tx) =>
      await whole(tx, await publishPost(tx, house, { member, id: c.req.valid('param').id, version, dueAt: due, reasons: given, ...(at ? { wall: at } : {}) }))))
  })
  .post('/posts/:id/unschedule', allow('publish'), tells('Back to the drafts'), params(idParam), async (c) =>
    c.json(await house.database.write(memberOf(c).workspaceId, async (tx) => await whole(tx, await unschedule(tx, house, c.req.valid('param').id)))))
  .post('/posts/:id/edit', allow('publish'), tells('New words for a published post, with a public note'), params(idParam), body(Changed), async (c) => {
    const member = memberOf(c)
    const edit = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) => await whole(tx, await editPublished(tx, house, { member, id: c.req.valid('param').id, ...edit }))))
  })
  .post('/posts/:id/retract', allow('publish'), tells('Take a published post down'), params(idParam), body(z.strictObject({ note: said(500) })), async (c) =>
    c.json(await house.database.write(memberOf(c).workspaceId, async (tx) => await whole(tx, await retractPost(tx, house, { id: c.req.valid('param').id, note: c.req.valid('json').note })))))
  .post('/publications/:id/settle', allow('publish'), tells('Say what became of something whose outcome is unknown'), params(idParam),
    body(z.strictObject({ answer: z.enum(['there', 'send', 'drop']), url: z.url({ protocol: /^https?$/ }).max(2000).optional() })), async (c) =>
      c.json(await house.database.write(memberOf(c).workspaceId, async (tx) => {
        const row = await settle(tx, c.req.valid('param').id, { ...c.req.valid('json'), at: house.now() })
        if (!row) throw new Refusal('wrong_state', { params: { state: 'settled' } })
        if (row.state === 'scheduled') await house.jobs.send(tx, 'publish', { workspaceId: tx.workspace, id: row.id })
        return copy(row)
      })))

export const postRoutes = (house: House) => new Hono<HouseEnv>().route('/', draftRoutes(house)).route('/', outRoutes(house))

export type PostApi = ReturnType<typeof postRoutes>
