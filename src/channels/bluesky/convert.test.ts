import { expect, test } from 'vitest'
import type { Draft } from '#kit/channel.ts'
import { graphemesOf } from '#text/count.ts'
import { quotedIn, wireOf } from './convert.ts'
import { TestServer } from './test-server.ts'
import { accountOn, post } from './test-world.ts'
import { Wire } from './wire.ts'

const account = accountOn(new TestServer().session)
const record = (given: Partial<Draft>) => wireOf({ ...post, ...given }, account).records[0]!
const blob = { $type: 'blob', ref: { $link: 'bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity' }, mimeType: 'image/jpeg', size: 10_000 }

test('the wire is what its own schema says', () => { expect(Wire.parse(wireOf({ ...post, more: [post] }, account))).toEqual(wireOf({ ...post, more: [post] }, account)) })
test('around the words stand the title, the tags and the speaker, where there is room', () => {
  expect(record({ title: 'Ψωμί ζέας', text: 'Κάθε Πέμπτη.', tags: ['Πάτρα', 'ψωμί ζέας'] }).text).toBe('Ψωμί ζέας\n\nΚάθε Πέμπτη.\n\n#Πάτρα #ψωμίζέας\n\n— Ελένη')
  const long = 'ω'.repeat(290)
  const full = record({ title: 'Ψωμί ζέας', text: long, tags: ['Πάτρα'] })
  expect(full.text).toBe(`${long}\n\n— Ελένη`)
  expect(full.tags).toEqual(['Πάτρα'])
  expect(record({ text: 'ω'.repeat(300) }).text).toBe('ω'.repeat(300))
})
test('what honesty says is never left out: long where there is room, else short', () => {
  expect(record({ text: 'Κάθε Πέμπτη.', labels: ['sponsored', 'ai-made'] }).text).toBe('#διαφήμιση · Χορηγούμενο\nΦτιαγμένο με τεχνητή νοημοσύνη\n\nΚάθε Πέμπτη.\n\n— Ελένη')
  expect(record({ text: 'ω'.repeat(280), labels: ['sponsored'] }).text).toBe(`#διαφήμιση\n\n${'ω'.repeat(280)}`)
  expect(record({ text: 'ω'.repeat(299), lang: 'en', labels: ['sponsored'] }).text).toContain('#ad')
})
test('only the first part of a thread is signed and marked', () => {
  const { records } = wireOf({ ...post, labels: ['ai-made'], more: [{ ...post, text: 'Δεύτερο', labels: ['ai-made'] }] }, account)
  expect(records[1]!.text).toBe('Δεύτερο')
  expect(records[0]!.text).toContain('Φτιαγμένο')
})
test('a card stands with its picture, if that is not too large; beside pictures its link stays in the words', () => {
  const card = { url: 'https://fournos.gr/zea', title: 'Ζέα', description: 'Ψωμί', picture: { id: 'c', url: '/c.jpg', type: 'image/jpeg', alt: '', uploaded: blob } }
  expect(record({ text: 'Δείτε.', card }).embed).toEqual({ $type: 'app.bsky.embed.external', external: { uri: card.url, title: 'Ζέα', description: 'Ψωμί', thumb: blob } })
  expect(record({ text: 'Δείτε.', card: { ...card, picture: { ...card.picture, uploaded: { ...blob, size: 1_000_001 } } } }).embed).not.toHaveProperty('external.thumb')
  const both = record({ text: 'Δείτε.', card, media: [{ id: 'p', url: '/p.jpg', type: 'image/jpeg', alt: 'Καρβέλι', uploaded: blob }] })
  expect(both.embed).toEqual({ $type: 'app.bsky.embed.images', images: [{ alt: 'Καρβέλι', image: blob }] })
  expect(both.text).toContain('https://fournos.gr/zea')
})
test('an article of our own stands as a card', () => {
  expect(record({ title: 'Ψωμί ζέας', text: 'Κάθε Πέμπτη.', link: 'https://fournos.gr/zea' })).toMatchObject({
    text: 'Κάθε Πέμπτη.\n\n— Ελένη', embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://fournos.gr/zea', title: 'Ψωμί ζέας' } },
  })
})
test('the moment and the language are those of the draft', () => { expect(record({})).toMatchObject({ createdAt: post.writtenAt, langs: ['el'] }) })
test('a text of 300 signs of many letters each keeps within what the network takes', () => {
  const text = '👩‍🍳'.repeat(250)
  expect(graphemesOf(record({ text }).text).length).toBeLessThanOrEqual(300)
  expect(Buffer.byteLength(record({ text }).text)).toBeLessThanOrEqual(3_000)
})
test.each([
  ['Δείτε https://bsky.app/profile/a.gr/post/3kabc', 'https://bsky.app/profile/a.gr/post/3kabc'], ['https://bsky.app/profile/did:plc:abc/post/3kabc/\n', 'https://bsky.app/profile/did:plc:abc/post/3kabc'],
  ['https://bsky.app/profile/a.gr/post/3kabc και', undefined], ['https://bsky.app/profile/a.gr', undefined], ['https://evil.example/https://bsky.app/profile/a.gr/post/3kabc', undefined],
])('%j quotes %s', (text, link) => { expect(quotedIn(text)).toBe(link) })
