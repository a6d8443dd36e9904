import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { asc, getTableName, gt } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { EVERY, type Database } from '#db/database.ts'
import { accounts } from '#core/accounts/tables.ts'
import { contacts, identities } from '#core/contacts/tables.ts'
import { conversations, messages } from '#core/conversations/tables.ts'
import { media } from '#core/media/tables.ts'
import { mediaFile } from '#core/media/store.ts'
import { members, voices } from '#core/members/tables.ts'
import { joined } from '#core/posts/rules.ts'
import { approvalSteps, postComments, posts, postVersions, publishingPolicies } from '#core/posts/tables.ts'
import { publications } from '#core/publications/tables.ts'
import { workspaces } from '#core/workspaces/tables.ts'
import { campaigns, objectives } from '#strategy/tables.ts'
import { slug } from '#text/slug.ts'
import { say, sayWrong } from './say.ts'

const tables = [workspaces, members, voices, accounts, contacts, identities, conversations, messages, posts, postVersions, postComments, approvalSteps, publishingPolicies, publications, campaigns, objectives, media] as const
const secret: readonly string[] = ['secret', 'search']

async function rows(database: Database, table: PgTable & { readonly id: typeof posts.id }, path: string): Promise<number> {
  const out = createWriteStream(path)
  let last = '00000000-0000-0000-0000-000000000000'
  let count = 0
  for (;;) {
    const page = await database.read(EVERY, (db) => db.select().from(table as typeof posts).where(gt(table.id, last)).orderBy(asc(table.id)).limit(1000))
    for (const row of page) out.write(`${JSON.stringify(row, (name, value: unknown) => (secret.includes(name) ? undefined : value))}\n`)
    count += page.length
    if (page.length < 1000) break
    last = page.at(-1)!.id
  }
  out.end()
  await finished(out)
  return count
}

/** Everything a team would take along: JSON Lines for each noun, posts as Markdown, pictures as files. No secrets. */
export async function exportCommand(database: Database, dataDir: string, target: string | undefined): Promise<number> {
  if (!target) { sayWrong('stoa export DIR'); return 1 }
  await mkdir(join(target, 'posts'), { recursive: true })
  await mkdir(join(target, 'media'), { recursive: true })
  for (const table of tables) {
    const name = getTableName(table)
    say(`${name}\t${await rows(database, table as unknown as typeof posts, join(target, `${name}.jsonl`))}`)
  }
  const { written, pictures } = await database.read(EVERY, async (db) => ({ written: await db.select().from(posts), pictures: await db.select().from(media) }))
  for (const post of written) {
    const head = { title: post.title, lang: post.lang, state: post.state, date: post.publishedAt ?? post.dueAt, tags: post.tags, intent: post.intent }
    await writeFile(join(target, 'posts', `${slug(post.title || post.id)}-${post.id.slice(-6)}.md`), `---\n${Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n')}\n---\n\n${joined(post).text}\n`)
  }
  for (const picture of pictures) await copyFile(mediaFile(dataDir, picture), join(target, 'media', `${picture.id}.${picture.ending}`)).catch(() => sayWrong(`missing: ${picture.id}`))
  return 0
}
