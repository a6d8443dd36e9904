import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expanded, facetsOf } from './facets.ts'

const cut = (text: string, dids?: ReadonlyMap<string, string>) => facetsOf(text, dids).map(({ index: { byteStart, byteEnd }, features }) => {
  const [feature] = features
  return [Buffer.from(text).toString('utf8', byteStart, byteEnd), 'uri' in feature! ? feature.uri : 'tag' in feature! ? `#${feature.tag}` : feature!.did]
})

test.each([
  ['Καλημέρα 🍞👩‍🍳 https://fournos.gr/zea σήμερα', [['https://fournos.gr/zea', 'https://fournos.gr/zea']]],
  ['Δείτε (https://fournos.gr/a_(b)), ναι.', [['https://fournos.gr/a_(b)', 'https://fournos.gr/a_(b)']]],
  ['Στο fournos.gr/psomi και στο www.patra.gr.', [['fournos.gr/psomi', 'https://fournos.gr/psomi'], ['www.patra.gr', 'https://www.patra.gr/']]],
  ['Γράψτε στο info@fournos.gr', []],
  ['Ψωμί #ζέας, #Πάτρα! #123 #', [['#ζέας', '#ζέας'], ['#Πάτρα', '#Πάτρα']]],
  ['https://φούρνος.gr/ψωμί', [['https://φούρνος.gr/ψωμί', new URL('https://φούρνος.gr/ψωμί').href]]],
  ['https://fournos.gr/#ψωμί', [['https://fournos.gr/#ψωμί', new URL('https://fournos.gr/#ψωμί').href]]],
] as const)('%s', (text, marked) => { expect(cut(text)).toEqual(marked) })

test('an account is marked when it is known who it is, and else stays as it was written', () => {
  const text = 'Γεια σου @Alice.bsky.social και @nobody.example!'
  expect(cut(text, new Map([['alice.bsky.social', 'did:plc:alice']]))).toEqual([['@Alice.bsky.social', 'did:plc:alice']])
})
test('marks never overlap, never leave the text, and never cut a sign in two', () => {
  const piece = fc.constantFrom('ψωμί', '🍞', '👩‍🍳', ' ', '\n', '#ζέα', '@a.bsky.social', 'https://fournos.gr/ά', 'fournos.gr', '.', '(', ')', '·', '#', '@')
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }).map((all) => all.join('')), (text) => {
    let done = 0
    for (const { index: { byteStart, byteEnd } } of facetsOf(text, new Map([['a.bsky.social', 'did:plc:a']]))) {
      expect(byteStart).toBeGreaterThanOrEqual(done)
      expect(byteEnd).toBeGreaterThan(byteStart)
      expect(Buffer.from(text).toString('utf8', byteStart, byteEnd)).not.toContain('\ufffd')
      done = byteEnd
    }
    expect(done).toBeLessThanOrEqual(Buffer.byteLength(text))
  }))
})

const link = (text: string, shown: string, uri: string) => {
  const byteStart = Buffer.byteLength(text.slice(0, text.indexOf(shown)))
  return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(shown) }, features: [{ $type: 'app.bsky.richtext.facet#link', uri }] }
}
test.each([
  ['Δείτε 🍞 fournos.gr/psomi-zea... τώρα', 'fournos.gr/psomi-zea...', 'https://fournos.gr/psomi-zeas?a=1', 'Δείτε 🍞 https://fournos.gr/psomi-zeas?a=1 τώρα'],
  ['Δείτε fournos.gr/pso…', 'fournos.gr/pso…', 'https://www.fournos.gr/psomi', 'Δείτε https://www.fournos.gr/psomi'],
  ['Πατήστε εδώ', 'εδώ', 'https://fournos.gr/', 'Πατήστε εδώ (https://fournos.gr/)'],
  ['Στο fournos.gr', 'fournos.gr', 'https://fournos.gr/', 'Στο fournos.gr'],
  ['Στο bank.gr', 'bank.gr', 'https://evil.example/', 'Στο bank.gr (https://evil.example/)'],
  ['Πατήστε εδώ', 'εδώ', 'javascript:alert(1)', 'Πατήστε εδώ'],
] as const)('%s is read as it was meant', (text, shown, uri, read) => { expect(expanded(text, [link(text, shown, uri)])).toBe(read) })
test('marks that make no sense are left aside', () => {
  const at = (byteStart: number, byteEnd: number) => ({ index: { byteStart, byteEnd }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://fournos.gr/' }] })
  for (const wrong of [at(-1, 2), at(3, 3), at(5, 2), at(0, 10_000), at(0.5, 2), at(Number.NaN, 2)]) expect(expanded('ψωμί ζέας', [wrong])).toBe('ψωμί ζέας')
  expect(expanded('ψωμί', [at(0, 8), at(2, 4)])).toBe('ψωμί (https://fournos.gr/)')
})
