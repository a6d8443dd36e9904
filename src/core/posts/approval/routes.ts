import { Hono } from 'hono'
import { allow, body, memberOf, params, tells, type HouseEnv } from '#kit/http.ts'
import { idParam } from '#kit/text.ts'
import { Refusal } from '#kit/refusal.ts'
import { emit } from '../../events/store.ts'
import type { House } from '../../house.ts'
import { mayDo } from '#kit/rights.ts'
import { Approve, linkParams, NewLink, Policy } from '../bodies.ts'
import { changedMeanwhile } from '../drafts.ts'
import { policyOf, setPolicy } from '../policy.ts'
import { applyProposal } from '../proposals.ts'
import { linksOf, makeLink, revokeLink } from '../review-links.ts'
import { lockPost, postById } from '../store.ts'
import { light, view } from '../view.ts'
import { act, waitingForApproval } from './store.ts'

const policyRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/publishing-policy', allow('read'), tells('How this workspace lets things out'), async (c) => c.json(await house.database.read(memberOf(c).workspaceId, policyOf)))
  .put('/publishing-policy', allow('manage'), tells('Set how this workspace lets things out'), body(Policy), async (c) => {
    const member = memberOf(c)
    return c.json(await house.database.write(member.workspaceId, async (tx) => {
      const policy = await setPolicy(tx, c.req.valid('json'))
      await emit(tx, 'site.changed', { at: house.now(), memberId: member.id, data: { change: 'publishing' } })
      return policy
    }))
  })

const stepRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/approvals', allow('read'), tells('Posts that wait for somebody’s yes'), async (c) =>
    c.json({ items: (await house.database.read(memberOf(c).workspaceId, waitingForApproval)).map(({ post, approval }) => ({ ...light(post), approval })) }))
  .post('/posts/:id/approval', allow('write'), tells('Ask for a yes, give it, send the post back, or take the question back'), params(idParam), body(Approve), async (c) => {
    const member = memberOf(c)
    const { do: deed, note, version } = c.req.valid('json')
    if ((deed === 'approve' || deed === 'return') && !mayDo(member.role, 'publish')) throw new Refusal('not_allowed')
    return c.json(await view(house)(member, async (tx) => {
      const post = await lockPost(tx, c.req.valid('param').id)
      if (post.version !== version) throw changedMeanwhile(post)
      await act(tx, { post, deed, actor: { memberId: member.id, name: member.name }, note, at: house.now() })
      return await applyProposal(tx, house, post)
    }))
  })

const linkRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/posts/:id/review-links', allow('read'), tells('Links by which people without an account may look at this post'), params(idParam), async (c) =>
    c.json({ items: await house.database.read(memberOf(c).workspaceId, async (db) => await linksOf(db, (await postById(db, c.req.valid('param').id)).id, house.now())) }))
  .post('/posts/:id/review-links', allow('publish'), tells('Make such a link; its address is told once'), params(idParam), body(NewLink), async (c) => {
    const member = memberOf(c)
    const { link, token } = await house.database.write(member.workspaceId, async (tx) => {
      const post = await postById(tx, c.req.valid('param').id)
      if (post.state === 'withdrawn') throw new Refusal('wrong_state', { params: { state: post.state } })
      return await makeLink(tx, house.hosts.secret('review links'), { postId: post.id, madeBy: member.id, at: house.now(), ...c.req.valid('json') })
    })
    return c.json({ id: link.id, url: `${house.origin}/app/review/${token}`, token, forWhom: link.forWhom, expiresAt: link.expiresAt }, 201)
  })
  .delete('/posts/:id/review-links/:lid', allow('publish'), tells('Withdraw such a link'), params(linkParams), async (c) => {
    const { id, lid } = c.req.valid('param')
    await house.database.write(memberOf(c).workspaceId, (tx) => revokeLink(tx, { id: lid, postId: id, at: house.now() }))
    return c.json({ withdrawn: true })
  })

export const approvalRoutes = (house: House) => new Hono<HouseEnv>().route('/', policyRoutes(house)).route('/', stepRoutes(house)).route('/', linkRoutes(house))
