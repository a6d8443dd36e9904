import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Channel, Ctx, Draft, Ref } from '#kit/channel.ts'
import { channelContract } from '../../../test/contracts/channel.ts'
import { porch } from './index.ts'
import { TestHouse, draft, eleni } from './test-host.ts'
import { PorchSettings, PorchWire } from './wire.ts'

const house = new TestHouse('el')
const post = draft({ key: '01990000-0000-7000-9000-00000000ab00' })
const reply = draft({ kind: 'reply', inReplyTo: { channel: 'porch', id: 'ref-1', url: 'https://fournos.example/p/psomi-zeas-1234abcd#c-ref-1', author: { id: 'v1', name: 'Γιώργος' } } })
const sample = (name: string): unknown => JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'))

/** The porch as the house runs it: what was sent, put anew or taken down is kept by the house. */
function keptByTheHouse(stands: Map<string, string>): Channel<PorchSettings, PorchWire, null> {
  const own = porch.publish!
  return {
    ...porch, publish: {
      ...own,
      send: async (wire, account, ctx) => {
        const receipt = await own.send(wire, account, ctx)
        stands.set(receipt.id, wire.markdown)
        return receipt
      },
      revise: async (ref: Ref, wire, account, ctx) => { await own.revise!(ref, wire, account, ctx); stands.set(ref.id, wire.markdown) },
      retract: async (ref: Ref, wire, account, ctx) => { await own.retract!(ref, wire, account, ctx); stands.delete(ref.id) },
    },
  }
}

const stands = new Map<string, string>()
const ctx: Ctx = { fetch: async () => { throw new Error('The porch fetches nothing.') }, now: () => house.clock, signal: new AbortController().signal, log: () => {}, host: house.host, renew: async (same) => same }
channelContract(keptByTheHouse(stands), {
  account: house.account, samples: { post, reply },
  network: () => ({
    ctx, faults: {}, standing: async () => Array.from(stands, ([id, text]) => ({ id, text })), close: async () => { stands.clear() },
  }),
})

describe('where things stand', () => {
  const at = (given: Draft, settings: PorchSettings = {}) => porch.publish!.address!(given, { ...house.account, settings })

  test('a post stands under words of its title and a mark of its own, known before it is sent', async () => {
    expect(at(post)).toMatch(/^\/p\/psomi-zeas-kathe-pempti-[0-9a-z]{8}$/)
    expect(at(post, { origin: 'https://fournos.example' })).toBe(`https://fournos.example${at(post)}`)
    const receipt = await porch.publish!.send(porch.publish!.prepare(post, house.account), house.account, ctx)
    expect(receipt).toEqual({ id: at(post).slice('/p/'.length), url: at(post) })
  })

  test('two posts of the same title stand apart', () => {
    const addresses = Array.from({ length: 2_000 }, (_, n) => at({ ...post, key: `01990000-0000-7000-9000-${String(n).padStart(12, '0')}` }))
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  test('a post without a title is called by its first words', () => {
    const untitled = { ...post, title: '', text: 'Σήμερα *ανοίγουμε* στις έξι.' }
    expect(porch.publish!.prepare(untitled, house.account)).toMatchObject({ title: '', headline: 'Σήμερα ανοίγουμε στις έξι.' })
    expect(at(untitled)).toMatch(/^\/p\/simera-anoigoume-stis-exi-/)
  })

  test('an answer stands under the post it belongs to', () => {
    expect(at(reply)).toBe(`/p/psomi-zeas-1234abcd#c-${reply.key}`)
    const { inReplyTo: _, ...aside } = reply
    expect(at({ ...aside, inReplyTo: { channel: 'porch', id: 'x' }, link: 'https://fournos.example/p/from-the-link' })).toBe(`/p/from-the-link#c-${reply.key}`)
    expect(at({ ...aside, inReplyTo: { channel: 'porch', id: 'x' } })).toBe('/')
  })

  test('the headings of a text follow the title without a gap', () => {
    const html = porch.publish!.prepare({ ...post, text: '### Ώρες\n\nκείμενο\n\n##### Κυριακή\n\nκείμενο' }, house.account).html
    expect(html).toContain('<h2>Ώρες</h2>')
    expect(html).toContain('<h3>Κυριακή</h3>')
  })
})

test.each([['en', 'Advertisement · paid partnership', 'Made with AI'], ['el', 'Διαφήμιση · χορηγούμενο', 'Φτιαγμένο με τεχνητή νοημοσύνη']] as const)('what is paid for or made by a machine says so above the text and wherever it is named (%s)', (lang, paid, made) => {
  const wire = porch.publish!.prepare({ ...post, lang, labels: ['sponsored', 'ai-made'] }, house.account)
  expect(wire.html).toMatch(new RegExp(`^<p><em>${paid}</em></p>\n<p><em>${made}</em></p>\n`))
  expect(wire.excerpt).toMatch(new RegExp(`^${paid} · ${made} · `))
})

describe('what the porch is told and keeps', () => {
  test('its samples are wires of today', () => {
    expect(PorchWire.parse(sample('post'))).toEqual(sample('post'))
    expect(PorchWire.parse(sample('reply'))).toEqual(sample('reply'))
    expect(porch.publish!.prepare(sample('draft') as Draft, house.account)).toEqual(sample('post'))
  })

  test('settings may name the site’s address and when comments close, and nothing else', () => {
    expect(PorchSettings.parse({})).toEqual({})
    expect(PorchSettings.parse({ origin: 'https://fournos.example/blog?x' })).toEqual({ origin: 'https://fournos.example' })
    for (const wrong of [{ origin: 'javascript:alert(1)' }, { origin: 'fournos' }, { closeCommentsAfterDays: 0 }, { colour: 'red' }])
      expect(PorchSettings.safeParse(wrong).success).toBe(false)
  })

  test('it needs no sign-up anywhere', async () => {
    expect(await porch.verify({}, ctx)).toEqual({ id: 'porch', handle: 'Φούρνος της Ελένης' })
    expect(porch.native!.handle('Φούρνος της Ελένης')).toBe('Φούρνος της Ελένης')
    expect(eleni.name).not.toBe('')
  })
})
