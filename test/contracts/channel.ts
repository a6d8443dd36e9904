import { describe, expect, test } from 'vitest'
import { ChannelError, idempotencyOf, type Account, type Attachment, type Channel, type Ctx, type Draft, type Incoming, type Limits, type Publish, type Receipt, type Trouble } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { countText } from '#text/count.ts'

/** What can go wrong between us and a network. A fake network offers those it can make. */
export const faults = ['answer-lost', 'never-reached', 'refused', 'expired', 'paced', 'late', 'broken', 'stale'] as const
export type Fault = (typeof faults)[number]

const meant: Readonly<Record<Fault, Trouble['kind']>> = {
  'answer-lost': 'unknown', 'never-reached': 'unreached', refused: 'refused', expired: 'expired', paced: 'paced', late: 'unknown', broken: 'unknown', stale: 'stale',
}

/** `under`: the id of what it answers or continues; asked of channels with threads. */
export interface Stands { readonly id: string; readonly text: string; readonly under?: string | null }
/** One fresh network, and what its people see. */
export interface NetworkUnderTest {
  readonly ctx: Ctx
  /** What of ours stands there now. */
  standing(): Promise<readonly Stands[]>
  /** Makes the next exchange go wrong, or the one after `skip` others. A channel whose way out cannot fail so leaves the fault out. */
  readonly faults: Partial<Record<Fault, (skip?: number) => void>>
  /** Somebody outside says something to us; needed by channels that are listened to by `open`. */
  speak?(text: string): Promise<void>
  close(): Promise<void>
}
export interface ContractWorld<S> {
  readonly account: Account<S>
  readonly network: () => Promise<NetworkUnderTest> | NetworkUnderTest
  /** How many exchanges one send takes; each of them loses its answer once. */
  readonly exchanges?: number
  /** Drafts this channel takes; the suite adds length, keys and mistakes of its own. */
  readonly samples: { readonly post: Draft; readonly reply?: Draft; readonly picture?: Attachment }
}

/** The one suite every channel passes, always whole. */
export function channelContract<S, W extends Json, C extends Json>(channel: Channel<S, W, C>, world: ContractWorld<S>): void {
  const within = async (work: (network: NetworkUnderTest) => Promise<void>) => {
    const network = await world.network()
    try { await work(network) } finally { await network.close() }
  }
  describe(`the contract of ${channel.id}`, () => {
    describesItself(channel, world)
    const { publish } = channel
    if (publish) {
      prepares(channel, publish, world)
      sends(publish, world, within)
      if (publish.stage) stages(publish, world, within)
      if (publish.upload && world.samples.picture) uploads(publish, world, within)
      if (publish.threads) threads(publish, world, within)
      changes(publish, world, within)
      fails(publish, world, within)
    }
    if (channel.listen?.open) listens(channel, world, within)
  })
}

/** Made ready as the worker makes it ready: the bytes, and the invisible draft where the network has one. */
async function readied<S, W extends Json>(publish: Publish<S, W>, draft: Draft, { account, ctx }: { readonly account: Account<S>; readonly ctx: Ctx }): Promise<W> {
  const wire = publish.prepare(draft, account)
  return publish.stage ? await publish.stage(wire, account, ctx) : wire
}

type Within = (work: (network: NetworkUnderTest) => Promise<void>) => Promise<void>
const again = (draft: Draft, over: Partial<Draft>): Draft => ({ ...draft, ...over })
const fits = (text: string, limit: Limits['text']) => countText(text, limit) <= limit.max

function describesItself<S, W extends Json, C extends Json>(channel: Channel<S, W, C>, { account }: ContractWorld<S>): void {
  test('it names itself in both languages', () => {
    expect(channel.id).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(channel.name.trim()).not.toBe('')
    expect(channel.about.en.trim()).not.toBe('')
    expect(channel.about.el).toMatch(/\p{Script=Greek}/u)
  })
  test('its settings are read by its own schema', () => { expect(channel.settings.safeParse(account.settings).success).toBe(true) })
  test('its limits are data and the same each time', () => {
    expect(JSON.parse(JSON.stringify(channel.limits(account)))).toEqual(channel.limits(account))
    expect(channel.limits(account).text.max).toBeGreaterThan(0)
  })
}

