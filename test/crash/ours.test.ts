import { describe, expect, test } from 'vitest'
import { judge, seenOf, type Told } from './judge.ts'
import { makePlace } from './place.ts'
import { ours } from './ours.ts'
import { makeWorld, usual } from './world.ts'

const words = 'Βγήκε το ψωμί'
const told = (given: Partial<Told>): Told => ({ idempotency: 'read-back', text: words, state: 'confirmed', asked: 0, dropped: false, ...given })
const network = () => {
  const place = makePlace({ idempotency: 'read-back', keyMs: 3_600_000, now: () => 0, note: () => undefined })
  const ask = (method: string, path: string, body: object = {}): string => { const said = place.handle({ method, path, key: null, body }).body as { id?: string; file?: string }; return said.id ?? said.file! }
  return { place, ask }
}

test('a publication whose second picture fails is not left under its lease with nobody at it', async () => {
  // No death, only a network that fails: whoever goes on to other things leaves nothing behind.
  for (let seed = 1; seed < 200; seed++) {
    const world = makeWorld('read-back', seed, { ...usual, crash: 0 })
    expect(judge(await ours(world), seenOf(world.place.entries)), `seed ${seed}`).toMatchObject({ unattended: 0, stuck: 0, mediaLost: 0, mediaTwice: 0 })
  }
})

describe('the judge sees', () => {
  test('what was said twice, and what was never said', () => {
    const { place, ask } = network()
    ask('POST', '/things', { text: words })
    ask('POST', '/things', { text: words })
    expect(judge([told({}), told({ text: 'Δεν ειπώθηκε', state: 'no record' })], seenOf(place.entries))).toMatchObject({ duplicates: 1, lost: 1, stuck: 1 })
  })
  test('a file that was handed over twice as nothing, but a picture that is shown twice or left out', () => {
    const { place, ask } = network()
    const [a, b] = [ask('POST', '/files', { name: 'Καρβέλι' }), ask('POST', '/files', { name: 'Φέτα' })]
    ask('POST', '/files', { name: 'Φέτα' })
    for (const [text, media] of [['και οι δύο', [a, b]], ['μία', [a]], ['τρεις', [a, b, b]], ['ανάποδα', [b, a]]] as const) ask('POST', '/things', { text, media })
    const of = (text: string) => judge([told({ text, media: ['Καρβέλι', 'Φέτα'] })], seenOf(place.entries))
    expect([of('και οι δύο'), of('μία'), of('τρεις'), of('ανάποδα')].map(({ mediaLost, mediaTwice }) => [mediaLost, mediaTwice])).toEqual([[0, 0], [1, 0], [0, 1], [1, 0]])
  })
  test('a part under the wrong one', () => {
    const { place, ask } = network()
    const first = ask('POST', '/things', { text: 'ένα' })
    const second = ask('POST', '/things', { text: 'δύο', under: first })
    ask('POST', '/things', { text: 'τρία', under: first })
    ask('POST', '/things', { text: 'σχόλιο', under: second })
    const of = (text: string, under: string | null) => judge([told({ text, under })], seenOf(place.entries)).misplaced
    expect([of('ένα', null), of('δύο', 'ένα'), of('τρία', 'δύο'), of('σχόλιο', 'ένα')]).toEqual([0, 0, 1, 1])
  })
  test('an edit that was taken and is not there, a removal that is recorded and was not done, a record of other words', () => {
    const { place, ask } = network()
    const id = ask('POST', '/things', { text: words })
    const now = { text: 'Διόρθωση', media: [] }
    const of = (given: Partial<Told>) => { const { lost, falseRecords } = judge([told(given)], seenOf(place.entries)); return [lost, falseRecords] }
    expect([of({ wanted: now, now: { text: words, media: [] } }), of({ state: 'gone', wanted: 'gone' }), of({ now })]).toEqual([[1, 0], [1, 1], [0, 1]])
    ask('PATCH', `/things/${id}`, { text: 'Διόρθωση' })
    expect(of({ wanted: now, now })).toEqual([0, 0])
    ask('DELETE', `/things/${id}`)
    expect([of({ state: 'gone', wanted: 'gone' }), of({ now })]).toEqual([[0, 0], [0, 1]])
  })
})
