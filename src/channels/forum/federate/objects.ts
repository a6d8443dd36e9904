import { createHash } from 'node:crypto'
import type { Json } from '#kit/json.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { topicPath } from '../convert.ts'
import type { Category, Post, Topic } from '../topics.ts'
import { groupUri, keyIdOf, noteUri, sharedInbox } from './places.ts'

// Written as servers read them: plain names, lists as lists, the public by its full name.
export type Thing = { readonly [key: string]: Json }
const streams = 'https://www.w3.org/ns/activitystreams'
export const everybody = `${streams}#Public`
const ofActors: Json = [streams, 'https://w3id.org/security/v1', {
  toot: 'http://joinmastodon.org/ns#', discoverable: 'toot:discoverable', manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
  movedTo: { '@id': 'as:movedTo', '@type': '@id' }, alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
}]
export const withContext = (thing: Thing): Thing => ({ '@context': thing['type'] === 'Group' ? ofActors : [streams, { Hashtag: 'as:Hashtag', sensitive: 'as:sensitive' }], ...thing })

export interface GroupSpec {
  readonly origin: string; readonly uri: string; readonly username: string; readonly name: string; readonly summary: string; readonly page: string; readonly pem: string
  readonly since: Date; readonly movedTo?: string | undefined; readonly alsoKnownAs?: readonly string[]
}
export function groupOf({ origin, uri, username, name, summary, page, pem, since, movedTo, alsoKnownAs = [] }: GroupSpec): Thing {
  return {
    id: uri, type: 'Group', preferredUsername: username, name, summary, url: page, published: since.toISOString(),
    inbox: `${uri}/inbox`, outbox: `${uri}/outbox`, followers: `${uri}/followers`, endpoints: { sharedInbox: sharedInbox(origin) },
    publicKey: { id: keyIdOf(uri), owner: uri, publicKeyPem: pem }, manuallyApprovesFollowers: false, discoverable: true,
    ...(movedTo === undefined ? {} : { movedTo }), ...(alsoKnownAs.length === 0 ? {} : { alsoKnownAs }),
  }
}

/** A post with all that its note says. `home`: the topic it was said in first, which speaks for it for ever. */
export interface NoteSpec {
  readonly origin: string; readonly site: string; readonly post: Post; readonly topic: Topic; readonly home: Topic; readonly category: Category
  readonly under: Post | undefined
}
export const speakerOf = ({ origin, home }: Pick<NoteSpec, 'origin' | 'home'>): string => groupUri(origin, { kind: 'topic', code: home.code })
const isOpener = ({ post, home }: Pick<NoteSpec, 'post' | 'home'>): boolean => post.id === home.openerId
const audienceOf = ({ origin, category }: NoteSpec): string => groupUri(origin, { kind: 'category', id: category.id })
const answered = ({ under }: NoteSpec) => (under?.outside ? { type: 'Mention', href: under.outside.by, name: under.outside.handle } : undefined)

/** Everybody may read it; it goes to who follows the topic, and to the one it answers. */
function addressed(spec: NoteSpec): { readonly to: string[]; readonly cc: string[] } {
  const mention = answered(spec)
  return { to: [everybody], cc: [`${speakerOf(spec)}/followers`, audienceOf(spec), ...(mention ? [mention.href] : [])] }
}

const tagName = (tag: string): string => tag.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')
const tagsOf = ({ topic }: NoteSpec): string[] => topic.tags.map(tagName).filter((tag) => tag !== '')
/** Whoever wrote it is named in the text, since the topic speaks for all: nobody is made an account they did not ask for. */
const signature = ({ post, site }: NoteSpec): string => (post.memberId ? `${post.signOff ?? post.authorName} · ${site}` : `${post.authorName}, ${post.lang === 'el' ? 'στο φόρουμ' : 'in the forum'}`)

function contentOf(spec: NoteSpec): string {
  const { post, topic } = spec
  const mention = answered(spec)
  const lead = mention ? `<p><a href="${escapeHtml(mention.href)}" class="u-url mention">${escapeHtml(mention.name)}</a></p>` : ''
  const opener = isOpener(spec)
  const tags = opener ? tagsOf(spec).map((tag) => `#${escapeHtml(tag)}`).join(' ') : ''
  return [lead, opener ? `<p><strong>${escapeHtml(topic.title)}</strong></p>` : '', post.html.trim(), tags && `<p>${tags}</p>`, `<p>— ${escapeHtml(signature(spec))}</p>`].filter((part) => part !== '').join('\n')
}