function prepares<S, W extends Json, C extends Json>(channel: Channel<S, W, C>, publish: Publish<S, W>, { account, samples }: ContractWorld<S>): void {
  test('prepare gives the same JSON for the same draft', () => {
    for (const draft of [samples.post, ...(samples.reply ? [samples.reply] : [])]) {
      const wire = publish.prepare(draft, account)
      expect(publish.prepare(structuredClone(draft), account)).toEqual(wire)
      expect(JSON.parse(JSON.stringify(wire))).toEqual(wire)
    }
  })
  test('text at the limit is prepared; one more is refused by the limits alone', () => {
    const limit = channel.limits(account).text
    const full = 'ω'.repeat(Math.floor(limit.max / countText('ω', limit)))
    expect(fits(full, limit)).toBe(true)
    expect(fits(`${full}ω`, limit)).toBe(false)
    expect(() => publish.prepare(again(samples.post, { text: full }), account)).not.toThrow()
  })
  test('no text leaves without a named human', () => {
    for (const name of ['', '   ', '\u200b']) {
      expect(() => publish.prepare(again(samples.post, { author: { id: samples.post.author.id, name } }), account)).toThrow()
    }
    const { author: _, ...unsigned } = samples.post
    expect(() => publish.prepare(unsigned as Draft, account)).toThrow()
  })
}

function sends<S, W extends Json>(publish: Publish<S, W>, { account, samples, exchanges = 1 }: ContractWorld<S>, within: Within): void {
  const numbered = (n: number) => again(samples.post, { key: `${samples.post.key.slice(0, -2)}${String(n).padStart(2, '0')}` })
  test('what is sent stands once, under the id of its receipt', () => within(async ({ ctx, standing }) => {
    const receipt = await publish.send(await readied(publish, samples.post, { account, ctx }), account, ctx)
    expect((await standing()).map(({ id }) => id)).toEqual([receipt.id])
    expect(await standing()).toEqual([expect.objectContaining({ text: expect.stringContaining(samples.post.text) })])
  }))
  test('two different posts are two things', () => within(async ({ ctx, standing }) => {
    const first = await publish.send(await readied(publish, numbered(1), { account, ctx }), account, ctx)
    const second = await publish.send(await readied(publish, again(numbered(2), { text: `${samples.post.text} (2)` }), { account, ctx }), account, ctx)
    expect(first.id).not.toBe(second.id)
    expect(await standing()).toHaveLength(2)
  }))
  if (['keyed', 'keyed-ttl', 'two-phase'].includes(idempotencyOf(publish, account))) {
    test('the same thing twice in a row is one thing', () => within(async ({ ctx, standing }) => {
      const wire = await readied(publish, samples.post, { account, ctx })
      expect(await publish.send(structuredClone(wire), account, ctx)).toEqual(await publish.send(wire, account, ctx))
      expect(await standing()).toHaveLength(1)
    }))
  }
  for (let skip = 0; skip < exchanges; skip++) {
    test(`the answer to exchange ${skip + 1} was lost: settled as ${publish.idempotency} promises`, () => within(async (network) => {
      const wire = await readied(publish, samples.post, { account, ctx: network.ctx })
      if ('find' in publish) expect(await publish.find(wire, account, network.ctx)).toMatch(/absent|unsure/)
      await loseTheAnswer(publish, { wire, account, network, skip })
      expect(await network.standing()).toHaveLength(skip === exchanges - 1 ? 1 : 0)
      const receipt = await settle(publish, { wire, account, network, skip })
      const stands = await network.standing()
      expect(stands).toHaveLength(1)
      if (receipt) expect(receipt.id).toBe(stands[0]!.id)
    }))
  }
}

interface Sending<S, W> { readonly wire: W; readonly account: Account<S>; readonly network: NetworkUnderTest; readonly skip: number }

