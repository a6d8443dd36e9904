import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account, Draft } from '#kit/channel.ts'
import { keyOfNote, noteUri, sameHouse, type Places } from './addresses.ts'
import { tagName, wireOf } from './convert.ts'
import { noteOf } from './objects.ts'
import { Wire } from './wire.ts'

const account: Account = { id: 'a1', workspaceId: 'w1', channel: 'fediverse', handle: 'fournos', name: 'Φούρνος της Ελένης', settings: {} }
const draft: Draft = { key: 'k1', writtenAt: '2026-11-23T08:00:00Z', kind: 'post', text: 'Ψωμί **ζέας**', lang: 'el', media: [], tags: [], author: { id: 'm1', name: 'Μαρία' } }
const wire = (over: Partial<Draft>) => wireOf({ ...draft, ...over }, account)

describe('a note', () => {
  test('is signed by its person, with their own sign-off when they have one', () => {
    expect(wire({}).html).toBe('<p>Ψωμί <strong>ζέας</strong></p>\n<p>— Μαρία</p>')
    expect(wire({ author: { id: 'm2', name: 'Ελένη', signOff: 'Ελένη, από τον φούρνο' } }).html).toContain('<p>— Ελένη, από τον φούρνο</p>')
  })
  test('begins with its title and ends with its tags', () => {
    expect(wire({ title: 'Νέο & <παλιό>', tags: ['ψωμί ζέας', 'Πάτρα', '!'] }).html)
      .toBe('<p><strong>Νέο &amp; &lt;παλιό&gt;</strong></p>\n<p>Ψωμί <strong>ζέας</strong></p>\n<p>#ψωμίζέας #Πάτρα</p>\n<p>— Μαρία</p>')
  })
  test('keeps what is to be read first apart, and marks what stands behind it', async () => {
    const made = wire({ warning: ' Φωτιά ' })
    expect(made).toMatchObject({ warning: 'Φωτιά', html: '<p>Ψωμί <strong>ζέας</strong></p>\n<p>— Μαρία</p>' })
    const places = { origin: 'https://fournos.gr', actor: 'https://fournos.gr/ap/a', followers: 'https://fournos.gr/ap/a/followers' } as Places
    const note = noteOf(made, places)
    expect([note.summary?.toString(), note.sensitive]).toEqual(['Φωτιά', true])
    expect([noteOf(wire({}), places).summary, noteOf(wire({}), places).sensitive]).toEqual([null, null])
  })
  test('calls the one it answers by name, inside its first sentence', () => {
    const answered = { channel: 'fediverse', id: 'https://allou.gr/1', author: { id: 'https://allou.gr/users/anna', name: 'Άννα', handle: 'anna@allou.gr' } }
    expect(wire({ kind: 'reply', inReplyTo: answered })).toMatchObject({
      html: expect.stringContaining('<p><a href="https://allou.gr/users/anna" class="u-url mention">@anna@allou.gr</a> Ψωμί'),
      inReplyTo: { id: 'https://allou.gr/1', actor: 'https://allou.gr/users/anna', handle: '@anna@allou.gr' },
    })
    expect(wire({ kind: 'reply', inReplyTo: { ...answered, author: { ...answered.author, id: 'javascript:x' } } }).html).not.toContain('javascript')
  })
  test('does not point into another network', () => {
    expect(wire({ kind: 'reply', inReplyTo: { channel: 'porch', id: 'c1' } }).inReplyTo).toBeNull()
  })
  test('whatever is written, it is plain JSON of the one shape, and no tag comes in by a name', () => {
    fc.assert(fc.property(fc.record({ text: fc.string({ unit: 'grapheme' }), title: fc.string({ unit: 'grapheme' }), name: fc.string({ minLength: 1 }) }), ({ text, title, name }) => {
      if (name.trim() === '') return
      const made = wire({ text, title, author: { id: 'm', name: `${name}<script>` } })
      expect(Wire.parse(JSON.parse(JSON.stringify(made)))).toEqual(made)
      expect(made.html).not.toContain('<script')
    }))
  })
})

describe('tags and addresses', () => {
  test.each([['ψωμί ζέας', 'ψωμίζέας'], ['#Πάτρα!', 'Πάτρα'], ['a_b-c', 'a_bc'], ['🥖', '']])('"%s" becomes "%s"', (tag, name) => expect(tagName(tag)).toBe(name))
  test('the address of a note leads back to its key', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (key) => {
      if (!key.isWellFormed() || encodeURIComponent(key).length > 200) return
      const uri = noteUri('https://fournos.gr', key)
      if (/^[A-Za-z0-9._~%-]+$/.test(encodeURIComponent(key))) expect(keyOfNote('https://fournos.gr', uri)).toBe(key)
    }))
  })
  test.each(['https://fournos.gr.evil.net/ap/notes/k', 'https://evil.net/ap/notes/k', 'http://fournos.gr/ap/notes/k', 'https://fournos.gr/ap/notes/', 'https://fournos.gr/ap/notes/a/b',
    'https://fournos.gr/ap/notes/k#x', 'https://fournos.gr/ap/notes/k?x', 'https://fournos.gr/ap/notes/%E0%A4%A'])('%s is no note of ours', (uri) => {
    expect(keyOfNote('https://fournos.gr', uri)).toBeUndefined()
  })
  test.each([['https://a.gr/x', 'https://a.gr/y', true], ['https://a.gr', 'https://a.gr:443', true], ['https://a.gr', 'http://a.gr', false], ['https://a.gr', 'https://b.a.gr', false],
    ['https://a.gr', 'https://a.gr:444', false], ['data:a', 'data:a', false]] as const)('%s and %s: one house? %s', (one, other, same) => {
    expect(sameHouse(new URL(one), new URL(other))).toBe(same)
  })
})
