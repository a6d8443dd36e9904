import { Hono } from 'hono'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { allow, body, params, tells, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, type Db } from '#db/database.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { accountsOf, type AccountRow } from '../accounts/store.ts'
import type { House } from '../house.ts'
import { attachments } from '../media/store.ts'
import { personOf } from '../members/store.ts'
import { workspaceById } from '../workspaces/store.ts'
import { act, approvalOf } from './approval/store.ts'
import { tokenParam, Verdict } from './bodies.ts'
import { applyProposal } from './proposals.ts'
import { linkBehind, noteOpened, refuseUnlessOpen, spendLink, type ReviewLink } from './review-links.ts'
import { faceOn, shapeOn, type Part, type PostWords } from './rules.ts'
import { carries } from './stands.ts'
import { lockPost, postById, type Post } from './store.ts'

const limiter = (points: number) => {
  const tries = new RateLimiterMemory({ points, duration: 600 })
  return async (key: string): Promise<void> => {
    await tries.consume(key).catch((spent: { msBeforeNext?: number }) => { throw new Refusal('rate_limited', { params: { seconds: Math.ceil((spent.msBeforeNext ?? 60_000) / 1000) } }) })
  }
}

const isUnseen = (post: Post): boolean => post.state === 'draft' || post.proposal !== null
/** What is to be approved: a draft's own words, or those proposed for what is out. */
const wordsIn = (post: Post): PostWords => post.proposal?.words ?? post

async function partShown(db: Db, { text, media }: Part, lang: Post['lang']) {
  return { text, html: markdownToHtml(text, { lang }), media: (await attachments(db, media)).map(({ url, type, alt, width, height }) => ({ url, type, alt, width: width ?? null, height: height ?? null })) }
}
async function shownOn(db: Db, house: House, { row, post }: { readonly row: AccountRow; readonly post: Post }) {
  const channel = house.channels.find((one) => one.id === row.channel)
  if (!channel) return []
  const shape = shapeOn(faceOn(wordsIn(post), row.id), carries(channel))
  const parts = []
  for (const part of shape.parts) parts.push(await partShown(db, part, post.lang))
  return [{ accountId: row.id, channel: channel.id, channelName: channel.name, handle: row.handle, name: row.name, title: shape.title, parts, firstComment: shape.firstComment, warning: shape.warning }]
}

/** A post as it will stand on each account, for somebody who sees nothing else of the house. */
async function shown(db: Db, house: House, link: ReviewLink) {
  const post = await postById(db, link.postId)
  const words = wordsIn(post)
  const site = (await workspaceById(db, link.workspaceId))!
  const on = (await accountsOf(db)).filter((row) => words.accountIds.includes(row.id))
  const faces = []
  for (const row of on) faces.push(...await shownOn(db, house, { row, post }))
  const { state } = await approvalOf(db, post)
  return {
    site: { name: site.name, lang: site.lang, zone: site.zone }, forWhom: link.forWhom, expiresAt: link.expiresAt, version: post.version, state: post.state, isProposal: post.proposal !== null,
    open: isUnseen(post) && (state === 'asked' || state === 'half'), approval: state, author: (await personOf(db, post.authorId))?.name ?? '', lang: post.lang, title: words.title,
    dueAt: post.dueAt, labels: words.labels, card: words.card, note: post.proposal?.note ?? '', faces,
  }
}

/** For people without an account, by a link that shows one post and takes one decision. */
export const reviewRoutes = (house: House) => {
  const [look, decide] = [limiter(120), limiter(20)]
  const behind = async (token: string): Promise<ReviewLink> => {
    const link = await house.database.read(EVERY, (db) => linkBehind(db, house.hosts.secret('review links'), token))
    refuseUnlessOpen(link, house.now())
    return link
  }
  return new Hono<HouseEnv>()
    .get('/review/:token', allow('anyone'), tells('The post behind a review link, as it will stand on each account'), params(tokenParam), async (c) => {
      await look(c.get('ip'))
      const link = await behind(c.req.valid('param').token)
      if (link.openedAt === null) await house.database.write(link.workspaceId, (tx) => noteOpened(tx, link.id, house.now()))
      c.header('x-robots-tag', 'noindex')
      c.header('referrer-policy', 'no-referrer')
      return c.json(await house.database.read(link.workspaceId, (db) => shown(db, house, link)))
    })
    .post('/review/:token', allow('anyone'), tells('Say yes to the post behind a review link, or send it back; once'), params(tokenParam), body(Verdict), async (c) => {
      await decide(c.get('ip'))
      const link = await behind(c.req.valid('param').token)
      const { do: deed, name, note, version } = c.req.valid('json')
      return c.json(await house.database.write(link.workspaceId, async (tx) => {
        const post = await lockPost(tx, link.postId)
        // It may have run out while somebody else had the post.
        refuseUnlessOpen(link, house.now())
        if (post.version !== version) throw new Refusal('changed_meanwhile', { extra: { version: post.version } })
        if (!isUnseen(post)) throw new Refusal('wrong_state', { params: { state: post.state } })
        await spendLink(tx, link.id, house.now())
        const approval = await act(tx, { post, deed, actor: { linkId: link.id, name }, note, at: house.now() })
        await applyProposal(tx, house, post)
        return { done: deed, approval: approval.state }
      }))
    })
}
