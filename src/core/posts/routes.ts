import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { moment } from '#kit/moment.ts'
import { idParam } from '#kit/text.ts'
import { excerpt } from '#text/html/markdown.ts'
import type { House } from '../house.ts'
import { voicesOf } from '../members/store.ts'
import { publishingRoutes } from '../publications/routes.ts'
import { publicationsOf } from '../publications/store.ts'
import { shown } from '../publications/view.ts'
import { surroundings } from '../writing/store.ts'
import { approvalRoutes } from './approval/routes.ts'
import { approvalsOf } from './approval/store.ts'
import { Begin, List, Save } from './bodies.ts'
import { refuseUnknownCampaign } from './campaign.ts'
import { saveDraft, throwAway } from './drafts.ts'
import { outRoutes } from './out-routes.ts'
import { reviewRoutes } from './review-routes.ts'
import { createPost, listPosts, postById } from './store.ts'
import { talkRoutes } from './talk-routes.ts'
import { light, whole } from './view.ts'
import { warningsOf } from './warnings.ts'
import { readPost } from './writing.ts'

const draftRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/posts', allow('read'), tells('Posts, newest first'), query(List), async (c) => {
    const filter = c.req.valid('query')
    return c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const { items, next } = await listPosts(db, filter)
      const copies = await publicationsOf(db, items.map((one) => one.id))
      const approvals = await approvalsOf(db, items)
      return { next, items: items.map((one) => ({
        ...light(one), text: excerpt(one.text, 280), approval: approvals.get(one.id)!.state, publications: copies.filter((copied) => copied.postId === one.id).map(shown),
      })) }
    }))
  })
  .post('/posts', allow('write'), tells('Begin a post; with an id of one’s own, beginning twice is beginning once'), body(Begin), async (c) => {
    const member = memberOf(c)
    const input = c.req.valid('json')
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await refuseUnknownCampaign(tx, input.campaignId)
      return await whole(tx, house, await createPost(tx, { ...input, authorId: member.id, at: house.now() }))
    }), 201)
  })
  .get('/posts/:id', allow('read'), tells('One post, whole'), params(idParam), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => await whole(db, house, await postById(db, c.req.valid('param').id)))))
  .put('/posts/:id', allow('write'), tells('Save a draft; saving what stands already changes nothing'), params(idParam), body(Save), async (c) => {
    const { version, ...words } = c.req.valid('json')
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) =>
      await whole(tx, house, await saveDraft(tx, { id: c.req.valid('param').id, seen: version, words, memberId: member.id, at: house.now() }))))
  })
  .delete('/posts/:id', allow('write'), tells('Throw a draft away'), params(idParam), async (c) => {
    await house.database.write(memberOf(c).workspaceId, (tx) => throwAway(tx, c.req.valid('param').id))
    return c.json({ deleted: true })
  })

const lookRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/writing', allow('read'), tells('What the checks need to know around a text'), async (c) =>
    c.json(await house.database.read(memberOf(c).workspaceId, async (db) => ({
      ...await surroundings(db, house.now()), voices: (await voicesOf(db)).map(({ memberId, name, signOff }) => ({ memberId, name, signOff })),
    }))))
  .post('/posts/:id/review', allow('read'), tells('What the pillars say about each wording of a post'), params(idParam), async (c) =>
    c.json({ findings: await house.database.read(memberOf(c).workspaceId, async (db) => {
      const post = await postById(db, c.req.valid('param').id)
      return (await readPost(db, house, { post, at: post.dueAt ?? house.now(), now: house.now() })).findings
    }) }))
  .get('/posts/:id/warnings', allow('read'), tells('What deserves a second look if the post goes out at a time'), params(idParam), query(z.strictObject({ at: moment.optional() })), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, async (db) =>
      await warningsOf(db, house, { post: await postById(db, c.req.valid('param').id), at: c.req.valid('query').at ?? null, now: house.now() })) }))

export const postRoutes = (house: House) => new Hono<HouseEnv>().route('/', draftRoutes(house)).route('/', lookRoutes(house)).route('/', outRoutes(house))
  .route('/', approvalRoutes(house)).route('/', talkRoutes(house)).route('/', reviewRoutes(house)).route('/', publishingRoutes(house))

export type PostApi = ReturnType<typeof postRoutes>
