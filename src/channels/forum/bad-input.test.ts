import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { nasty } from '#text/html/nasty.ts'
import { testForum, type TestForum, type Visitor } from './test-forum.ts'

let room: TestForum
let anna: Visitor
let topic: string
beforeAll(async () => {
  room = await testForum()
  anna = await room.join('Άννα του Μύλου')
  topic = (await room.ask(anna, 'Πόσο κρατά το προζύμι;', 'Το έχω μια εβδομάδα στο ψυγείο.')).location
})
afterAll(() => room.close())

describe('what a stranger may send', () => {
  test.each([
    ['no such topic', '/forum/t/kati-00000000', 404], ['no code at all', '/forum/t/%F0%9F%8D%9E', 404], ['a place of another list', '/forum/unanswered?after=x', 404], ['a NUL in a tag', '/forum/tag/%00', 404],
    ['a post that is no id', '/forum/p/1%27%20or%201=1', 404], ['a search longer than any', `/forum/search?q=${'ψ'.repeat(201)}`, 400], ['a NUL in a search', '/forum/search?q=a%00b', 400], ['a search of signs', '/forum/search?q=%26%7C%21%3A%2A%28', 200],
    ['a token nobody signed', '/forum/enter/a.b.c.d', 400], ['no such decision', `/forum/decisions/${newId()}`, 404], ['a cursor from far away', '/forum/c/sourdough?after=zzzzzzzzz.00000000-0000-0000-0000-000000000000', 200],
  ])('%s', async (_, path, status) => { expect((await anna.get(path)).status).toBe(status) })

  test.each<[string, string | Record<string, string>, number, Record<string, string>?]>([
    ['a body of another type', '{}', 415, { 'content-type': 'application/json' }], ['an unknown field', { text: 'x', admin: 'yes' }, 400], ['a field twice', 'text=a&text=b', 400], ['bytes that are no UTF-8', 'text=%ff%fe', 400],
    ['a NUL', 'text=a%00b', 400], ['half a surrogate', 'text=%ed%a0%80', 400], ['more than a form holds', `text=${'a'.repeat(400_000)}`, 413], ['only blanks', { text: ' \u200b\n' }, 400], ['too long a text', { text: 'ψ'.repeat(20_001), do: 'send' }, 400],
  ])('%s', async (_, form, status, headers) => { expect((await anna.post(`${topic}/answer`, form, headers)).status).toBe(status) })

  test('a form that was not handed out, is spent, or comes faster than anybody types', async () => {
    expect((await anna.post(`${topic}/answer`, { text: 'Γεια', form: 'x.y.z' })).html).toContain('Η φόρμα πάλιωσε')
    const { html } = await anna.get(topic)
    const form = /name="form" value="([^"]+)"/.exec(html)![1]!
    expect((await anna.post(`${topic}/answer`, { text: 'Γεια', form })).html).toContain('Λίγο πιο αργά')
    room.clock = new Date(room.clock.getTime() + 3_000)
    expect((await anna.post(`${topic}/answer`, { text: 'Μία φορά', form })).status).toBe(303)
    expect((await anna.post(`${topic}/answer`, { text: 'Άλλη μία', form })).status).toBe(409)
    expect((await anna.get(topic)).html).not.toContain('Άλλη μία')
  })
  test('someone else’s form does not serve', async () => {
    const other = await room.join('Γιώργος')
    const form = /name="form" value="([^"]+)"/.exec((await other.get(topic)).html)![1]!
    room.clock = new Date(room.clock.getTime() + 3_000)
    expect((await anna.post(`${topic}/answer`, { text: 'Με ξένη φόρμα', form })).status).toBe(400)
  })
  test('nothing hostile becomes part of the page', async () => {
    const { html } = await anna.post(`${topic}/answer`, { do: 'preview', text: nasty.join('\n\n').slice(0, 19_000) })
    const main = html.slice(html.indexOf('<main'))
    const live = main.replace(/<textarea[^]*?<\/textarea>/g, '')
    expect(live).not.toMatch(/<(?:script|iframe|svg|object|embed|style|img)[\s>]|\son\w+\s*=\s*["']?[^>]*>|href="(?:javascript|data|vbscript):/i)
  })
  test('a title is a line of text and nothing else', async () => {
    const sent = await room.ask(anna, '<img src=x onerror=alert(1)> "&', 'Τίτλος με σημάδια.')
    const { html } = await anna.get(sent.location)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toContain('<img src=x')
    expect((await room.ask(anna, 'δύο\nγραμμές', 'x')).status).toBe(400)
  })
  test.each(['PUT', 'PATCH', 'DELETE'])('%s is no way to write here', async (method) => {
    expect((await anna.post('/forum/new', '', { 'x-http-method-override': method })).status).not.toBe(303)
  })
})
