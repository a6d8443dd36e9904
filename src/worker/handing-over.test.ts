import { expect, test } from 'vitest'
import type { Ctx, Draft } from '#kit/channel.ts'
import type { Publication } from '#core/publications/store.ts'
import { timeFor } from '#net/uploads.ts'
import { leaseMs, sendTimeout, type Errand } from './errand.ts'
import { prepare } from './preparing.ts'

const now = new Date('2026-11-23T09:00:00Z')
const draft: Draft = {
  key: 'k', writtenAt: now.toISOString(), kind: 'post', lang: 'el', text: 'Πώς πλάθεται το ψωμί ζέας.', author: { id: 'm1', name: 'Ελένη' }, tags: [],
  media: [{ id: 'film', url: '/media/film', type: 'video/mp4', alt: 'Δύο χέρια πλάθουν ένα καρβέλι' }],
}

/** One film on its way: how long the worker keeps its row, and how long it waits for the network. */
async function handOver(bytes: number): Promise<{ readonly kept: readonly (Date | undefined)[]; readonly patience: number | undefined; readonly shown: unknown }> {
  const kept: (Date | undefined)[] = []
  let patience: number | undefined
  const row = { id: 'p1', key: 'k', channel: 'square', version: 1, draft } as Publication
  const row_ = await prepare({
    row, around: { parent: undefined }, account: {},
    channel: { limits: () => ({}), publish: { prepare: (given: Draft) => given.media[0]!.uploaded, upload: async () => ({ name: 'film on the network' }) } },
    desk: {
      house: { now: () => now }, fit: async () => ({ bytes: new Uint8Array(bytes), attachment: draft.media[0] }), ctx: (_: Publication, given?: number) => { patience = given; return {} as Ctx },
      ledger: {
        keepDraft: async (before: Publication, next: Draft, until?: Date) => { kept.push(until); return { ...before, draft: next, version: before.version + 1 } },
        freeze: async (before: Publication, { wire }: { readonly wire: unknown }) => ({ ...before, wire }),
      },
    },
  } as unknown as Errand, () => undefined)
  return { kept, patience, shown: row_.wire }
}

test('a film keeps its row for as long as its bytes may take, so that nobody else begins with it anew', async () => {
  const bytes = 50_000_000
  const { kept, patience, shown } = await handOver(bytes)
  expect(kept).toEqual([new Date(now.getTime() + leaseMs + timeFor(bytes)), undefined])
  expect(patience).toBe(sendTimeout + timeFor(bytes))
  expect(shown).toEqual({ name: 'film on the network' })
})
test('a picture is handed over within the time of every exchange', async () => {
  expect(await handOver(90_000)).toMatchObject({ kept: [undefined], patience: sendTimeout })
})
