import type { Account, Publish } from '#kit/channel.ts'
import { pathOf, slugOf, wireOf } from './convert.ts'
import type { PorchSettings, PorchWire } from './wire.ts'

const at = (account: Account<PorchSettings>, path: string): string => `${account.settings.origin ?? ''}${path}`

/**
 * The house keeps what stands here, and the pages are read from it: sending changes nothing of ours, so that doing it twice
 * is doing it once, and a new wording or a taking down is in force as soon as the house has it.
 */
export const publish: Publish<PorchSettings, PorchWire> = {
  idempotency: 'keyed',
  kinds: ['post', 'reply'],
  prepare: (draft) => wireOf(draft),
  address: (draft, account) => at(account, pathOf({ kind: draft.kind, slug: slugOf(draft), key: draft.key })),
  send: async (wire, account) => ({ id: wire.kind === 'reply' ? wire.key : wire.slug, url: at(account, pathOf(wire)) }),
  revise: async () => {},
  retract: async () => {},
}