async function loseTheAnswer<S, W>(publish: Publish<S, W>, { wire, account, network, skip }: Sending<S, W>): Promise<void> {
  const lose = network.faults['answer-lost']
  if (!lose) return void await publish.send(wire, account, network.ctx)
  lose(skip)
  await expect(publish.send(wire, account, network.ctx)).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
}

/** What the worker may do next, by class; nothing of it may make a second thing. */
async function settle<S, W>(publish: Publish<S, W>, { wire, account, network }: Sending<S, W>): Promise<Receipt | undefined> {
  const find = 'find' in publish ? publish.find.bind(publish) : undefined
  switch (idempotencyOf(publish, account)) {
    case 'keyed': case 'keyed-ttl': case 'two-phase': {
      const twice = [await publish.send(wire, account, network.ctx), await publish.send(wire, account, network.ctx)]
      expect(twice[0]).toEqual(twice[1])
      return twice[0]
    }
    case 'content-refusal':
      await expect(publish.send(wire, account, network.ctx)).rejects.toMatchObject({ trouble: { kind: 'refused' } })
      return found(find!(wire, account, network.ctx))
    case 'read-back': return found(find!(wire, account, network.ctx))
    case 'blind': return undefined
  }
}

async function found(looking: Promise<Receipt | 'absent' | 'unsure'>): Promise<Receipt> {
  const result = await looking
  if (typeof result === 'string') throw new Error(`It stands there, but find says ${result}.`)
  return result
}

function stages<S, W extends Json>(publish: Publish<S, W>, { account, samples }: ContractWorld<S>, within: Within): void {
  test('what is readied shows nowhere, however often, and is then sent as one thing', () => within(async ({ ctx, standing }) => {
    let wire = publish.prepare(samples.post, account)
    for (let time = 0; time < 3; time++) {
      wire = await publish.stage!(wire, account, ctx)
      expect(JSON.parse(JSON.stringify(wire))).toEqual(wire)
    }
    expect(await standing()).toEqual([])
    if ('find' in publish) expect(await publish.find(wire, account, ctx)).toMatch(/absent|unsure/)
    const receipt = await publish.send(wire, account, ctx)
    expect((await standing()).map(({ id }) => id)).toEqual([receipt.id])
  }))
  test('what grew stale wrote nothing, and goes out once it is readied afresh', () => within(async (network) => {
    if (!network.faults.stale) return
    const wire = await readied(publish, samples.post, { account, ctx: network.ctx })
    network.faults.stale()
    await expect(publish.send(wire, account, network.ctx)).rejects.toMatchObject({ trouble: { kind: 'stale' } })
    expect(await network.standing()).toEqual([])
    await publish.send(await publish.stage!(wire, account, network.ctx), account, network.ctx)
    expect(await network.standing()).toHaveLength(1)
  }))
}

function uploads<S, W extends Json>(publish: Publish<S, W>, { account, samples }: ContractWorld<S>, within: Within): void {
  test('a file is handed over unseen, may be handed over again, and its name is what the text shows', () => within(async ({ ctx, standing }) => {
    const picture = samples.picture!
    const file = { attachment: picture, bytes: Uint8Array.from(Buffer.from(smallestPng, 'base64')), key: `${samples.post.key}-${picture.id}` }
    const names = [await publish.upload!(file, account, ctx), await publish.upload!(file, account, ctx)]
    expect(JSON.parse(JSON.stringify(names))).toEqual(names)
    expect(await standing()).toEqual([])
    const draft = again(samples.post, { media: [{ ...picture, uploaded: names[1]! }] })
    await publish.send(await readied(publish, draft, { account, ctx }), account, ctx)
    expect(await standing()).toHaveLength(1)
  }))
}
// One red pixel.
const smallestPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

