import { KeyObject } from 'node:crypto'
import type { Db } from '#db/database.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { keysOf } from '../../fediverse/keys.ts'
import type { Tools } from '../../fediverse/tools.ts'
import { topicPath } from '../convert.ts'
import { categoryById, topicByCode, topicById, type Category, type Topic } from '../topics.ts'
import { wordsIn } from '../words/words.ts'
import type { Door } from './door.ts'
import { groupOf, type Thing } from './objects.ts'
import { categoryName, forumName, groupUri, topicName, type Group } from './places.ts'
import { isOpen, topicsMergedInto } from './subject.ts'

export interface Found { readonly group: Group; readonly uri: string; readonly aboutId: string; readonly topic?: Topic; readonly category?: Category }

/** A group that others may know of, with what it is about. */
export async function foundGroup(db: Db, door: Door, group: Group): Promise<Found | undefined> {
  const uri = groupUri(door.origin, group)
  if (group.kind === 'forum') return { group, uri, aboutId: door.account.id }
  if (group.kind === 'category') {
    const category = await categoryById(db, group.id)
    return category && { group, uri, aboutId: category.id, category }
  }
  const topic = await topicByCode(db, group.code)
  return topic && isOpen(topic, door.since) ? { group, uri, aboutId: topic.id, topic } : undefined
}

interface Showing { readonly door: Door; readonly site: { readonly name: string; readonly lang: 'en' | 'el' }; readonly tools: Tools }
const pemOf = async (tools: Tools, door: Door): Promise<string> =>
  KeyObject.from((await keysOf(tools, door.account)).publicKey).export({ type: 'spki', format: 'pem' }).toString()

/** The group as an actor. One pair of keys signs for all of them; each names it as its own. */
export async function actorOf(db: Db, found: Found, { door, site, tools }: Showing): Promise<Thing> {
  const { origin } = door
  const words = wordsIn(site.lang)
  const common = { origin, uri: found.uri, pem: await pemOf(tools, door), since: door.since }
  const paragraph = (text: string): string => (text === '' ? '' : `<p>${escapeHtml(text)}</p>`)
  if (found.topic) {
    const { topic } = found
    const into = topic.mergedInto === null ? undefined : await topicById(db, topic.mergedInto)
    const before = await topicsMergedInto(db, topic.id)
    return groupOf({
      ...common, since: topic.openedAt, username: topicName(topic), name: topic.title, summary: paragraph(words.topicActor(site.name)), page: `${origin}${topicPath(into ?? topic)}`,
      movedTo: into && groupUri(origin, { kind: 'topic', code: into.code }), alsoKnownAs: before.map(({ code }) => groupUri(origin, { kind: 'topic', code })),
    })
  }
  if (found.category) {
    const { category } = found
    const [name, about] = site.lang === 'el' ? [category.nameEl, category.aboutEl] : [category.nameEn, category.aboutEn]
    return groupOf({ ...common, username: categoryName(category), name: `${name} · ${site.name}`, summary: paragraph(about) + paragraph(words.categoryActor(site.name)), page: `${origin}/forum/c/${category.slug}` })
  }
  return groupOf({ ...common, username: forumName, name: `${words.forum} · ${site.name}`, summary: paragraph(words.lead(site.name)), page: `${origin}/forum` })
}
