import stoa from '../../../package.json' with { type: 'json' }
import type { Here } from './tools.ts'

const schema = 'http://nodeinfo.diaspora.software/ns/schema/2.1'
export const nodeInfoType = `application/json; profile="${schema}#"`

export const nodeInfoIndex = (origin: string) => ({ links: [{ rel: schema, href: `${origin}/nodeinfo/2.1` }] })

/** What software this is, and how much was said with it. The one user is the brand. */
export async function nodeInfo({ host, account }: Here) {
  return {
    version: '2.1', software: { name: 'stoa', version: stoa.version }, protocols: ['activitypub'], services: { inbound: [], outbound: [] },
    openRegistrations: false, usage: { users: { total: 1 }, localPosts: await host.publishedCount(account.id) }, metadata: {},
  }
}