function threads<S, W extends Json>(publish: Publish<S, W>, { account, samples }: ContractWorld<S>, within: Within): void {
  const { inReplyTo: _, ...bare } = samples.post
  const parts = [1, 2].map((n): Draft => ({ ...bare, key: `${samples.post.key.slice(0, -2)}7${n}`, text: `${samples.post.text} (${n + 1}/3)`, media: [] }))
  const inOrder = async (standing: NetworkUnderTest['standing'], ids: readonly string[]) => {
    const stands = await standing()
    expect(stands).toHaveLength(3)
    for (const [n, id] of ids.entries()) {
      const one = stands.find((each) => each.id === id)
      expect(one?.text).toContain(n === 0 ? samples.post.text : `(${n + 1}/3)`)
      if (n > 0 && one?.under !== undefined) expect(one.under).toBe(ids[n - 1])
    }
  }
  if (publish.threads === 'whole') {
    test('a thread goes out whole, each part under the one before, with the ids of all', () => within(async ({ ctx, standing }) => {
      const receipt = await publish.send(await readied(publish, again(samples.post, { more: parts }), { account, ctx }), account, ctx)
      expect(receipt.more).toHaveLength(2)
      await inOrder(standing, [receipt.id, ...receipt.more!.map(({ id }) => id)])
    }))
  } else {
    test('a part of a thread stands under the one whose id it is given', () => within(async ({ ctx, standing }) => {
      const ids: string[] = []
      for (const draft of [samples.post, ...parts]) {
        const [root, parent] = [ids[0], ids.at(-1)]
        const placed = parent ? { ...draft, inReplyTo: { channel: account.channel, id: parent, author: draft.author, root: { channel: account.channel, id: root! } } } : draft
        ids.push((await publish.send(await readied(publish, placed, { account, ctx }), account, ctx)).id)
      }
      expect(new Set(ids).size).toBe(3)
      await inOrder(standing, ids)
    }))
  }
}

function changes<S, W extends Json>(publish: Publish<S, W>, { account, samples }: ContractWorld<S>, within: Within): void {
  const { revise, retract, stands } = publish
  const standsOnce = async (network: NetworkUnderTest) => {
    const receipt = await publish.send(await readied(publish, samples.post, { account, ctx: network.ctx }), account, network.ctx)
    return { channel: account.channel, ...receipt }
  }
  if (revise) {
    test('a new wording takes the place of the old one, however often it is sent', () => within(async (network) => {
      const ref = await standsOnce(network)
      const wire = publish.prepare(again(samples.post, { text: 'Κλειστά την Κυριακή. Closed on Sunday.' }), account)
      for (let time = 0; time < 3; time++) await revise.call(publish, ref, wire, account, network.ctx)
      const stands = await network.standing()
      expect(stands.map(({ id }) => id)).toEqual([ref.id])
      expect(stands[0]!.text).toContain('Κλειστά την Κυριακή')
    }))
  }
  if (stands) {
    test('what stands is told as there, under a new wording too, and as absent once it is gone', () => within(async (network) => {
      const { ctx } = network
      const ref = await standsOnce(network)
      expect(await stands.call(publish, ref, account, ctx)).toBe('there')
      await revise?.call(publish, ref, publish.prepare(again(samples.post, { text: 'Κλειστά την Κυριακή.' }), account), account, ctx)
      expect(await stands.call(publish, ref, account, ctx)).toBe('there')
      await retract?.call(publish, ref, publish.prepare(samples.post, account), account, ctx)
      expect(await stands.call(publish, ref, account, ctx)).toBe(retract ? 'absent' : 'there')
    }))
    test('where it cannot be looked, nothing is said to be gone', () => within(async (network) => {
      const ref = await standsOnce(network)
      for (const fault of ['never-reached', 'broken', 'paced'] as const) {
        if (!network.faults[fault]) continue
        network.faults[fault]()
        expect(await stands.call(publish, ref, account, network.ctx).catch((error: unknown) => error), fault).not.toBe('absent')
      }
    }))
  }
  if (retract) {
    test('what is taken down is gone, and taking it down again is no mistake', () => within(async (network) => {
      const ref = await standsOnce(network)
      for (let time = 0; time < 3; time++) await retract.call(publish, ref, publish.prepare(samples.post, account), account, network.ctx)
      expect(await network.standing()).toEqual([])
    }))
  }
}

