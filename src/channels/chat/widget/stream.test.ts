import fc from 'fast-check'
import { expect, test } from 'vitest'
import { streamReader, type Told } from './stream.ts'

const read = (pieces: readonly string[]): Told[] => {
  const told: Told[] = []
  const take = streamReader((one) => told.push(one))
  for (const piece of pieces) take(piece)
  return told
}
const told = fc.array(fc.record({ event: fc.constantFrom('line', 'typing', 'read'), id: fc.option(fc.nat().map(String), { nil: undefined }), data: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => JSON.stringify({ text })) }), { maxLength: 12 })
const written = (all: readonly Told[]): string => `retry: 1000\n\n${all.map(({ event, id, data }) => `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n: still here\n\n`).join('')}`

test('events are the same however the network cuts them', () => {
  fc.assert(fc.property(told, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (all, cuts) => {
    const text = written(all)
    const pieces: string[] = []
    for (let at = 0; at < text.length;) { const size = cuts.next().value as number; pieces.push(text.slice(at, at + size)); at += size }
    expect(read(pieces)).toEqual(all)
  }))
})

test('an event that was cut off is not told', () => {
  expect(read(['event: line\ndata: {"seq":1}\n\nevent: line\ndata: {"seq":2}'])).toEqual([{ event: 'line', id: undefined, data: '{"seq":1}' }])
})

test('data on several lines is one', () => {
  expect(read(['data: {"text":\ndata: "γεια"}\n\n'])[0]?.data).toBe('{"text":\n"γεια"}')
})
