import type { Publish } from '#kit/channel.ts'
import { wireOf } from './convert.ts'
import type { Wire } from './wire.ts'

export type Settings = Record<string, never>
export type Way = Required<Pick<Publish<Settings, Wire>, 'send' | 'revise' | 'retract'>>

// The vocabulary is large; a house that says nothing here does not load it.
const outgoing = () => import('./outgoing.ts')

export const publish: Publish<Settings, Wire> & Way = {
  idempotency: 'keyed',
  kinds: ['post', 'reply', 'message'], threads: 'one-by-one',
  prepare: wireOf,
  send: async (wire, account, ctx) => (await outgoing()).send(wire, account, ctx),
  revise: async (ref, wire, account, ctx) => (await outgoing()).revise(ref, wire, account, ctx),
  retract: async (ref, wire, account, ctx) => (await outgoing()).retract(ref, wire, account, ctx),
}
