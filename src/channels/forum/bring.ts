import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Account } from '#kit/channel.ts'
import { oldId, type Brought, type OldPerson, type OldSystem, type OldTopic, type OldWord } from '#kit/old-words.ts'
import type { Lang } from '#kit/lang.ts'
import { markdownToHtml } from '#text/html/markdown.ts'
import { guessLang } from '#text/lang.ts'
import { slug } from '#text/slug.ts'
import { mine, type Tx } from '#db/database.ts'
import { wordsOf } from './convert.ts'
import { newCode } from './passphrase.ts'
import { knownAs } from './people.ts'
import { tagsIn } from './rules.ts'
import { forumCategories as categories, forumOldNames as oldNames, forumPeople as people, forumPosts as posts, forumTopics as topics } from './tables.ts'
import { categoryNamed } from './topics.ts'

/** What something of an old system is called where its new id is made of it. */
export const oldTopic = (id: string): string => `topic ${id}`
export const oldWord = (id: string): string => `word ${id}`
/** The name by which an old category is found: no category can be given one with a slash. */
export const oldCategory = (system: OldSystem, id: string): string => `${system}/${id}`

interface Bringing { readonly tx: Tx; readonly words: readonly OldWord[] }
const idOf = ({ tx }: Bringing, system: OldSystem, name: string): string => oldId(tx.workspace, system, name)
const topicId = (by: Bringing, { system, topic }: OldWord): string => idOf(by, system, oldTopic(topic.id))
const wordId = (by: Bringing, { system }: OldWord, id: string): string => idOf(by, system, oldWord(id))
const once = <T>(all: readonly T[], key: (one: T) => string): T[] => [...new Map(all.map((one) => [key(one), one])).values()]
const langOf = (text: string): Lang => guessLang(text) ?? 'en'

/** Where each old category is now: the one it became before, one of the same name, or a new one. */
async function categoriesOf({ tx, words }: Bringing): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { system, topic: { category } } of once(words, (one) => oldCategory(one.system, one.topic.category.id))) {
    const old = oldCategory(system, category.id)
    found.set(old, (await categoryNamed(tx, old))?.id ?? await newCategory(tx, category, old))
  }
  return found
}
async function newCategory(tx: Tx, category: OldTopic['category'], old: string): Promise<string> {
  const name = category.name.slice(0, 80)
  const [same] = name === '' ? [] : await tx.select({ id: categories.id }).from(categories).where(and(mine(tx, categories), or(eq(categories.nameEn, name), eq(categories.nameEl, name)))).limit(1)
  const id = same?.id ?? await insertCategory(tx, { nameEn: name || `Category ${category.id}`.trim(), nameEl: name || `Κατηγορία ${category.id}`.trim(), about: category.about.slice(0, 200) })
  await tx.insert(oldNames).values({ slug: old, categoryId: id }).onConflictDoNothing()
  return id
}
async function insertCategory(tx: Tx, { about, ...names }: { readonly nameEn: string; readonly nameEl: string; readonly about: string }): Promise<string> {
  const base = slug(names.nameEn) || 'category'
  for (let turn = 1; ; turn++) {
    const address = turn === 1 ? base : `${base}-${turn}`
    if (await categoryNamed(tx, address)) continue
    const [made] = await tx.insert(categories).values({ ...names, aboutEn: about, aboutEl: about, slug: address, place: 100 }).returning()
    return made!.id
  }
}

