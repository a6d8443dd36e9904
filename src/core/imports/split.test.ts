import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { fieldsOf, longestRecord, Splitter, type Split } from './split.ts'

const [comma, LF] = [44, 10]
function split(file: Buffer, sizes: readonly number[] = [], from = { byte: 0, line: 1 }): Split[] {
  const splitter = new Splitter(from, { delimiter: comma })
  const found: Split[] = []
  let at = from.byte
  for (let turn = 0; at < file.length; turn++) {
    const size = sizes[turn % Math.max(1, sizes.length)] ?? file.length
    found.push(...splitter.push(file.subarray(at, at + size)))
    at += size
  }
  return [...found, ...splitter.end()]
}
const told = (all: readonly Split[]) => all.map((one) => ('bytes' in one ? [one.line, one.bytes.toString()] : [one.line, one.wrong]))
const rows = (all: readonly Split[]) => all.flatMap((one) => ('bytes' in one && one.bytes.length > 0 ? [fieldsOf(one.bytes.toString(), ',')] : []))

const cell = fc.string({ unit: fc.constantFrom('α', 'β', 'x', ' ', '"', ',', '\n', '\r\n', '=1+1', '😀', '\ufeff'), maxLength: 8 })
const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))
const written = (records: readonly (readonly string[])[], newline: string): string => records.map((fields) => fields.map((field) => (/[",\r\n]/.test(field) || field === '' ? `"${field.replaceAll('"', '""')}"` : field)).join(',')).join(newline)
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

describe('cutting a file of CSV into records', () => {
  test('gives back every table that was written, however the bytes arrive', () => {
    fc.assert(fc.property(table, sizes, fc.constantFrom('\n', '\r\n'), (records, chunks, newline) => {
      expect(rows(split(Buffer.from(written(records, newline)), chunks))).toEqual(records)
    }))
  })
  test('reads well-formed files as csv-parse does', () => {
    fc.assert(fc.property(table, (records) => {
      const text = written(records, '\n')
      expect(rows(split(Buffer.from(text)))).toEqual(parse(text, { relax_column_count: true, bom: false }))
    }))
  })
  test('can go on from behind any record, with the right line', () => {
    fc.assert(fc.property(table, sizes, (records, chunks) => {
      const file = Buffer.from(written(records, '\n'))
      const whole = split(file, chunks)
      for (const [place, one] of whole.entries()) expect(told(split(file, chunks, one.next))).toEqual(told(whole.slice(place + 1)))
    }))
  })
  test('never throws and never loses its place on any bytes at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), sizes, (bytes, chunks) => {
      const file = Buffer.from(bytes)
      const all = split(file, chunks)
      const lines = 1 + bytes.filter((byte) => byte === LF).length
      let last = { byte: 0, line: 1 }
      for (const one of all) {
        expect(one.line).toBe(last.line)
        expect(one.next.byte).toBeGreaterThan(last.byte)
        last = one.next
      }
      expect(last.byte).toBe(file.length)
      expect(last.line).toBeLessThanOrEqual(lines + 1)
    }))
  })
  test('an open quote at the end costs its own line and no other', () => {
    expect(told(split(Buffer.from('a,b\n"c,d\ne,f\ng,h\n')))).toEqual([[1, 'a,b'], [2, 'open-quote'], [3, 'e,f'], [4, 'g,h']])
  })
  test('an open quote in the middle of a large file is given up after 256 KB, and reading goes on with the next line', () => {
    const many = Array.from({ length: 60_000 }, (_, place) => `row,${place}`)
    const all = split(Buffer.from(['a,b', '"open,1', ...many].join('\n')), [65_536])
    expect(told(all).slice(0, 3)).toEqual([[1, 'a,b'], [2, 'open-quote'], [3, 'row,0']])
    expect(all).toHaveLength(60_002)
  })
  test('a line that is too large is named and passed over', () => {
    const all = split(Buffer.from(`a,b\n${'x'.repeat(longestRecord * 3)}\nc,d\n`), [65_536])
    expect(told(all)).toEqual([[1, 'a,b'], [2, 'too-big'], [3, 'c,d']])
  })
  test('a line that is too large is named also where the file ends with it', () => {
    expect(told(split(Buffer.from(`a,b\n${'x'.repeat(longestRecord * 3)}`), [65_536]))).toEqual([[1, 'a,b'], [2, 'too-big']])
  })
  test('an open quote before hundreds of thousands of short lines costs its own line and no other', () => {
    const splitter = new Splitter({ byte: 0, line: 1 }, { delimiter: comma })
    const file = Buffer.from(`a,b\n"open\n${'\n'.repeat(longestRecord + 10)}c,d`)
    const all = [splitter.push(file), splitter.end()].flat()
    expect(told(all).filter(([, said]) => said !== '')).toEqual([[1, 'a,b'], [2, 'open-quote'], [longestRecord + 13, 'c,d']])
  })
  test('a stray quote inside a field stays as it stands', () => {
    expect(fieldsOf('5" pipe,"a"b,"c"', ',')).toEqual(['5" pipe', 'ab', 'c'])
  })
})
