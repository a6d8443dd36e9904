import { z } from 'zod'
import { defineChannel, type Account, type Ctx, type Followed } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import { slug } from '#text/slug.ts'
import { mediaTypes, textLimit } from './convert.ts'
import { follow, unfollow } from './follow.ts'
import { deskOf } from './house.ts'
import { publish } from './publish.ts'
import { routes } from './routes.ts'
import { followerCount, followingOf, type Following } from './store.ts'
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
  limits: () => ({ text: textLimit, media: { max: 4, types: mediaTypes, maxBytes: 8 * 1024 * 1024 } }),
  publish,
  listen: { hears: ['replies', 'mentions'] },
  circle: {
    follow: async (target, account, ctx) => followed(await follow(await deskFor(account, ctx), target, ctx.now())),
    unfollow: async (actor, account, ctx) => unfollow(await deskFor(account, ctx), actor, ctx.now()),
    look: async (account, ctx) => (ctx.host.lend('database') as Database).read(account.workspaceId, async (db) => (
      { following: (await followingOf(db, account)).map(followed), followers: await followerCount(db, account) })),
  },
  routes,
})

/** A name other servers can carry: Latin letters, digits and underscores. */
const handleOf = (siteName: string): string => slug(siteName).replaceAll('-', '_').slice(0, 30).replace(/_+$/, '')

const deskFor = async (account: Account, ctx: Ctx) =>
  deskOf(ctx.host, account, { database: ctx.host.lend('database') as Database, fetch: ctx.fetch })
const followed = (one: Following): Followed => ({ id: one.actor, handle: one.handle, name: one.name, url: one.url, state: one.state })
