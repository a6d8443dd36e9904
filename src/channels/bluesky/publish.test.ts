import { describe, expect, test } from 'vitest'
import type { Draft } from '#kit/channel.ts'
import { cidOf } from './dag.ts'
import { publish } from './publish.ts'
import { fanDid, TestServer, uriOf } from './test-server.ts'
import { accountOn, ctxOf, post } from './test-world.ts'
import type { Post, Wire } from './wire.ts'

const more = (n: number): Draft => ({ ...post, key: `${post.key}-${n}`, text: `Βήμα ${n}` })
const thread: Draft = { ...post, text: 'Βήμα 1', more: [more(2), more(3)] }
const world = () => { const server = new TestServer(); return { server, account: accountOn(server.session), ctx: ctxOf(server) } }
type World = ReturnType<typeof world>
const ready = async (draft: Draft, { account, ctx }: World) => publish.stage!(publish.prepare(draft, account), account, ctx)
const send = (wire: Wire, { account, ctx }: World) => publish.send(wire, account, ctx)
const standing = ({ server }: World) => [...server.records].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([rkey, { cid, value }]) => ({ uri: uriOf(rkey), cid, value: value as unknown as Post }))
const picture = { id: 'p1', url: '/media/p1.png', type: 'image/png', alt: 'Ένα καρβέλι', width: 640, height: 480 }

describe('a thread', () => {
  test('is one write, each part under the one before by its own CID', async () => {
    const here = world()
    const receipt = await send(await ready(thread, here), here)
    const [one, two, three] = standing(here)
    expect([receipt.id, ...receipt.more!.map(({ id }) => id)]).toEqual([one!.uri, two!.uri, three!.uri])
    expect(two!.value.reply).toEqual({ root: { uri: one!.uri, cid: one!.cid }, parent: { uri: one!.uri, cid: one!.cid } })
    expect(three!.value.reply).toEqual({ root: { uri: one!.uri, cid: one!.cid }, parent: { uri: two!.uri, cid: two!.cid } })
    expect(here.server.commits).toBe(1)
  })
  test('sent again, at once or later, is not written again', async () => {
    const here = world()
    const wire = await ready(thread, here)
    const receipts = await Promise.all(Array.from({ length: 8 }, () => send(wire, here)))
    expect(new Set(receipts.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await send(wire, here)).toEqual(receipts[0])
    expect(here.server.commits).toBe(1)
  })
  test.each(['answer-lost', 'broken', 'half', 'page', 'late'] as const)('whose answer went wrong (%s) is settled by the next try', async (fault) => {
    const here = world()
    const wire = await ready(thread, here)
    here.server.next(fault, 3)
    await send(wire, here).catch((error: unknown) => { expect(error).toMatchObject({ trouble: { kind: 'unknown' } }) })
    here.server.arrive()
    expect((await send(wire, here)).more).toHaveLength(2)
    expect(here.server.commits).toBe(1)
  })
  test('of which only a part stands is left to a person', async () => {
    const here = world()
    const wire = await ready(thread, here)
    await send(wire, here)
    here.server.records.delete(wire.tid)
    await expect(send(wire, here)).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
    expect(here.server.records.size).toBe(2)
  })
  test('in new words keeps its place, grows, shrinks, and is written once', async () => {
    const here = world()
    const { id } = await send(await ready(thread, here), here)
    const revise = (draft: Draft) => publish.revise!({ channel: 'bluesky', id }, publish.prepare(draft, here.account), here.account, here.ctx)
    const longer: Draft = { ...thread, text: 'Βήμα 1, αλλιώς', more: [more(2), more(3), more(4)] }
    await revise(longer)
    expect(standing(here).map(({ value }) => value.text.split('\n')[0])).toEqual(['Βήμα 1, αλλιώς', 'Βήμα 2', 'Βήμα 3', 'Βήμα 4'])
    const [one, two] = standing(here)
    expect(two!.value.reply!.parent).toEqual({ uri: one!.uri, cid: cidOf(one!.value as never) })
    const { commits } = here.server
    await revise(longer)
    expect(here.server.commits).toBe(commits)
    await revise({ ...thread, more: [more(2)] })
    expect(standing(here).map(({ value }) => value.text.split('\n')[0])).toEqual(['Βήμα 1', 'Βήμα 2'])
  })
  test('is taken down whole', async () => {
    const here = world()
    const wire = await ready(thread, here)
    const { id } = await send(wire, here)
    for (let time = 0; time < 2; time++) await publish.retract!({ channel: 'bluesky', id }, wire, here.account, here.ctx)
    expect(standing(here)).toEqual([])
  })
})

describe('a post', () => {
  test('is never written over: what somebody changed meanwhile stays', async () => {
    const here = world()
    const wire = await ready(post, here)
    await send(wire, here)
    const value = { text: 'Άλλα λόγια' }
    here.server.records.set(wire.tid, { cid: cidOf(value), value })
    await expect(send(wire, here)).rejects.toMatchObject({ trouble: { kind: 'refused' } })
    expect(standing(here)[0]!.value.text).toBe('Άλλα λόγια')
  })
  test('names the accounts that exist; the others stay words', async () => {
    const here = world()
    const wire = await ready({ ...post, text: 'Γεια @giorgos.allou.gr και @nobody.allou.gr' }, here)
    expect(wire.records[0]!.facets).toEqual([{ index: { byteStart: 9, byteEnd: 26 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: fanDid }] }])
  })
  test('that ends with a link to a post shows that post', async () => {
    const here = world()
    const uri = here.server.speak('Το καλύτερο ψωμί!')
    const link = `https://bsky.app/profile/giorgos.allou.gr/post/${uri.split('/').at(-1)}`
    const [record] = (await ready({ ...post, text: `Ευχαριστούμε! #ψωμί ${link}` }, here)).records
    expect(record!.embed).toEqual({ $type: 'app.bsky.embed.record', record: { uri, cid: cidOf(here.server.theirs.get(uri)!) } })
    expect(record!.text).toBe('Ευχαριστούμε! #ψωμί\n\n— Ελένη')
    expect(record!.facets).toHaveLength(1)
    const [gone] = (await ready({ ...post, text: `Ευχαριστούμε! ${link.slice(0, -1)}9` }, here)).records
    expect(gone!.embed).toBeUndefined()
    expect(gone!.text).toContain(link.slice(0, -1))
  })
  test('made ready again is the same', async () => {
    const here = world()
    here.server.speak('Ψωμί!')
    const draft = { ...post, text: `@giorgos.allou.gr https://bsky.app/profile/${fanDid}/post/3k20000000001` }
    const wire = await ready(draft, here)
    expect(await publish.stage!(wire, here.account, here.ctx)).toEqual(wire)
    expect(await ready(draft, here)).toEqual(wire)
  })
  test('whose file was not handed over does not go out without it', async () => {
    const here = world()
    await expect(send(await ready({ ...post, media: [picture] }, here), here)).rejects.toMatchObject({ trouble: { kind: 'refused' } })
    expect(standing(here)).toEqual([])
  })
  test('with pictures and a video together is refused before anything is sent', async () => {
    const here = world()
    await expect(ready({ ...post, media: [picture, { ...picture, id: 'v', type: 'video/mp4' }] }, here)).rejects.toMatchObject({ trouble: { kind: 'refused', because: expect.stringContaining('two posts') } })
  })
  test('shows a video with its description', async () => {
    const here = world()
    const video = { ...picture, id: 'v', type: 'video/mp4' }
    const uploaded = await publish.upload!({ attachment: video, bytes: new Uint8Array([1]), key: 'k' }, here.account, here.ctx)
    await send(await ready({ ...post, media: [{ ...video, uploaded }] }, here), here)
    expect(standing(here)[0]!.value.embed).toEqual({ $type: 'app.bsky.embed.video', video: uploaded, alt: 'Ένα καρβέλι', aspectRatio: { width: 640, height: 480 } })
  })
  test('with a large file that did not get there in time is refused, a small one is tried again', async () => {
    const here = world()
    const upload = (length: number) => { here.server.next('late'); return publish.upload!({ attachment: { ...picture, type: 'video/mp4' }, bytes: new Uint8Array(length), key: 'k' }, here.account, here.ctx) }
    await expect(upload(6_000_000)).rejects.toMatchObject({ trouble: { kind: 'refused', because: expect.stringContaining('Make it smaller') } })
    await expect(upload(1_000)).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
  })
  test('made ready for another account is not sent from this one', async () => {
    const here = world()
    await expect(send({ ...await ready(post, here), did: fanDid }, here)).rejects.toMatchObject({ trouble: { kind: 'refused' } })
  })
})

