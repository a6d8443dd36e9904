import type { Log } from '#kit/channel.ts'
import type { Host, Hosts } from '#kit/host.ts'
import type { Database, Tx } from '#db/database.ts'
import { ring } from '../../fediverse/bell.ts'
import { inboxesOf, post as deliver } from '../../fediverse/store.ts'
import { readSettings } from '../room.ts'
import { postById, type Post } from '../topics.ts'
import { announceOf, announceUri, createOf, createUri, deleteOf, digestOf, moveOf, noteOf, speakerOf, undoneOf, updateOf, withContext, type NoteSpec, type Thing } from './objects.ts'
import { federatedSince, groupUri, keyIdOf, type ForumAccount } from './places.ts'
import { dropGoneInboxes, dueTellings, followerInboxes, forgetTelling, putOff, settleTelling, takeTelling, type Telling } from './store.ts'
import { leaves, passersOf, specOf, type Passer } from './subject.ts'

const every = 1_000
const hour = 3_600_000
const mostTries = 20
// Whoever is told the words themselves is told first: passed on before them, they would be fetched, and a mention in them overlooked (snac does so).
const afterTheWords = 4_000

interface Errand { readonly tx: Tx; readonly account: ForumAccount; readonly spec: NoteSpec; readonly passers: readonly Passer[]; readonly now: Date }

const send = ({ tx, account, now }: Errand, by: string, given: { readonly activity: Thing; readonly inboxes: readonly string[]; readonly at?: Date }): Promise<void> =>
  deliver(tx, account, { activity: String(given.activity['id']), keyId: keyIdOf(by), body: withContext(given.activity), inboxes: given.inboxes, at: given.at ?? now })

const uriOf = ({ origin, post }: NoteSpec): string => post.outside?.id ?? `${origin}/forum/p/${post.id}`
const answeredInbox = ({ under }: NoteSpec): string[] => (under?.outside ? [under.outside.inbox] : [])

async function passOn(telling: Errand, passers: readonly Passer[], times: number): Promise<void> {
  const { tx, spec, now } = telling
  const at = new Date(now.getTime() + (spec.post.outside ? 0 : afterTheWords))
  for (const { uri, aboutId } of passers) {
    await send(telling, uri, { at, activity: announceOf({ by: uri, note: uriOf(spec), postId: spec.post.id, at: now, times }), inboxes: await followerInboxes(tx, [aboutId]) })
  }
}

/** Everywhere the post was said, or may have been: where it went, who follows now, whom it answers. */
async function everywhere({ tx, account, spec, passers }: Errand, times: number): Promise<string[]> {
  const went = await Promise.all([createUri(spec.origin, spec.post.id, times), ...passers.map(({ uri }) => announceUri({ by: uri, postId: spec.post.id, times }))].map((id) => inboxesOf(tx, account, id)))
  return [...new Set([...went.flat(), ...await followerInboxes(tx, [spec.home.id, ...passers.map(({ aboutId }) => aboutId)]), ...answeredInbox(spec)])]
}

async function say(telling: Errand, times: number): Promise<void> {
  const { tx, spec } = telling
  if (!spec.post.outside) await send(telling, speakerOf(spec), { activity: createOf(spec, times), inboxes: [...await followerInboxes(tx, [spec.home.id]), ...answeredInbox(spec)] })
  await passOn(telling, telling.passers, times)
}

async function takeDown(telling: Errand, times: number): Promise<void> {
  const { tx, spec, passers, now } = telling
  if (!spec.post.outside) return await send(telling, speakerOf(spec), { activity: deleteOf(spec, now, times), inboxes: await everywhere(telling, times) })
  for (const { uri, aboutId } of passers) await send(telling, uri, { activity: undoneOf({ by: uri, note: uriOf(spec), postId: spec.post.id, at: now, times }), inboxes: await followerInboxes(tx, [aboutId]) })
}

/** What was told and what stands are compared; the difference is told, once. */
async function tell(telling: Errand, before: Telling, since: Date): Promise<void> {
  const { tx, spec, now } = telling
  const stands = before.told !== null && before.goneAt === null
  const shown = leaves(spec, since)
  const times = before.told?.times ?? 0
  if (!shown && !stands) return before.told ? await settleTelling(tx, before.postId, {}) : await forgetTelling(tx, before.postId)
  if (!shown) {
    await takeDown(telling, times)
    return await settleTelling(tx, before.postId, { goneAt: now })
  }
  const told = { digest: digestOf(noteOf(spec)), categoryId: spec.category.id, times: stands || !before.told ? times : times + 1 }
  if (!stands) await say(telling, told.times)
  else {
    if (!spec.post.outside && before.told?.digest !== told.digest) await send(telling, speakerOf(spec), { activity: updateOf(spec, now), inboxes: await everywhere(telling, times) })
    if (before.told?.categoryId !== spec.category.id) await passOn(telling, telling.passers.filter(({ aboutId }) => aboutId === spec.category.id), times)
  }
  if (spec.home.mergedInto && spec.post.id === spec.home.openerId) {
    const from = groupUri(spec.origin, { kind: 'topic', code: spec.home.code })
    await send(telling, from, { activity: moveOf(from, groupUri(spec.origin, { kind: 'topic', code: spec.topic.code })), inboxes: await followerInboxes(tx, [spec.home.id]) })
  }
  await settleTelling(tx, before.postId, { told, goneAt: null })
}

async function tellOne(host: Host, database: Database, { postId, now }: { readonly postId: string; readonly now: Date }): Promise<void> {
  const [found, site] = await Promise.all([host.account('forum'), host.site()])
  const account = found && { ...found, settings: readSettings(found) }
  const since = account && federatedSince(account.settings)
  await database.write(host.workspaceId, async (tx) => {
    const before = await takeTelling(tx, postId)
    if (!before) return
    const post: Post | undefined = await postById(tx, postId)
    const spec = post && await specOf(tx, site, post)
    if (!account || !since || !spec) return before.told ? await settleTelling(tx, postId, {}) : await forgetTelling(tx, postId)
    await tell({ tx, account, spec, passers: await passersOf(tx, spec, account.id), now }, before, since)
  })
}

/** Tells other servers what changed here; the number of posts looked at. What goes out goes by the same rows as everything of the brand. */
export async function federateRound(hosts: Hosts, now: Date, log: Log = () => undefined): Promise<number> {
  const database = hosts.lend('database') as Database
  const due = await dueTellings(database, now)
  for (const one of due) {
    try { await tellOne(hosts.of(one.workspaceId), database, { postId: one.postId, now }) } catch (error) {
      log('a post could not be told to those who follow it', { postId: one.postId, error: String(error) })
      await putOff(database, one, { now, mostTries })
    }
  }
  if (due.length > 0) ring(database)
  return due.length
}

export function federate(hosts: Hosts, log: Log): { stop(): Promise<void> } {
  let [stopped, tidied] = [false, 0]
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  const turn = async (): Promise<void> => {
    try {
      await federateRound(hosts, new Date(), log)
      if (Date.now() - tidied > hour) { tidied = Date.now(); await dropGoneInboxes(hosts.lend('database') as Database) }
    } catch (error) { log('the forum could not tell what is new for a moment', { error: String(error) }) }
    if (!stopped) timer = setTimeout(go, every)
  }
  const go = (): void => { running = turn() }
  go()
  return { stop: async () => { stopped = true; clearTimeout(timer); await running } }
}