function fails<S, W extends Json>(publish: Publish<S, W>, { account, samples }: ContractWorld<S>, within: Within): void {
  test('every failure its network can make is a trouble the worker knows', () => within(async (network) => {
    let n = 10
    for (const fault of faults) {
      const make = network.faults[fault]
      if (!make) continue
      const wire = await readied(publish, again(samples.post, { key: `${samples.post.key.slice(0, -2)}${n++}`, text: `${samples.post.text} ${n}` }), { account, ctx: network.ctx })
      make()
      const error = await publish.send(wire, account, network.ctx).then(() => undefined, (thrown: unknown) => thrown)
      expect(error, fault).toBeInstanceOf(ChannelError)
      const { trouble } = error as ChannelError
      expect(trouble.kind, fault).toBe(meant[fault])
      if (trouble.kind === 'paced') expect(trouble.retryAt.getTime()).toBeGreaterThan(network.ctx.now().getTime())
      if (trouble.kind === 'refused') expect(trouble.because).not.toBe('')
    }
  }))
}

function listens<S, W extends Json, C extends Json>(channel: Channel<S, W, C>, { account, samples }: ContractWorld<S>, within: Within): void {
  const hear = async (ctx: Ctx, cursor: C | undefined, batches = Infinity): Promise<{ items: Incoming[]; cursor: C | undefined }> => {
    const items: Incoming[] = []
    let place = cursor
    let read = 0
    for await (const batch of channel.listen!.open!(account, cursor, ctx)) {
      items.push(...batch.items)
      place = JSON.parse(JSON.stringify(batch.cursor)) as C
      if (++read >= batches) break
    }
    return { items, cursor: place }
  }
  test('what others say is heard once, in order, with ids that hold', () => within(async (network) => {
    for (const text of ['Έχετε ψωμί ζέας;', 'Do you ship?', 'Ευχαριστώ!']) await network.speak!(text)
    const { items } = await hear(network.ctx, undefined)
    expect(items.map((item) => ('text' in item ? item.text : ''))).toEqual(['Έχετε ψωμί ζέας;', 'Do you ship?', 'Ευχαριστώ!'])
    expect(new Set(items.map((item) => item.ref.id)).size).toBe(3)
    expect(items.every((item) => item.ref.channel === channel.id)).toBe(true)
    expect((await hear(network.ctx, undefined)).items.map((item) => item.ref.id)).toEqual(items.map((item) => item.ref.id))
  }))
  test('from a stored cursor nothing is missed and nothing comes back, wherever it was cut', () => within(async (network) => {
    const said = Array.from({ length: 7 }, (_, n) => `μήνυμα ${n}`)
    for (const text of said) await network.speak!(text)
    const heard: string[] = []
    let cursor = undefined as C | undefined
    for (let round = 0; round < 20 && heard.length < said.length; round++) {
      const part = await hear(network.ctx, cursor, 1)
      heard.push(...part.items.map((item) => ('text' in item ? item.text : '')))
      cursor = part.cursor
    }
    expect(heard).toEqual(said)
    await network.speak!('ακόμη ένα')
    expect((await hear(network.ctx, cursor)).items).toHaveLength(1)
  }))
  const { publish } = channel
  if (publish) {
    test('what we say ourselves is not heard as incoming', () => within(async (network) => {
      const receipt = await publish.send(await readied(publish, samples.post, { account, ctx: network.ctx }), account, network.ctx)
      await network.speak!('Καλημέρα')
      const { items } = await hear(network.ctx, undefined)
      expect(items.map((item) => item.ref.id)).not.toContain(receipt.id)
      expect(items).toHaveLength(1)
    }))
    test('what is heard can be answered by its own id', () => within(async (network) => {
      if (!publish.kinds.includes('reply')) return
      await network.speak!('Έχετε ψωμί ζέας;')
      const [item] = (await hear(network.ctx, undefined)).items
      const answer: Draft = { ...samples.post, kind: 'reply', inReplyTo: { ...item!.ref, author: item!.author } }
      expect(JSON.stringify(publish.prepare(answer, account))).toContain(item!.ref.id)
      expect((await publish.send(await readied(publish, answer, { account, ctx: network.ctx }), account, network.ctx)).id).not.toBe('')
    }))
  }
}
