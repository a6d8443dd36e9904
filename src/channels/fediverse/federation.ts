import { createFederation, LanguageString, type Federation } from '@fedify/fedify'
import { Endpoints, Organization, type CryptographicKey } from '@fedify/vocab'
import { momentIn } from '#kit/moment.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { paths, placesOf } from './addresses.ts'
import { PgCache } from './cache.ts'
import { keysOf } from './keys.ts'
import { loadersOf } from './loaders.ts'
import { createOf } from './objects.ts'
import { publicNote } from './standing.ts'
import { followerCount, followingOf } from './store.ts'
import type { Here, Tools } from './tools.ts'

const pageSize = 20

/** What we publish of ourselves: the actor, its collections and WebFinger. What comes in goes another way (inbox.ts). */
export function federationOf(tools: Tools): Federation<Here> {
  const cache = new PgCache(tools.database.pool)
  const loaders = loadersOf({ fetch: tools.fetch, cache })
  const federation = createFederation<Here>({ kv: cache, documentLoaderFactory: () => loaders.documents, contextLoaderFactory: () => loaders.contexts })
  const mine = (here: Here, identifier: string) => identifier === here.account.id

  federation.setActorDispatcher(paths.actor, async (ctx, identifier) => {
    if (!mine(ctx.data, identifier)) return null
    const [key] = await ctx.getActorKeyPairs(identifier)
    return actorOf(ctx.data, key?.cryptographicKey ?? null)
  })
    .setKeyPairsDispatcher(async (ctx, identifier) => (mine(ctx.data, identifier) ? [await keysOf(tools, ctx.data.account)] : []))
    .mapHandle((ctx, username) => (username.toLowerCase() === ctx.data.account.handle.toLowerCase() ? ctx.data.account.id : null))
    // The site's own address means its one account.
    .mapAlias((ctx, resource) => (resource.href === `${ctx.origin}/` ? { identifier: ctx.data.account.id } : null))

  // The inboxes are only named here.
  federation.setInboxListeners(paths.inbox, paths.sharedInbox)

  federation.setOutboxDispatcher(paths.outbox, async ({ data: { host, account } }, identifier, cursor) => {
    const before = momentIn(cursor ?? '')
    if (identifier !== account.id || cursor === null || (cursor !== '' && !before)) return null
    const page = await host.published(account.id, { limit: pageSize, ...(before ? { before: before.toISOString() } : {}) })
    const places = placesOf((await host.site()).origin, account.id)
    const notes = page.map(publicNote).filter((note) => note !== undefined)
    const last = page.at(-1)
    return { items: notes.map(({ wire, standing }) => createOf(wire, places, standing.editedAt)), nextCursor: page.length === pageSize && last ? last.publishedAt : null }
  })
    .setFirstCursor((_ctx, _identifier) => '')
    .setCounter(({ data: { host, account } }, identifier) => (identifier === account.id ? host.publishedCount(account.id) : null))

  // How many, but not who: that is the followers' own matter.
  const nobody = (ctx: { data: Here }, identifier: string) => (mine(ctx.data, identifier) ? { items: [] } : null)
  federation.setFollowersDispatcher(paths.followers, nobody)
    .setCounter(({ data: { host, account } }) => tools.database.read(host.workspaceId, (db) => followerCount(db, account)))
  federation.setFollowingDispatcher(paths.following, nobody)
    .setCounter(async ({ data: { host, account } }) => (await tools.database.read(host.workspaceId, (db) => followingOf(db, account))).filter(({ state }) => state === 'accepted').length)
  return federation
}

async function actorOf({ host, account }: Here, key: CryptographicKey | null): Promise<Organization> {
  const site = await host.site()
  const places = placesOf(site.origin, account.id)
  const summary = [site.tagline, site.about].filter((each) => each !== '').map((each) => markdownToHtml(each, { lang: site.lang })).join('\n')
  return new Organization({
    id: new URL(places.actor), preferredUsername: account.handle, name: site.name,
    ...(summary ? { summaries: [summary, new LanguageString(summary, site.lang)] } : {}),
    url: new URL(`${site.origin}/`), inbox: new URL(places.inbox), outbox: new URL(places.outbox),
    followers: new URL(places.followers), following: new URL(places.following),
    endpoints: new Endpoints({ sharedInbox: new URL(places.sharedInbox) }),
    publicKey: key, manuallyApprovesFollowers: false, discoverable: true,
  })
}

