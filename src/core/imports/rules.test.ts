import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { jsonCells } from './read.ts'
import { fields, readMapping, readRow, suggestMapping, type Mapping } from './rules.ts'

const mapping: Mapping = { columns: { text: 'body', author: 'who', at: 'when', direction: 'side', tags: 'labels' }, zone: 'UTC' }
const reading = { mapping, line: 7, time: (value: string) => (value === 'now' ? new Date(0) : undefined) }

describe('reading a row', () => {
  test('keeps a formula as its letters and a time as an instant', () => {
    expect(readRow({ body: '=HYPERLINK("http://x","y")', who: ' Άννα\n ', when: 'now', side: 'out', labels: 'α, β;γ' }, reading)).toMatchObject({
      text: '=HYPERLINK("http://x","y")', author: 'Άννα', at: new Date(0), direction: 'out', tags: ['α', 'β', 'γ'], line: 7,
    })
  })
  test('says what is wrong, where', () => {
    expect(readRow({ body: ' ' }, reading)).toEqual({ line: 7, code: 'no-text', column: 'body' })
    expect(readRow({ body: 'α', when: 'χθες' }, reading)).toEqual({ line: 7, code: 'bad-time', column: 'when', value: 'χθες' })
    expect(readRow({ body: 'α'.repeat(20_001) }, reading)).toMatchObject({ code: 'too-long' })
  })
  test('never gives text a database could not hold', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (body, who) => {
      const row = readRow({ body, who }, reading)
      if ('code' in row) return
      for (const text of [row.text, row.author]) { expect(text).not.toContain('\0'); expect(text.isWellFormed()).toBe(true) }
    }))
  })
})

describe('the mapping', () => {
  test('is written field=column', () => {
    expect(readMapping('text=full text, author=airline ,at=a=b')).toEqual({ text: 'full text', author: 'airline', at: 'a=b' })
  })
  test.each([['author=x', 'text'], ['text', 'text'], ['text=', 'text='], ['words=x,text=y', `words (${fields.join(', ')})`], ['', 'text']])('%j names what is wrong', (given, wrong) => { expect(readMapping(given)).toEqual({ wrong }) })
  test('is guessed from names in both languages', () => {
    expect(suggestMapping(['tweet_id', 'airline', 'text', 'tweet_created'])).toEqual({ id: 'tweet_id', text: 'text', at: 'tweet_created' })
    expect(suggestMapping(['Όνομα', 'E-mail', 'Μήνυμα', 'Ημερομηνία'])).toEqual({ author: 'Όνομα', email: 'E-mail', text: 'Μήνυμα', at: 'Ημερομηνία' })
  })
})

describe('a line of JSON', () => {
  test('gives its fields as they are written, those of inner objects by their path', () => {
    expect({ ...jsonCells('{"id":570300817074462722,"big":1e400,"user":{"name":"Άννα","x":{"y":true}},"tags":["a","b"],"none":null}') }).toEqual({
      id: '570300817074462722', big: '1e400', 'user.name': 'Άννα', 'user.x.y': 'true', tags: 'a,b',
    })
  })
  test('or nothing, for whatever is no object', () => {
    for (const line of ['[1]', '1', '"a"', 'null', '{', '']) expect(jsonCells(line)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (line) => { jsonCells(line) }))
  })
  test('cannot reach into our own objects', () => {
    jsonCells('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
