import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { Draft } from '#kit/channel.ts'
import { countText, roomBehind } from '#text/count.ts'
import { nasty } from '#text/html/nasty.ts'
import { focusOf, heardIn, readingOf, wireOf } from './convert.ts'
import { plainOf } from '#text/plain.ts'
import { limitsFor } from './server.ts'
import { account, giorgos, post, settings } from './test-world.ts'
import { fan } from './test-server.ts'

const statusOf = (draft: Partial<Draft>, given = {}) => wireOf({ ...post, ...draft }, account(given)).status
const now = new Date('2026-11-23T10:00:00Z')

describe('what goes out', () => {
  test('carries its title, its link, its tags and the name of the one who speaks', () => {
    expect(statusOf({ title: 'Ψωμί ζέας', text: 'Βγαίνει κάθε **Πέμπτη**. Δείτε [πώς](https://fournos.gr/pos).', link: 'https://fournos.gr/p/1', tags: ['ψωμί ζέας', 'Πάτρα'] }))
      .toBe('Ψωμί ζέας\n\nΒγαίνει κάθε Πέμπτη. Δείτε πώς (https://fournos.gr/pos).\n\nhttps://fournos.gr/p/1\n\n#ψωμίζέας #Πάτρα\n\n— Ελένη')
  })
  test('keeps the words whole and leaves out around them what finds no room', () => {
    const text = 'ω'.repeat(590)
    expect(statusOf({ text, title: 'Τίτλος', tags: ['ψωμί'] }, { limits: { ...limits, characters: 600 } })).toBe(`${text}\n\n— Ελένη`)
    expect(statusOf({ text: 'ω'.repeat(600), title: 'Τίτλος', tags: ['ψωμί'] }, { limits: { ...limits, characters: 600 } })).toBe('ω'.repeat(600))
  })
  test('is never longer than its words and its marks make it', () => {
    const limit = limitsFor(settings()).text
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 700 }), fc.array(fc.string()), (text, tags) => {
      const status = statusOf({ text, tags, title: 'Νέα' })
      expect(countText(status, limit)).toBeLessThanOrEqual(Math.max(limit.max, countText(plainOf(text), limit)))
    }))
  })
  test('a first line that warns becomes the content warning', () => {
    for (const lead of ['CW: καβγάς στην κουζίνα', 'ΠΠ: καβγάς στην κουζίνα', 'Προειδοποίηση: καβγάς στην κουζίνα']) {
      expect(wireOf({ ...post, text: `${lead}\n\nΈσπασε ένα ταψί.` }, account())).toMatchObject({ spoiler: 'καβγάς στην κουζίνα', status: 'Έσπασε ένα ταψί.\n\n— Ελένη' })
    }
  })
  test('a warning given apart stands before words that are left as they are, and takes its room from them', () => {
    expect(wireOf({ ...post, warning: ' Φωτιά ', text: 'ΠΠ: καπνός\n\nΚάηκε ένα ταψί.' }, account())).toMatchObject({ spoiler: 'Φωτιά', status: 'ΠΠ: καπνός\n\nΚάηκε ένα ταψί.\n\n— Ελένη' })
    const text = 'ω'.repeat(585)
    expect(statusOf({ text, warning: 'Φωτιά' }, { limits: { ...limits, characters: 598 } })).toBe(`${text}\n\n— Ελένη`.slice(0, 585))
    expect(statusOf({ text }, { limits: { ...limits, characters: 598 } })).toBe(`${text}\n\n— Ελένη`)
    expect(roomBehind(limitsFor(settings()), 'Φωτιά').max).toBe(limitsFor(settings()).text.max - 5)
  })
  test('what is paid for or made by a machine says so first, in its language', () => {
    expect(statusOf({ text: 'Με το νέο αλεύρι.', labels: ['sponsored', 'ai-made'] })).toMatch(/^#διαφήμιση · Χορηγούμενο\nΦτιαγμένο με τεχνητή νοημοσύνη\n\nΜε το νέο αλεύρι\./)
    expect(statusOf({ text: 'New flour.', lang: 'en', labels: ['sponsored'] })).toMatch(/^#ad · Paid partnership\n\nNew flour\./)
  })
  test('an answer names the one it is for, once', () => {
    const inReplyTo = { channel: 'mastodon', id: '9', author: giorgos }
    expect(statusOf({ kind: 'reply', text: 'Ναι, μας έμειναν δύο.', inReplyTo })).toBe('@giorgos@allou.gr Ναι, μας έμειναν δύο.\n\n— Ελένη')
    expect(statusOf({ kind: 'reply', text: 'Ναι @giorgos@allou.gr, δύο.', inReplyTo })).toBe('Ναι @giorgos@allou.gr, δύο.\n\n— Ελένη')
    expect(wireOf({ ...post, kind: 'message', inReplyTo }, account())).toMatchObject({ visibility: 'direct', inReplyTo: '9' })
  })
  test('a part that follows in a thread is not signed again and names nobody', () => {
    const inReplyTo = { channel: 'mastodon', id: '9', author: post.author }
    expect(statusOf({ text: 'Και το βράδυ έχει παστίτσιο.', inReplyTo })).toBe('Και το βράδυ έχει παστίτσιο.')
  })
  test('the audience is the one the account was given', () => {
    expect(wireOf(post, account({ audience: 'unlisted' })).visibility).toBe('unlisted')
    expect(wireOf(post, account()).visibility).toBe('public')
  })
  test('the point that matters is told in the network’s measure', () => {
    expect(focusOf({ x: 0, y: 0 })).toBe('-1.000,1.000')
    expect(focusOf({ x: 0.5, y: 0.5 })).toBe('0.000,0.000')
  })
})

