import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account, Ctx } from '#kit/channel.ts'
import { verify } from '#channels/wordpress/connect.ts'
import { publish } from '#channels/wordpress/publish.ts'
import type { Settings } from '#channels/wordpress/settings.ts'
import { deskOf, type Desk } from '../desk.ts'
import { figure, soon } from '../here.ts'
import type { Loss } from '../lane.ts'
import { startPeerStoa, type PeerStoa } from '../stoa.ts'
import { seenAt } from '../witness.ts'
import { hosts, startWordPress, type WordPress } from './server.ts'

let stoa: PeerStoa
let site: WordPress
let eleni: Desk
beforeAll(async () => {
  [stoa, site] = await Promise.all([startPeerStoa(hosts.stoa), startWordPress()])
  eleni = deskOf(stoa)
})
afterAll(async () => { await Promise.all([stoa?.stop(), site?.stop()]) })

const check = async (settings: object) => await stoa.try('POST', 'accounts/check', { channel: 'wordpress', settings }) as { status: number; body: { detail: string; field?: string } }
const given = (over: object = {}) => ({ site: site.origin, user: 'eleni', password: site.passwords.eleni, ...over })
interface Row { readonly id: string; readonly status: string; readonly title: string; readonly slug: string; readonly content: string }
/** The posts of this title, as the database of WordPress itself holds them. */
const titled = (title: string): Row[] => JSON.parse(site.php(`global $wpdb; echo json_encode($wpdb->get_results($wpdb->prepare("select ID as id, post_status as status, post_title as title, post_name as slug, post_content as content from $wpdb->posts where post_type='post' and post_title=%s", ${JSON.stringify(title)})));`)) as Row[]
const comments = (saying: string): { id: string; approved: string; parent: string; agent: string }[] => JSON.parse(site.php(`global $wpdb; echo json_encode($wpdb->get_results($wpdb->prepare("select comment_ID as id, comment_approved as approved, comment_parent as parent, comment_agent as agent from $wpdb->comments where comment_content like %s", '%' . ${JSON.stringify(saying)} . '%')));`)) as never
/** A visitor fills in the form under a post. */
async function say(post: string, text: string, name = 'Γιώργος'): Promise<void> {
  const answer = await fetch(`${site.origin}/wp-comments-post.php`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ comment_post_ID: post, author: name, email: 'giorgos@allou.gr', url: '', comment: text }) })
  expect([302, 303], await answer.text()).toContain(answer.status)
}

test('each wrong entry has its own sentence, and nothing is kept', async () => {
  const field = async (over: object) => (await check(given(over))).body.field
  expect(await field({ site: 'nobody.example.gr' })).toBe('site')
  expect(await field({ site: `https://${hosts.stoa}` })).toBe('site')
  expect(await field({ user: 'kanenas' })).toBe('password')
  expect((await check(given({ password: 'plain-eleni' }))).body.detail).toMatch(/24/)
  expect((await check(given({ password: 'abcd EFGH ijkl MNOP qrst 1234' }))).body).toMatchObject({ field: 'password' })
  expect(await field({ user: 'takis', password: site.passwords.takis })).toBe('user')
  expect(await eleni.account('wordpress')).toBeUndefined()
})

test('a site with plain addresses is understood, and one with pretty ones', async () => {
  expect((await check(given())).status).toBe(200)
  expect(seenAt(hosts.site, { path: /rest_route/, status: 200 }).length).toBeGreaterThan(0)
  site.php(`global $wp_rewrite; $wp_rewrite->set_permalink_structure('/%postname%/'); $wp_rewrite->flush_rules(false);`)
  await stoa.ask('POST', 'accounts', { channel: 'wordpress', settings: given({ site: `${hosts.site}/wp-admin/` }) })
  expect(await eleni.account('wordpress')).toMatchObject({ handle: `eleni@${hosts.site}`, name: 'Φούρνος της Ελένης' })
  expect(seenAt(hosts.site, { path: /^\/wp-json\/wp\/v2\/users\/me/, status: 200 }).length).toBeGreaterThan(0)
  expect(JSON.stringify(await eleni.accounts())).not.toContain(site.passwords.eleni)
})

