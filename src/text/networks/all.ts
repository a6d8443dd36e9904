import type { NetworkFacts } from './facts.ts'
import * as large from './large.ts'
import * as open from './open.ts'

/** The rules of each network we know, by its id. */
export const networks: Readonly<Record<string, NetworkFacts>> = Object.fromEntries([...Object.values(open), ...Object.values(large)].map((facts) => [facts.id, facts]))

/** What is known of a network; undefined for places of our own and for those nobody has written down. */
export const factsOf = (id: string): NetworkFacts | undefined => (Object.hasOwn(networks, id) ? networks[id] : undefined)
