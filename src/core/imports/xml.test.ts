import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { XmlReader, type Met } from './xml.ts'

function read(text: string | Buffer, cuts: readonly number[] = []): { met: Met[]; sound: boolean } {
  const bytes = Buffer.from(text)
  const reader = new XmlReader()
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b)
  const met = [0, ...places].flatMap((from, at) => reader.push(bytes.subarray(from, places[at] ?? bytes.length)))
  return { met, sound: reader.end() }
}
const texts = (text: string | Buffer) => read(text).met.flatMap((one) => (one.is === 'text' ? [one.wrong ?? one.text] : []))

describe('XML as its bytes come', () => {
  test('gives names, attributes and words with their lines', () => {
    const { met, sound } = read('<?xml version="1.0"?>\n<a b="1 &lt; 2" c=\'>\'>\n<!-- <x> --><d/>γειά</a>')
    expect(met.map((one) => ('name' in one ? one.name : one.text.trim()))).toEqual(['', 'a', '', 'd', 'γειά', 'a'])
    expect(met.find((one) => one.is === 'open')).toMatchObject({ line: 2, attributes: { b: '1 < 2', c: '>' } })
    expect(sound).toBe(true)
  })
  test('joins words and CDATA, where entities are only letters', () => { expect(texts('<a>x &amp; <![CDATA[&amp; <b>]]]]><![CDATA[> y]]>&#960;</a>')).toEqual(['x & &amp; <b>]]> yπ']) })
  test.each([['<a>&nbsp;</a>', 'bad-xml'], ['<a>&xxe;</a>', 'bad-xml'], ['<a>&#xd800;</a>', 'bad-xml'], ['<a>a & b</a>', 'bad-xml'], [`<a>${'x'.repeat(300_000)}</a>`, 'too-big'], [Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), 'bad-utf8']])('says what is wrong with a text', (text, wrong) => {
    expect(texts(text)).toEqual([wrong])
  })
  test.each(['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', '<a><!DOCTYPE lolz></a>', '<!ENTITY x "y">'])('takes no document type: %s', (text) => { expect(() => read(text)).toThrow('xml_doctype') })
  test.each(['<a></b>', '</a>', `${'<a>'.repeat(150)}`, '<>'])('stops at what is no XML: %#', (text) => { expect(() => read(text)).toThrow('file_broken') })
  test.each(['<a>', '<a', '<a><![CDATA[x', '<a/><b'])('sees that a file ends in the middle: %s', (text) => { expect(read(text).sound).toBe(false) })

  const word = fc.string({ unit: fc.constantFrom('α', 'b', ' ', '\n', '☕', ']', '&amp;', '&#955;', '"') })
  const piece: fc.Arbitrary<string> = fc.oneof(word, word.map((text) => `<![CDATA[${text.replaceAll(']]>', '')}x]]>`), word.map((text) => `<!--${text}-->`), word.map((text) => `<b c="1">${text}</b>`))
  test('is the same however the bytes are cut', () => {
    fc.assert(fc.property(fc.array(piece), fc.array(fc.nat(500), { maxLength: 12 }), (pieces, cuts) => {
      const text = `<a>${pieces.join('')}</a>`
      expect(read(text, cuts)).toEqual(read(text))
    }))
  })
  test('never breaks but by a refusal, whatever the bytes', () => {
    const noise = fc.string({ unit: fc.constantFrom('<', '>', '/', '!', '[', ']', '-', '?', 'a', '"', '&', ';', '=', '\n', 'CDATA[') })
    fc.assert(fc.property(noise, (text) => { try { read(text) } catch (error) { expect(['file_broken', 'xml_doctype']).toContain((error as Error).message) } }))
  })
})