describe('an answer', () => {
  const answering = (id: string): Draft => ({ ...post, kind: 'reply', inReplyTo: { channel: 'bluesky', id } })
  test('stands in the thread of what it answers', async () => {
    const here = world()
    const root = { uri: uriOf('3kaaaaaaaaaaa'), cid: 'bafyroot' }
    const uri = here.server.speak('Έχετε ψωμί;', { record: { reply: { root, parent: root } } })
    const [record] = (await ready(answering(uri), here)).records
    expect(record!.reply).toEqual({ root, parent: { uri, cid: cidOf(here.server.theirs.get(uri)!) } })
  })
  test('to what begins a thread makes that the root', async () => {
    const here = world()
    const uri = here.server.speak('Έχετε ψωμί;')
    const ref = { uri, cid: cidOf(here.server.theirs.get(uri)!) }
    expect((await ready(answering(uri), here)).records[0]!.reply).toEqual({ root: ref, parent: ref })
  })
  test('to what is gone is told before anything is said', async () => {
    const here = world()
    await expect(ready(answering(`at://${fanDid}/app.bsky.feed.post/3kzzzzzzzzzzz`), here)).rejects.toMatchObject({ trouble: { kind: 'refused', because: 'What this answers is no longer there.' } })
  })
  test('in new words stays where it was, even when what it answers is gone', async () => {
    const here = world()
    const uri = here.server.speak('Έχετε ψωμί;')
    const { id } = await send(await ready(answering(uri), here), here)
    const [before] = standing(here)
    here.server.theirs.delete(uri)
    await publish.revise!({ channel: 'bluesky', id }, publish.prepare({ ...answering(uri), text: 'Ναι, έχουμε.' }, here.account), here.account, here.ctx)
    expect(standing(here)[0]!.value).toMatchObject({ text: expect.stringContaining('Ναι, έχουμε.'), reply: before!.value.reply })
  })
})