test.each([
  ['**Ψωμί** και *ελιές*', 'Ψωμί και ελιές'], ['# Νέα', 'Νέα'], ['2*3*4 και snake_case_name', '2*3*4 και snake_case_name'],
  ['[https://a.gr](https://a.gr)', 'https://a.gr'], ['`κώδικας`', 'κώδικας'], ['~~χθες~~ σήμερα', 'χθες σήμερα'], ['- ένα\n- δύο', '- ένα\n- δύο'],
])('%j reads as %j where only plain text is shown', (markdown, text) => { expect(plainOf(markdown)).toBe(text) })

const limits = { characters: 500, perLink: 23, media: 4, alt: 1_500, pictureTypes: ['image/png'], pictureBytes: 1e6, longestSide: 2_000, videoTypes: [], videoBytes: 1e6 }
const status = { id: '55', url: 'https://allou.gr/@giorgos/55', created_at: '2026-11-23T09:30:00.000Z', content: '<p>Έχετε ψωμί;</p>', spoiler_text: '', visibility: 'public', media_attachments: [], mentions: [], account: { ...fan } }
const notified = (type: string, over = {}) => heardIn({ id: '9', type, created_at: '2026-11-23T09:31:00.000Z', account: { ...fan }, status: { ...status, ...over } }, { settings: settings(), now })

describe('what comes in', () => {
  test('a mention is something said to us, by a person with a whole handle', () => {
    expect(notified('mention', { language: 'el', in_reply_to_id: '41' })).toEqual({
      does: 'says', ref: { channel: 'mastodon', id: '55', url: 'https://allou.gr/@giorgos/55' }, at: '2026-11-23T09:30:00.000Z', text: 'Έχετε ψωμί;', html: '<p>Έχετε ψωμί;</p>', lang: 'el',
      inReplyTo: { channel: 'mastodon', id: '41' }, visibility: 'public', author: { id: '12', name: 'Γιώργος', handle: '@giorgos@allou.gr', url: 'https://allou.gr/@giorgos', picture: 'https://allou.gr/g.png' },
    })
    expect(heardIn({ id: '9', type: 'follow', created_at: '', account: { ...fan, acct: 'maria', display_name: '  ' } }, { settings: settings(), now }))
      .toMatchObject({ does: 'follows', at: now.toISOString(), author: { name: 'maria', handle: '@maria@plateia.social' } })
  })
  test.each([['direct', 'private'], ['private', 'private'], ['unlisted', 'public'], ['', 'public']] as const)('%s is %s to us', (visibility, ours) => {
    expect(notified('mention', { visibility })).toMatchObject({ visibility: ours })
  })
  test('a like or a share is about ours, also where the server shows the share in its place', () => {
    expect(notified('favourite', { id: '7' })).toMatchObject({ does: 'likes', about: { channel: 'mastodon', id: '7' }, ref: { id: 'notifications/9' } })
    expect(notified('reblog', { id: 'UPPER', reblog: { ...status, id: 'lower' } })).toMatchObject({ does: 'shares', about: { id: 'lower' } })
  })
  test('what somebody we follow says is overheard, unless it is an answer to us', () => {
    expect(notified('status')).toMatchObject({ does: 'says', overheard: true })
    for (const over of [{ mentions: [{ id: '7' }] }, { in_reply_to_account_id: '7' }]) expect(notified('status', over)).not.toHaveProperty('overheard')
  })
  test('a new wording is an edit; what does not concern us is nothing', () => {
    expect(notified('update')).toMatchObject({ does: 'edits', ref: { id: '55' }, text: 'Έχετε ψωμί;' })
    for (const type of ['poll', 'admin.sign_up', 'severed_relationships', 'follow_request', 'brand_new']) expect(notified(type)).toBeUndefined()
  })
  test('a warning and pictures are read with their words', () => {
    const { text, html } = readingOf({ content: '<p>Κάηκε</p>', spoiler_text: 'φαγητό', media_attachments: [{ id: '1', url: 'https://allou.gr/1.jpg', description: 'Ένα μαύρο ταψί' }] })
    expect(text).toMatch(/φαγητό[\s\S]*Κάηκε[\s\S]*Ένα μαύρο ταψί/)
    expect(html).toContain('<a href="https://allou.gr/1.jpg"')
  })
  test('nothing nasty comes through', () => {
    for (const piece of nasty) {
      const { html } = readingOf({ content: piece, spoiler_text: piece, media_attachments: [{ id: '1', url: 'https://allou.gr/1.jpg', description: piece }] })
      const tags = html.match(/<[^>]*>/g) ?? []
      expect(tags.filter((tag) => !/^<\/?(?:p|strong|a|br|em|span|b|i|u|s|del|code|pre|blockquote|ul|ol|li|h[1-6]|hr|sub|sup|table|thead|tbody|tr|td|th)\b/i.test(tag) || /\son\w+\s*=|javascript:|\sstyle\s*=/i.test(tag))).toEqual([])
    }
  })
})
