import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canEncryptFor, encryptFor, newSenderKeys, senderHeader } from './encrypt.ts'

const ua = { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' }

describe('a push message', () => {
  test('is encrypted as the example of RFC 8291 is', () => {
    const given = { privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'), salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url') }
    expect(encryptFor(ua, 'When I grow up, I want to be a watermelon', given).toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN')
  })
  test('is never the same twice', () => { expect(encryptFor(ua, 'Γεια').equals(encryptFor(ua, 'Γεια'))).toBe(false) })
  test.each([['', ua.auth], [ua.p256dh.slice(0, -2), ua.auth], [`BAAA${ua.p256dh.slice(4)}`, ua.auth], [ua.p256dh, 'AAAA']])('cannot be made for the keys %s and %s', (p256dh, auth) => { expect(canEncryptFor({ p256dh, auth })).toBe(false) })
  test('can be made for the keys of a browser', () => { expect(canEncryptFor(ua)).toBe(true) })
})

test('the sender is named by a token the push service can check with the key beside it', () => {
  const keys = newSenderKeys()
  const header = senderHeader('https://push.example.net/send/abc?x=1', keys, { contact: 'mailto:eleni@fournos.gr', now: new Date('2026-10-20T09:00:00Z') })
  const [, head, claims, signature, key] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header)!
  const read = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString())
  expect([read(head!), read(claims!), key]).toEqual([{ typ: 'JWT', alg: 'ES256' }, { aud: 'https://push.example.net', exp: 1_792_530_000, sub: 'mailto:eleni@fournos.gr' }, keys.publicKey])
  const point = Buffer.from(key!, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature!, 'base64url'))).toBe(true)
})
