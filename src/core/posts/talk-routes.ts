import { Hono } from 'hono'
import { z } from 'zod'
import { allow, body, memberOf, params, query, tells, type HouseEnv } from '#kit/http.ts'
import { idParam } from '#kit/text.ts'
import { wordDiff } from '#text/diff.ts'
import type { House } from '../house.ts'
import { Comment, commentParams, Resolve, Seen, versionParams } from './bodies.ts'
import { comment, commentsOf, resolve } from './comments.ts'
import { restoreVersion } from './drafts.ts'
import { joined } from './rules.ts'
import { postById } from './store.ts'
import { versionAt, versionsOf } from './versions.ts'
import { view } from './view.ts'

const against = z.strictObject({ against: z.union([z.literal('now'), z.coerce.number().int().min(1).max(2_147_483_646)]).optional() })

const versionRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/posts/:id/versions', allow('read'), tells('The versions of a post, newest first'), params(idParam), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, async (db) => await versionsOf(db, (await postById(db, c.req.valid('param').id)).id)) }))
  .get('/posts/:id/versions/:n', allow('read'), tells('The words of a version; with `against`, what changed from it to another or to now'), params(versionParams), query(against), async (c) => {
    const { id, n } = c.req.valid('param')
    const { against: other } = c.req.valid('query')
    return c.json(await house.database.read(memberOf(c).workspaceId, async (db) => {
      const post = await postById(db, id)
      const version = await versionAt(db, id, n)
      if (other === undefined) return { ...version, diff: null }
      const then = other === 'now' ? post : (await versionAt(db, id, other)).words
      return { ...version, diff: { title: wordDiff(version.words.title, then.title), text: wordDiff(joined(version.words).text, joined(then).text) } }
    }))
  })
  .post('/posts/:id/versions/:n/restore', allow('write'), tells('Bring the words of a version back, as a new version'), params(versionParams), body(Seen), async (c) => {
    const member = memberOf(c)
    const { id, n } = c.req.valid('param')
    return c.json(await view(house)(member, (tx) => restoreVersion(tx, { id, n, seen: c.req.valid('json').version, memberId: member.id, at: house.now() })))
  })

const commentRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/posts/:id/comments', allow('read'), tells('What the team said about a post'), params(idParam), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, async (db) => await commentsOf(db, (await postById(db, c.req.valid('param').id)).id)) }))
  .post('/posts/:id/comments', allow('write'), tells('Say something to the team about a post; @ names a member'), params(idParam), body(Comment), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const post = await postById(tx, c.req.valid('param').id)
      const id = await comment(tx, { postId: post.id, memberId: member.id, at: house.now(), ...c.req.valid('json') })
      return { id, items: await commentsOf(tx, post.id) }
    }), 201)
  })
  .post('/posts/:id/comments/:cid/resolve', allow('write'), tells('Close a thread of comments, or open it again'), params(commentParams), body(Resolve), async (c) => {
    const member = memberOf(c)
    const { id, cid } = c.req.valid('param')
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      await resolve(tx, { postId: id, id: cid, resolved: c.req.valid('json').resolved, memberId: member.id, at: house.now() })
      return { items: await commentsOf(tx, id) }
    }))
  })

/** The past of a post and the talk about it. */
export const talkRoutes = (house: House) => new Hono<HouseEnv>().route('/', versionRoutes(house)).route('/', commentRoutes(house))