const keyOf = (system: OldSystem, { id }: OldPerson): string => `${system} ${id}`
/** Who said it, by the ids they have here. Somebody here with the same confirmed address is the same person; of two with one name each keeps their own. */
async function peopleOf(by: Bringing, fresh: readonly OldWord[]): Promise<Map<string, string>> {
  const { tx } = by
  const wanted = once(fresh.flatMap(({ system, author, topic, at }) => [{ system, person: author, at }, { system, person: topic.author, at: topic.openedAt }]).filter(({ person }) => person.id !== ''), (one) => keyOf(one.system, one.person))
    .map(({ system, person, at }) => ({ key: keyOf(system, person), id: idOf(by, system, `person ${person.id}`), name: nameOf(person), known: knownAs(nameOf(person)), email: person.email?.toLowerCase() ?? null, joinedAt: new Date(at) }))
  const emails = wanted.flatMap(({ email }) => (email ? [email] : []))
  const here = wanted.length === 0 ? [] : await tx.select({ id: people.id, known: people.known, email: people.email }).from(people)
    .where(and(mine(tx, people), or(inArray(people.id, wanted.map((one) => one.id)), inArray(people.known, wanted.map((one) => one.known)), ...(emails.length > 0 ? [inArray(people.email, emails)] : []))))
  const found = new Map<string, string>()
  const [ids, names] = [new Set(here.map((one) => one.id)), new Set(here.map((one) => one.known))]
  const made = wanted.flatMap(({ key, ...one }) => {
    const same = here.find((other) => other.email !== null && other.email === one.email)
    found.set(key, same?.id ?? one.id)
    if (same || ids.has(one.id)) return []
    const known = one.known.length >= 2 && !names.has(one.known) ? one.known : `${one.known} ${key}`
    names.add(known)
    return [{ ...one, known }]
  })
  if (made.length > 0) await tx.insert(people).values(made).onConflictDoNothing()
  return found
}
const nameOf = ({ name, id }: OldPerson): string => (name.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() || id || '—').slice(0, 80)

/** Topics that are not here yet, and those whose number belongs to another forum's. */
async function topicsOf(by: Bringing, given: { readonly categories: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, string> }): Promise<void> {
  const { tx } = by
  const wanted = once(by.words, (one) => `${one.system} ${one.topic.id}`)
  const made = await tx.insert(topics).values(wanted.map((word) => {
    const { system, topic } = word
    const openedAt = new Date(topic.openedAt)
    return {
      id: topicId(by, word), categoryId: given.categories.get(oldCategory(system, topic.category.id))!, code: newCode(), slug: wordsOf(topic.title), title: topic.title.slice(0, 255), lang: langOf(topic.title), personId: given.people.get(keyOf(system, topic.author)) ?? null,
      authorName: nameOf(topic.author), tags: tagsIn(topic.tags.map((tag) => tag.replaceAll(',', ' ')).join(',')), openedAt, movedAt: openedAt, openerId: wordId(by, word, topic.opener), lockedAt: topic.locked ? openedAt : null, pinnedAt: topic.pinned ? openedAt : null,
    }
  })).onConflictDoNothing().returning({ categoryId: topics.categoryId })
  for (const [categoryId, all] of Map.groupBy(made, (one) => one.categoryId)) await tx.update(categories).set({ topics: sql`${categories.topics} + ${all.length}` }).where(and(mine(tx, categories), eq(categories.id, categoryId)))
}

/** What the figures of topics and people say, after words have come in. */
async function recount({ tx }: Bringing, fresh: readonly { readonly id: string; readonly topicId: string; readonly personId: string | null; readonly at: Date }[], accepted: readonly { readonly topicId: string; readonly id: string }[]): Promise<void> {
  await tx.execute(sql`update forum_topics t set answers = t.answers + x.n, moved_at = greatest(t.moved_at, x.last) from (
    select v.topic as id, count(*) filter (where v.post <> o.opener_id) as n, max(v.at) as last from jsonb_to_recordset(${JSON.stringify(fresh.map((one) => ({ topic: one.topicId, post: one.id, at: one.at })))}::jsonb) as v(topic uuid, post uuid, at timestamptz)
    join forum_topics o on o.id = v.topic group by v.topic) x where t.id = x.id and t.workspace_id = ${tx.workspace}::uuid`)
  await tx.execute(sql`update forum_people p set posts = p.posts + x.n from (select v.person as id, count(*) as n from jsonb_to_recordset(${JSON.stringify(fresh.map((one) => ({ person: one.personId })))}::jsonb) as v(person uuid) where v.person is not null group by v.person) x
    where p.id = x.id and p.workspace_id = ${tx.workspace}::uuid`)
  if (accepted.length > 0) await tx.execute(sql`update forum_topics t set accepted_id = x.id from jsonb_to_recordset(${JSON.stringify(accepted)}::jsonb) as x("topicId" uuid, id uuid) where t.id = x."topicId" and t.accepted_id is null and t.workspace_id = ${tx.workspace}::uuid`)
}