function parentOf({ origin, under, home, post }: NoteSpec): string | null {
  if (under) return under.outside?.id ?? noteUri(origin, under.id)
  return post.id === home.openerId ? null : noteUri(origin, home.openerId)
}

export function noteOf(spec: NoteSpec): Thing {
  const { origin, post, topic } = spec
  const content = contentOf(spec)
  const [opener, uri, speaker, parent, mention] = [isOpener(spec), noteUri(origin, post.id), speakerOf(spec), parentOf(spec), answered(spec)]
  const hashtags = opener ? tagsOf(spec).map((tag) => ({ type: 'Hashtag', name: `#${tag}`, href: `${origin}/forum/tag/${encodeURIComponent(tag)}` })) : []
  const here = groupUri(origin, { kind: 'topic', code: topic.code })
  return {
    id: uri, type: 'Note', attributedTo: speaker, ...addressed(spec), audience: audienceOf(spec), context: `${here}/context`,
    content, contentMap: { [post.lang]: content }, url: opener && topic.id === spec.home.id ? `${origin}${topicPath(topic)}` : uri,
    published: post.at.toISOString(), ...(post.editedAt ? { updated: post.editedAt.toISOString() } : {}),
    ...(parent === null ? {} : { inReplyTo: parent }), tag: [...(mention ? [mention] : []), ...hashtags], attachment: [],
    ...(opener ? { replies: `${here}/replies` } : {}),
  }
}
export const digestOf = (note: Thing): string => createHash('sha256').update(JSON.stringify({ ...note, updated: null })).digest('base64url').slice(0, 22)

const activity = (spec: NoteSpec, given: { readonly id: string; readonly type: string; readonly object: Json }): Thing => ({ ...given, actor: speakerOf(spec), ...addressed(spec), audience: audienceOf(spec) })
/** The activity that first said a post; said again after it was taken down, it is another. */
export const createUri = (origin: string, postId: string, times = 0): string => `${noteUri(origin, postId)}${times === 0 ? '' : `/again/${times}`}/activity`
export const createOf = (spec: NoteSpec, times = 0): Thing => ({ ...activity(spec, { id: createUri(spec.origin, spec.post.id, times), type: 'Create', object: noteOf(spec) }), published: spec.post.at.toISOString() })
export function updateOf(spec: NoteSpec, at: Date): Thing {
  const note = noteOf(spec)
  return activity(spec, { id: `${noteUri(spec.origin, spec.post.id)}#updates/${digestOf(note)}`, type: 'Update', object: { ...note, updated: (spec.post.editedAt ?? at).toISOString() } })
}
export const tombstoneOf = (origin: string, postId: string, at: Date): Thing => ({ id: noteUri(origin, postId), type: 'Tombstone', formerType: 'Note', deleted: at.toISOString() })
export const deleteOf = (spec: NoteSpec, at: Date, times = 0): Thing =>
  activity(spec, { id: `${noteUri(spec.origin, spec.post.id)}${times === 0 ? '' : `/again/${times}`}#delete`, type: 'Delete', object: tombstoneOf(spec.origin, spec.post.id, at) })

/** A group passes on what was said in it, by its address alone. */
export interface Passing { readonly by: string; readonly note: string; readonly postId: string; readonly at: Date; readonly times?: number }
export const announceUri = ({ by, postId, times = 0 }: Pick<Passing, 'by' | 'postId' | 'times'>): string => `${by}/announces/${postId}${times === 0 ? '' : `/again/${times}`}`
export const announceOf = (passing: Passing): Thing =>
  ({ id: announceUri(passing), type: 'Announce', actor: passing.by, object: passing.note, to: [everybody], cc: [`${passing.by}/followers`], published: passing.at.toISOString() })
export const undoneOf = (passing: Passing): Thing =>
  ({ id: `${announceUri(passing)}/undo`, type: 'Undo', actor: passing.by, object: announceOf(passing), to: [everybody], cc: [`${passing.by}/followers`] })

/** An answer to what somebody asked of a group. */
export const answerTo = (type: 'Accept' | 'Reject', { by, to, asked }: { readonly by: string; readonly to: string; readonly asked: Thing }): Thing =>
  ({ id: `${by}#${type.toLowerCase()}s/${encodeURIComponent(String(asked['id']))}`, type, actor: by, to: [to], object: asked })
/** A topic that stands in another from now on: who followed it may follow where it went. */
export const moveOf = (from: string, into: string): Thing =>
  ({ id: `${from}#moved/${into.split('/').at(-1) ?? ''}`, type: 'Move', actor: from, object: from, target: into, to: [`${from}/followers`] })