test('a post with a Greek title, a described picture and tags stands once, signed, in its language', async () => {
  const picture = await eleni.picture('Ένα καρβέλι ζέας πάνω σε ξύλο')
  const id = await eleni.publish(['wordpress'], { title: 'Βγήκε το ψωμί ζέας', text: '## Η συνταγή\n\nΤρία υλικά, *κι αυτό είναι όλο*. Ποιος θέλει ένα ζεστό;\n\n- αλεύρι\n- νερό', media: [picture], tags: ['Ψωμί', 'ζέα'] })
  const { publications } = await eleni.settled(id)
  const rows = titled('Βγήκε το ψωμί ζέας')
  expect(rows).toMatchObject([{ status: 'publish', slug: 'vgike-to-psomi-zeas' }])
  expect(publications[0]!.url).toBe(`${site.origin}/vgike-to-psomi-zeas/`)
  const page = await (await fetch(publications[0]!.url!)).text()
  for (const part of ['lang="el"', '<h3>Η συνταγή</h3>', '<em>κι αυτό είναι όλο</em>', '<li>αλεύρι</li>', 'Ελένη Παπαδάτου', `alt="${picture.alt}"`, '>Ψωμί</a>']) expect(page).toContain(part)
  const second = await eleni.publish(['wordpress'], { title: 'Και το δεύτερο', text: 'Ποιος το θέλει;', tags: ['ζέα'] })
  await eleni.settled(second)
  expect(site.sql("select count(*) from wp_terms where name = 'ζέα'")).toBe('1')
})

test('an answer that is lost on its way makes no second post, whichever it is', async () => {
  const losses: readonly (readonly [Loss, RegExp])[] = [['cut', /wp\/v2\/posts$/], ['cut', /wp\/v2\/posts\/\d+$/], ['half', /wp\/v2\/posts\/\d+$/], ['stall', /wp\/v2\/posts\/\d+$/]]
  for (const [n, [loss, path]] of losses.entries()) {
    site.lane.lose(loss, { method: 'POST', path })
    const title = `Κουλούρια, ημέρα ${n + 1}`
    const id = await eleni.publish(['wordpress'], { title, text: 'Πόσα να κρατήσουμε;' })
    await eleni.settled(id, 'confirmed', 120)
    expect(titled(title), `${loss} ${path}`).toMatchObject([{ status: 'publish' }])
  }
  figure('answersLost', losses.length)
  figure('secondPosts', Number(site.sql("select count(*) from wp_posts where post_type = 'post' and post_title like 'Κουλούρια, ημέρα%'")) - losses.length, { max: 0 })
}, 400_000)

test('a visitor’s comment comes in, is answered by a person, and the answer stands once under it', async () => {
  const [post] = titled('Βγήκε το ψωμί ζέας')
  await say(post!.id, 'Έχετε και χωρίς αλάτι;')
  const asked = await eleni.conversation('χωρίς αλάτι', 120)
  expect(asked).toMatchObject({ channel: 'wordpress', contact: { name: 'Γιώργος' } })
  site.lane.lose('cut', { method: 'POST', path: /wp\/v2\/comments\/\d+$/ })
  await eleni.answer(asked.id, 'Έχουμε, κάθε **Τρίτη** & Πέμπτη.')
  await soon('the answer is confirmed', async () => (await eleni.thread(asked.id)).messages.find(({ publication }) => publication?.state === 'confirmed'), 90)
  const [theirs] = comments('χωρίς αλάτι')
  expect(comments('<strong>Τρίτη</strong> &amp; Πέμπτη')).toMatchObject([{ approved: '1', parent: theirs!.id, agent: expect.stringMatching(/^stoa-/) as unknown }])
  expect(await (await fetch(`${site.origin}/?p=${post!.id}`)).text()).toContain('— Ελένη Παπαδάτου')
}, 300_000)

test('other words in the place of theirs and the bin are heard', async () => {
  const [post] = titled('Βγήκε το ψωμί ζέας')
  await say(post!.id, 'Πόσο κάνει το κιλό;')
  const heard = await eleni.conversation('Πόσο κάνει το κιλό', 120)
  const [first] = comments('Πόσο κάνει το κιλό')
  site.php(`wp_update_comment(['comment_ID' => ${first!.id}, 'comment_content' => 'Πόσο κάνει το μισό κιλό;']);`)
  await soon('the new words are heard', async () => (await eleni.thread(heard.id)).messages.find(({ text }) => text.includes('μισό κιλό')), 120)
  site.php(`wp_trash_comment(${first!.id});`)
  const taken = await soon('the taking away is heard', async () => (await eleni.thread(heard.id)).messages.find(({ withdrawn }) => withdrawn), 120)
  expect(taken.text).toBe('')
}, 400_000)