/** Old words stand where they stood: under their topic, with their name, their time, what helped and how many were thankful. Nobody is told, and no rule looks at them. */
export async function bringIn(tx: Tx, _account: Account, { words, origin }: { readonly words: readonly OldWord[]; readonly origin: string }): Promise<Brought[]> {
  if (words.length === 0) return []
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`forum bring ${tx.workspace}`}, 0))`)
  const all: Bringing = { tx, words }
  const standing = new Map((await tx.select({ id: topics.id, openedAt: topics.openedAt, mergedInto: topics.mergedInto }).from(topics).where(and(mine(tx, topics), inArray(topics.id, [...new Set(words.map((one) => topicId(all, one)))])))).map((one) => [one.id, one]))
  // A topic's number and the moment it was opened belong together: elsewhere it is another forum's.
  const isOther = (word: OldWord): boolean => { const at = standing.get(topicId(all, word))?.openedAt; return at !== undefined && at.getTime() !== new Date(word.topic.openedAt).getTime() }
  const known = new Set((await tx.select({ id: posts.id }).from(posts).where(and(mine(tx, posts), inArray(posts.id, words.map((one) => wordId(all, one, one.id)))))).map(({ id }) => id))
  const fresh = once(words.filter((one) => !isOther(one) && !known.has(wordId(all, one, one.id))), (one) => wordId(all, one, one.id))
  const by: Bringing = { tx, words: fresh }
  const rendered = new Map<string, { readonly html: string; readonly lang: Lang; readonly personId: string | null }>()
  if (fresh.length > 0) {
    const persons = await peopleOf(by, fresh)
    await topicsOf(by, { categories: await categoriesOf(by), people: persons })
    const rows = fresh.map((word) => {
      const lang = langOf(word.markdown)
      const row = {
        id: wordId(by, word, word.id), topicId: standing.get(topicId(by, word))?.mergedInto ?? topicId(by, word), personId: persons.get(keyOf(word.system, word.author)) ?? null, authorName: nameOf(word.author), markdown: word.markdown, html: markdownToHtml(word.markdown, { lang }), lang,
        at: new Date(word.at), editedAt: word.editedAt ? new Date(word.editedAt) : null, thanks: word.thanks,
      }
      rendered.set(row.id, row)
      return row
    })
    await tx.insert(posts).values(rows).onConflictDoNothing()
    await recount(by, rows, fresh.flatMap((word) => (word.topic.accepted === word.id && word.id !== word.topic.opener ? [{ topicId: topicId(by, word), id: wordId(by, word, word.id) }] : [])))
  }
  const openers = await firstOf(by)
  return words.map((word): Brought => {
    if (isOther(word)) return 'other'
    const id = wordId(all, word, word.id)
    const now = rendered.get(id)
    rendered.delete(id)
    return { id, opener: openers.get(topicId(all, word)) ?? id, personId: now?.personId ?? '', html: now?.html ?? '', lang: now?.lang ?? '', url: `${origin}/forum/p/${id}`, is: now ? 'new' : 'known' }
  })
}
/** The word each topic begins with here: its first, or the earliest that came along. */
async function firstOf(by: Bringing): Promise<Map<string, string>> {
  const ids = [...new Set(by.words.map((one) => topicId(by, one)))]
  if (ids.length === 0) return new Map()
  const { rows } = await by.tx.execute<{ topic_id: string; id: string }>(sql`select distinct on (topic_id) topic_id, id from forum_posts where workspace_id = ${by.tx.workspace}::uuid and topic_id in ${ids} order by topic_id, at, id`)
  return new Map(rows.map((row) => [row.topic_id, row.id]))
}
