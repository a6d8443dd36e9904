import { z } from 'zod'
import { defineChannel, type Followed } from '#kit/channel.ts'
import { slug } from '#text/slug.ts'
import { mediaTypes, textLimit } from './convert.ts'
import { fediverseDelivery } from './deliver.ts'
import { publish } from './publish.ts'
import { routes } from './routes.ts'
import { sealOldKeys } from './sealed-keys.ts'
import { followerCount, followingOf, type Following } from './store.ts'
import { toolsOf } from './tools.ts'
import type { Wire } from './wire.ts'

/** The brand as an actor of its own, at `@handle@host`. */
export const fediverse = defineChannel<Record<string, never>, Wire, null>({
  id: 'fediverse', name: 'Fediverse',
  about: {
    en: 'Your site as an account of its own: people on Mastodon and other servers can follow it and answer.',
    el: 'Ο ιστότοπός σας ως δικός του λογαριασμός: όσοι είναι στο Mastodon και σε άλλους διακομιστές τον ακολουθούν και του απαντούν.',
  },
  native: { handle: (siteName) => handleOf(siteName) },
  settings: z.strictObject({}),
  verify: async (_settings, ctx) => {
    const account = await ctx.host.account('fediverse')
    return { id: account?.id ?? ctx.host.workspaceId, handle: account?.handle ?? handleOf((await ctx.host.site()).name) }
  },
  limits: () => ({ text: textLimit, warning: { counted: false }, media: { max: 4, types: mediaTypes, maxBytes: 8 * 1024 * 1024 }, answers: { pictures: true } }),
  publish,
  listen: { hears: ['replies', 'mentions', 'messages'] },
  circle: {
    follow: async (target, account, ctx) => {
      const { follow, deskIn } = await circle()
      return followed(await follow(await deskIn(ctx, account), target, ctx.now()))
    },
    unfollow: async (actor, account, ctx) => {
      const { unfollow, deskIn } = await circle()
      await unfollow(await deskIn(ctx, account), actor, ctx.now())
    },
    look: async (account, ctx) => toolsOf(ctx.host).database.read(account.workspaceId, async (db) => (
      { following: (await followingOf(db, account)).map(followed), followers: await followerCount(db, account) })),
  },
  routes,
  background: (hosts, log) => {
    const tools = toolsOf(hosts)
    const delivery = fediverseDelivery({ ...tools, log })
    sealOldKeys(tools).catch((error: unknown) => log('old keys could not be sealed', { error: String(error) }))
    delivery.start()
    return delivery
  },
})

/** A name other servers can carry: Latin letters, digits and underscores. */
const handleOf = (siteName: string): string => slug(siteName).replaceAll('-', '_').slice(0, 30).replace(/_+$/, '')

const circle = async () => ({ ...await import('./follow.ts'), ...await import('./house.ts') })
const followed = (one: Following): Followed => ({ id: one.actor, handle: one.handle, name: one.name, url: one.url, state: one.state })
