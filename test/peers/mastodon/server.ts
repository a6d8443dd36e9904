import type { Peer } from '../peer.ts'
import { peer as snac } from '../snac/server.ts'

/** The client API of Mastodon, as snac2 speaks it. */
export const peer: Peer = { ...snac, name: 'mastodon', says: 'an account on a server that speaks the client API of Mastodon and keeps no keys: snac2', quick: false }
