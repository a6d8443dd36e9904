import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Account, Attachment, Ctx, Draft } from '#kit/channel.ts'
import { channelContract, type NetworkUnderTest } from '../../../test/contracts/channel.ts'
import { memoryChannel } from './index.ts'
import { fakeNetwork, networkFaults, type FakeNetwork, type IdempotencyClass } from './network.ts'

const classes = ['keyed', 'keyed-ttl', 'two-phase', 'content-refusal', 'read-back', 'blind'] as const satisfies readonly IdempotencyClass[]
const account: Account<Record<string, never>> = { id: 'a1', workspaceId: 'w1', channel: 'memory', handle: 'fournos', name: 'Φούρνος της Ελένης', settings: {} }
const post: Draft = {
  key: '0190-key-01', writtenAt: '2026-11-23T08:00:00Z', kind: 'post', text: 'Βγήκε το πρώτο ψωμί ζέας.', lang: 'el', media: [], tags: [],
  author: { id: 'm1', name: 'Μαρία' },
}
const picture: Attachment = { id: 'pic-1', url: '/media/pic-1.webp', type: 'image/png', alt: 'Ένα καρβέλι', width: 1, height: 1 }
const ctxOf = (network: FakeNetwork): Ctx => ({ fetch: network.fetch, now: network.now, signal: new AbortController().signal, log: () => undefined, host: undefined as never, renew: async (same) => same })

function underTest(network: FakeNetwork, staged = false): NetworkUnderTest {
  return {
    ctx: ctxOf(network),
    standing: async () => network.things().filter((thing) => thing.by === account.handle).map((thing) => ({ ...thing, under: thing.inReplyTo })),
    faults: Object.fromEntries([...networkFaults, ...(staged ? ['stale' as const] : [])].map((fault) => [fault, (skip?: number) => network.next(fault, skip)])),
    speak: async (text) => { network.speak(text) },
    close: async () => undefined,
  }
}

describe.each(classes)('a network of the class %s', (idempotency) => {
  describe.each(['whole', 'one-by-one'] as const)('that takes threads %s', (threads) => {
    channelContract(memoryChannel({ idempotency, threads, files: true }), {
      account, network: () => underTest(fakeNetwork({ seed: 7, idempotency }), idempotency === 'two-phase'),
      samples: { post, reply: { ...post, kind: 'reply', inReplyTo: { channel: 'memory', id: 'theirs-1' } }, picture },
    })
  })
})

describe('the fake network', () => {
  test('the same seed goes wrong at the same places', async () => {
    const story = async (seed: number) => {
      const network = fakeNetwork({ seed, idempotency: 'read-back', faultRate: 0.5 })
      const { publish } = memoryChannel({ idempotency: 'read-back' })
      const outcomes: string[] = []
      for (let n = 0; n < 40; n++) {
        const wire = publish!.prepare({ ...post, key: `k${n}`, text: `ψωμί ${n}` }, account)
        outcomes.push(await publish!.send(wire, account, ctxOf(network)).then(() => 'ok', (error: { trouble: { kind: string } }) => error.trouble.kind))
      }
      return outcomes
    }
    expect(await story(1)).toEqual(await story(1))
    expect(await story(1)).not.toEqual(await story(2))
    expect(new Set(await story(1))).toEqual(new Set(['ok', 'unknown', 'unreached', 'refused', 'expired', 'paced']))
  })
  test('a remembered key is forgotten after its hours, and a second thing appears', async () => {
    const network = fakeNetwork({ seed: 1, idempotency: 'keyed-ttl' })
    const { publish } = memoryChannel({ idempotency: 'keyed-ttl' })
    const wire = publish!.prepare(post, account)
    const first = await publish!.send(wire, account, ctxOf(network))
    network.passHours(0.9)
    expect(await publish!.send(wire, account, ctxOf(network))).toEqual(first)
    network.passHours(0.2)
    expect(await publish!.send(wire, account, ctxOf(network))).not.toEqual(first)
    expect(network.things()).toHaveLength(2)
  })
  test('what travels late arrives when it is let', async () => {
    const network = fakeNetwork({ seed: 1, idempotency: 'keyed' })
    const { publish } = memoryChannel({ idempotency: 'keyed' })
    const wire = publish!.prepare(post, account)
    network.next('late')
    await expect(publish!.send(wire, account, ctxOf(network))).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
    expect(network.things()).toHaveLength(0)
    await publish!.send(wire, account, ctxOf(network))
    network.arrive()
    expect(network.things()).toHaveLength(1)
  })
  test('its log outlives the process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoa-memory-'))
    const file = join(folder, 'network.jsonl')
    const { publish } = memoryChannel({ idempotency: 'keyed' })
    const wire = publish!.prepare(post, account)
    const receipt = await publish!.send(wire, account, ctxOf(fakeNetwork({ seed: 1, idempotency: 'keyed', file })))
    const reopened = fakeNetwork({ seed: 1, idempotency: 'keyed', file })
    expect(await publish!.send(wire, account, ctxOf(reopened))).toEqual(receipt)
    expect(reopened.things()).toHaveLength(1)
    rmSync(folder, { recursive: true })
  })
})
