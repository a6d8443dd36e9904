import { createHash } from 'node:crypto'

const letters = '234567abcdefghijklmnopqrstuvwxyz'
const valid = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/
// Microseconds that come from the key and not from the clock: about a minute. With the ten bits of the clock's number,
// that is a choice of 2^36 for all that is written within one such minute.
const near = 26n

/** The name of a record, from the key of its draft and the moment it was written: the same each time, and in the order of the minutes. */
export function tidOf(key: string, writtenAt: string): string {
  const chance = createHash('sha256').update(key).digest().readBigUInt64BE()
  const minute = BigInt(Date.parse(writtenAt)) * 1000n >> near
  return written((minute << near | chance & (1n << near) - 1n) << 10n | chance >> near & 1023n)
}

/** The name of the part `place` places further on in the same thread. */
export const tidAfter = (tid: string, place: number): string => written(numberOf(tid) + BigInt(place))

export const isTid = (text: string): boolean => valid.test(text)

function written(number: bigint): string {
  return Array.from({ length: 13 }, (_, place) => letters[Number(number >> BigInt(5 * (12 - place)) & 31n)]!).join('')
}
const numberOf = (tid: string): bigint => Array.from(tid).reduce((sum, letter) => sum << 5n | BigInt(letters.indexOf(letter)), 0n)
