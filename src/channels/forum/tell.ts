import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Log } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import { EVERY, type Database } from '#db/database.ts'
import type { TxWithin } from './say.ts'
import { forumPeople as people, forumPosts as posts, forumRulings as rulings } from './tables.ts'
import { wordsIn } from './words/words.ts'

const every = 15_000

/** Whoever left an address is told by letter why their words are not shown, once; of what was taken for spam nothing is told. */
export async function tellRound(hosts: Hosts, now: Date): Promise<number> {
  const due = await (hosts.lend('database') as Database).read(EVERY, (db) => db.select({ id: rulings.id, workspaceId: rulings.workspaceId, reason: rulings.reason, lang: posts.lang, email: people.email, name: people.name }).from(rulings)
    .innerJoin(people, eq(people.id, rulings.personId)).innerJoin(posts, eq(posts.id, rulings.postId)).where(and(eq(rulings.ruled, 'hidden'), isNull(rulings.toldAt), isNull(rulings.answeredAt), isNotNull(people.email))).limit(20))
  let told = 0
  for (const one of due) {
    const host = hosts.of(one.workspaceId)
    const account = await host.account('forum')
    if (!account || !one.email || !await host.canWriteLetters()) continue
    const [{ origin }, words, to] = [await host.site(), wordsIn(one.lang), one.email]
    await host.within(account, async ({ tx, write }) => {
      await write({ to, name: one.name, lang: one.lang, subject: words.ruledSubject, text: words.ruledBody(one.reason, `${origin}/forum/decisions/${one.id}`), about: { kind: 'forum', id: 'rulings' }, stoppable: false, once: `forum ruling ${one.id}` })
      await (tx as TxWithin['tx']).update(rulings).set({ toldAt: now }).where(eq(rulings.id, one.id))
    })
    told += 1
  }
  return told
}

export function tellRulings(hosts: Hosts, log: Log): { stop(): Promise<void> } {
  let running: Promise<unknown> | undefined
  const go = (): void => { running ??= tellRound(hosts, new Date()).catch((error: unknown) => log('telling decisions stumbled', { error: String(error) })).finally(() => { running = undefined }) }
  const timer = setInterval(go, every)
  return { stop: async () => { clearInterval(timer); await running } }
}