test('sixty at once are all heard, each once', async () => {
  const [post] = titled('Βγήκε το ψωμί ζέας')
  for (let n = 0; n < 60; n++) site.php(`wp_insert_comment(['comment_post_ID' => ${post!.id}, 'comment_author' => 'Πελάτης', 'comment_author_email' => 'p${n}@allou.gr', 'comment_content' => 'κράτηση ${100 + n}', 'comment_approved' => 1]);`)
  const wanted = Array.from({ length: 60 }, (_, n) => `κράτηση ${100 + n}`)
  const heard = await soon('all are heard', async () => {
    const items = await inbox()
    return wanted.every((text) => items.includes(text)) ? items : undefined
  }, 150)
  figure('heard', wanted.filter((text) => heard.includes(text)).length, { min: 60 })
  const twice = wanted.filter((text) => heard.filter((each) => each === text).length > 1)
  figure('heardTwice', twice.length, { max: 0 })
  expect(twice).toEqual([])
}, 300_000)

test('a user who does not moderate says an answer twice and it stands once: WordPress refuses it, and it is read back', async () => {
  const ctx: Ctx = { fetch, now: () => new Date(), signal: new AbortController().signal, log: () => undefined, host: { workspaceId: 'w' } as never, renew: async (same) => same }
  const { settings, id, handle } = await verify({ site: site.origin, user: 'nikos', password: site.passwords.nikos }, ctx)
  expect(settings!.moderates).toBe(false)
  const account: Account<Settings> = { id, workspaceId: 'w', channel: 'wordpress', handle, name: '', settings: settings! }
  const [theirs] = comments('χωρίς αλάτι')
  const draft = { key: 'nikos-answers-01', writtenAt: '2026-11-23T08:00:00Z', kind: 'reply' as const, text: 'Κι εγώ το προτιμώ.\n\nΔείτε [εδώ](https://psomi.gr/).', lang: 'el' as const, media: [], tags: [], author: { id: 'm2', name: 'Νίκος' }, inReplyTo: { channel: 'wordpress', id: `comments/${theirs!.id}` } }
  const wire = await publish.stage!(publish.prepare(draft, account), account, ctx)
  const first = await publish.send(wire, account, ctx)
  expect(await publish.send(wire, account, ctx)).toEqual(first)
  expect('find' in publish && await publish.find(wire, account, ctx)).toEqual(first)
  expect(comments('Κι εγώ το προτιμώ')).toHaveLength(1)
})

test('a new wording keeps the post and its picture, and taking down takes it to the bin', async () => {
  const picture = await eleni.picture('Κλειστή πόρτα')
  const id = await eleni.publish(['wordpress'], { title: 'Κλειστά τη Δευτέρα', text: 'Σας βολεύει η Τρίτη;', media: [picture] })
  const { publications } = await eleni.settled(id)
  const [before] = titled('Κλειστά τη Δευτέρα')
  const cover = () => site.sql(`select meta_value from wp_postmeta where meta_key = '_thumbnail_id' and post_id = ${before!.id}`)
  const first = cover()
  await eleni.edit(id, { title: 'Κλειστά την Τετάρτη', text: 'Σας βολεύει η Πέμπτη;', media: [picture], note: 'Λάθος μέρα.' })
  await soon('the new wording stands', () => (titled('Κλειστά την Τετάρτη').length === 1 ? true : undefined), 40)
  expect(await (await fetch((await eleni.post(id)).publications.find(({ channel }) => channel === 'wordpress')!.url!)).text()).toContain('Διορθώθηκε: Λάθος μέρα.')
  expect(titled('Κλειστά την Τετάρτη')).toMatchObject([{ id: before!.id, slug: before!.slug, status: 'publish' }])
  expect(cover()).toBe(first)
  await eleni.retract(id, 'Τελικά ανοίγουμε.')
  await soon('it is gone', async () => ((await fetch(publications[0]!.url!)).status === 404 ? true : undefined), 40)
  expect(titled('Κλειστά την Τετάρτη')).toMatchObject([{ status: 'trash' }])
})

/** Every word of every conversation. */
async function inbox(): Promise<string[]> {
  const all: string[] = []
  for (let cursor = ''; ;) {
    const { items, next } = await stoa.ask<{ items: { id: string }[]; next: string | null }>('GET', `conversations?view=all&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    for (const { id } of items) all.push(...(await eleni.thread(id)).messages.map(({ text }) => text))
    if (next === null) return all
    cursor = next
  }
}
