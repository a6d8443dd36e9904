import { and, eq } from 'drizzle-orm'
import { ChannelError, type Account, type Ctx, type Publish, type Ref } from '#kit/channel.ts'
import { mine, type Tx } from '#db/database.ts'
import { wireOf } from './convert.ts'
import { isUuid } from './fields.ts'
import { tellFollowers } from './follows.ts'
import { count, type TxWithin } from './say.ts'
import { noteChange } from './tellings.ts'
import { forumPosts as posts } from './tables.ts'
import { postById, topicById } from './topics.ts'
import type { ForumSettings, ForumWire } from './wire.ts'

const within = <T>(account: Account<ForumSettings>, ctx: Ctx, work: (open: TxWithin) => Promise<T>): Promise<T> =>
  ctx.host.within(account, (open) => work({ ...open, tx: open.tx as Tx }))
const own = (tx: Tx, id: string) => and(mine(tx, posts), eq(posts.id, id))

/** A member's answer stands in its topic under the publication's own key: sending it twice is sending it once. */
export const publish: Publish<ForumSettings, ForumWire> = {
  idempotency: 'keyed',
  kinds: ['reply'],
  prepare: (draft) => wireOf(draft),
  send: async (wire, account, ctx) => {
    const { origin } = await ctx.host.site()
    await within(account, ctx, async (open) => {
      const { tx } = open
      if (await postById(tx, wire.key)) return
      const under = isUuid(wire.under) ? await postById(tx, wire.under) : undefined
      const topic = under && await topicById(tx, under.topicId)
      if (!under || !topic) throw new ChannelError({ kind: 'refused', because: 'The topic is not there any more.' })
      const { id, name, picture, signOff } = wire.author
      const [post] = await tx.insert(posts).values({
        id: wire.key, topicId: topic.id, underId: under.id === topic.openerId ? null : under.id, memberId: id, authorName: name, picture: picture ?? null, signOff: signOff ?? null, markdown: wire.markdown, html: wire.html, lang: wire.lang, at: new Date(Math.max(Date.parse(wire.writtenAt), under.at.getTime() + 1)),
      }).returning()
      await count(tx, { topic, post: post! }, 1)
      await tellFollowers({ origin, host: ctx.host }, open, { topic, post: post! })
    })
    return { id: wire.key, url: `${origin}/forum/p/${wire.key}` }
  },
  revise: async (ref: Ref, wire, account, ctx) => {
    await within(account, ctx, async ({ tx }) => {
      const changed = await tx.update(posts).set({ markdown: wire.markdown, html: wire.html, lang: wire.lang, editedAt: ctx.now() }).where(own(tx, ref.id)).returning({ id: posts.id })
      for (const { id } of changed) await noteChange(tx, id)
    })
  },
  retract: async (ref: Ref, _wire, account, ctx) => {
    await within(account, ctx, async ({ tx }) => {
      const post = await postById(tx, ref.id)
      const topic = post && await topicById(tx, post.topicId)
      if (!post || !topic || post.state !== 'shown') return
      await tx.update(posts).set({ state: 'withdrawn', markdown: '', html: '' }).where(own(tx, ref.id))
      await count(tx, { topic, post }, -1)
    })
  },
}
