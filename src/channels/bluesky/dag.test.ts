import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cidOf, encoded } from './dag.ts'

// From the interoperability test files of AT Protocol (CC0), data-model-fixtures.json.
const plain = {
  string: 'abc', unicode: 'a~öñ©⽘☎𓋓😀👨‍👩‍👧‍👧', integer: 123, bool: true, null: null, array: ['abc', 'def', 'ghi'],
  object: { string: 'abc', number: 123, bool: true, arr: ['abc', 'def', 'ghi'] },
}
const linked = {
  a: { $link: 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a' }, b: { $bytes: 'nFERjvLLiw9qm45JrqH9QTzyC2Lu1Xb4ne6+sBrCzI0' },
  c: { $type: 'blob', ref: { $link: 'bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity' }, mimeType: 'image/jpeg', size: 10_000 },
}
test('the CID of a record is the one everybody computes', () => {
  expect(cidOf(plain)).toBe('bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq')
  expect(cidOf(linked)).toBe('bafyreihldkhcwijkde7gx4rpkkuw7pl6lbyu5gieunyc7ihactn5bkd2nm')
})
test('whole numbers take as little room as they can', () => {
  const hex = (value: number) => encoded(value).toString('hex')
  expect([0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, -1, -25].map(hex)).toEqual([
    '00', '17', '1818', '18ff', '190100', '19ffff', '1a00010000', '1affffffff', '1b0000000100000000', '20', '3818',
  ])
  expect(() => encoded(1.5)).toThrow()
})
test('the order in which a record was written down does not matter', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (record) => {
    const turned = Object.fromEntries(Object.entries(record).toReversed())
    expect(cidOf(turned)).toBe(cidOf(record))
  }))
})
test('what is left out is not there', () => {
  expect(cidOf({ text: 'ψωμί', more: undefined } as never)).toBe(cidOf({ text: 'ψωμί' }))
})
