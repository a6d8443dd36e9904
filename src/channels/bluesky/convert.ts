import type { Account, Attachment, Draft, Label } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import { countText, fits } from '#text/count.ts'
import { plainOf } from '#text/plain.ts'
import { cidOf } from './dag.ts'
import { facetsOf } from './facets.ts'
import { largestThumb, limits, longestTag, mostPictures, mostTags } from './limits.ts'
import type { Settings } from './settings.ts'
import { tidAfter, tidOf } from './tid.ts'
import { Blob, collection, type Embed, type Post, type Shown, type StrongRef, type Wire } from './wire.ts'

export const channelId = 'bluesky'
const marks: Readonly<Record<Label, Readonly<Record<Lang, string>>>> = {
  sponsored: { en: '#ad · Paid partnership', el: '#διαφήμιση · Χορηγούμενο' },
  'ai-made': { en: 'Made with AI', el: 'Φτιαγμένο με τεχνητή νοημοσύνη' },
}
const shortMarks: Readonly<Record<Label, Readonly<Record<Lang, string>>>> = {
  sponsored: { en: '#ad', el: '#διαφήμιση' }, 'ai-made': { en: '#AI', el: '#ΤΝ' },
}

/** Everything a reader will see, fixed once: the same draft gives the same wire. */
export function wireOf(draft: Draft, account: Account<Settings>): Wire {
  if (isBlank(draft.author.name)) throw new Error('A public text needs a named human.')
  const parts = [draft, ...(draft.more ?? [])]
  const did = account.settings.did ?? ''
  const tid = tidOf(draft.key, draft.writtenAt)
  const records = parts.map((part, place) => postOf(part, place))
  return {
    key: draft.key, did, tid, records: linked(records, { did, tid }),
    answers: draft.inReplyTo?.channel === account.channel ? draft.inReplyTo.id : null,
    quotes: parts.flatMap(({ text }, part) => { const link = quotedIn(text); return link ? [{ part, link }] : [] }),
    mixed: parts.some(({ media }) => media.length > 1 && media.some(isVideo)),
  }
}

const isVideo = ({ type }: Attachment): boolean => type.startsWith('video/')
const quoteLink = /(?:^|\s)(https:\/\/bsky\.app\/profile\/[^\s/]+\/post\/[a-z0-9]+)\/?$/i
/** The post a text ends with a link to. */
export const quotedIn = (text: string): string | undefined => quoteLink.exec(text.trimEnd())?.[1]

/** One part as a record, all but what stands outside it: whom it answers, whom it names, what it quotes. */
function postOf(draft: Draft, place: number): Post {
  const embed = embedOf(draft)
  const text = textOf(draft, { first: place === 0, shown: embed })
  const tags = draft.tags.map((tag) => tagName(tag)).filter((tag) => tag !== '' && Array.from(tag).length <= longestTag && !text.toLowerCase().includes(`#${tag.toLowerCase()}`))
  const facets = facetsOf(text)
  return {
    $type: collection, text, createdAt: draft.writtenAt, langs: [draft.lang],
    ...(facets.length > 0 ? { facets } : {}), ...(place === 0 && tags.length > 0 ? { tags: [...new Set(tags)].slice(0, mostTags) } : {}), ...(embed ? { embed } : {}),
  }
}

function blobIn(uploaded: Attachment['uploaded']): Blob | null {
  const read = Blob.safeParse(uploaded)
  return read.success ? read.data : null
}
const aspectOf = ({ width, height }: Attachment) => (width && height ? { aspectRatio: { width, height } } : {})

/** What stands under the words: a video, pictures, or the card of a link. */
function embedOf(draft: Draft): Shown | undefined {
  const [first] = draft.media
  if (first && isVideo(first)) return { $type: 'app.bsky.embed.video', video: blobIn(first.uploaded), ...(first.alt ? { alt: first.alt } : {}), ...aspectOf(first) }
  if (first) {
    const images = draft.media.filter((one) => !isVideo(one)).slice(0, mostPictures).map((one) => ({ alt: one.alt, image: blobIn(one.uploaded), ...aspectOf(one) }))
    return { $type: 'app.bsky.embed.images', images }
  }
  const { card, title, link } = draft
  if (card && isWeb(card.url)) {
    const picture = blobIn(card.picture?.uploaded)
    const thumb = picture && picture.size <= largestThumb ? picture : undefined
    return { $type: 'app.bsky.embed.external', external: { uri: card.url, title: card.title, description: card.description, ...(thumb ? { thumb } : {}) } }
  }
  return title && link && isWeb(link) ? { $type: 'app.bsky.embed.external', external: { uri: link, title, description: '' } } : undefined
}
const isWeb = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address)

/** A tag as networks write it: no spaces, no marks, Greek kept. */
const tagName = (tag: string): string => tag.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')

const order = ['labels', 'title', 'body', 'link', 'tags', 'signed'] as const
type Part = (typeof order)[number]

interface Placed { readonly first: boolean; readonly shown: Shown | undefined }
/** The words and what honesty says of them always go out whole; the rest where there is room, the name of the speaker first. */
function textOf(draft: Draft, placed: Placed): string {
  const whole = (parts: Partial<Record<Part, string>>) => order.map((part) => parts[part] ?? '').filter((each) => each !== '').join('\n\n')
  const body = plainOf(draft.text)
  const labels = (words: typeof marks, between: string) => ({ labels: (draft.labels ?? []).map((label) => words[label][draft.lang]).join(between) })
  const long = { body, ...(placed.first ? labels(marks, '\n') : {}) }
  let parts: Partial<Record<Part, string>> = fits(whole(long), limits.text) || !placed.first ? long : { body, ...labels(shortMarks, ' ') }
  const wanted = aroundOf(draft, { ...placed, body })
  for (const part of ['signed', 'link', 'title', 'tags'] as const) {
    const tried = wanted[part] ? { ...parts, [part]: wanted[part] } : parts
    if (fits(whole(tried), limits.text)) parts = tried
  }
  return whole(parts)
}

function aroundOf(draft: Draft, { first, shown, body }: Placed & { readonly body: string }): Partial<Record<Part, string>> {
  if (!first) return {}
  const link = draft.card?.url ?? (draft.title ? draft.link : undefined)
  const tags = draft.tags.map(tagName).filter((tag) => tag !== '' && !body.toLowerCase().includes(`#${tag.toLowerCase()}`)).map((tag) => `#${tag}`)
  const told = shown?.$type === 'app.bsky.embed.external'
  return {
    signed: `— ${draft.author.signOff?.trim() || draft.author.name.trim()}`,
    ...(link && isWeb(link) && !told && !body.includes(link) ? { link } : {}),
    ...(draft.title && draft.kind === 'post' && !(told && shown.external.title === draft.title) ? { title: draft.title } : {}),
    ...(tags.length > 0 ? { tags: tags.join(' ') } : {}),
  }
}

/** How many signs of its first measure a record is over the limit. */
export const tooLongBy = ({ text }: Post): number => Math.max(0, countText(text, limits.text) - limits.text.max)

export const uriOf = (did: string, tid: string): string => `at://${did}/${collection}/${tid}`
export const refOf = (record: Post, place: { readonly did: string; readonly tid: string }): StrongRef => ({ uri: uriOf(place.did, place.tid), cid: cidOf(record) })

interface Threaded { readonly did: string; readonly tid: string; readonly reply?: Post['reply'] }
/** Each part under the one before, by the CIDs the repository will give them; the first under what it answers. */
export function linked(records: readonly Post[], { did, tid, reply }: Threaded): Post[] {
  const done: Post[] = []
  let root = reply?.root
  let parent: StrongRef | undefined
  for (const [place, { reply: _, ...bare }] of records.entries()) {
    const above = place === 0 ? reply : { root: root!, parent: parent! }
    const record = above ? { ...bare, reply: above } : bare
    parent = refOf(record, { did, tid: tidAfter(tid, place) })
    root ??= parent
    done.push(record)
  }
  return done
}

/** The record with what it quotes: the link at its end has become what it leads to. */
export function quoting(record: Post, quoted: StrongRef, given: { readonly link: string; readonly dids: ReadonlyMap<string, string> }): Post {
  const { facets: _, embed, ...rest } = record
  const place = record.text.lastIndexOf(given.link)
  const text = place < 0 ? record.text : `${record.text.slice(0, place).trimEnd()}${record.text.slice(place + given.link.length).replace(/^\//, '')}`.trim()
  const facets = facetsOf(text, given.dids)
  const quote = { $type: 'app.bsky.embed.record' as const, record: quoted }
  const shown: Embed = embed && isShown(embed) ? { $type: 'app.bsky.embed.recordWithMedia', record: quote, media: embed } : quote
  return { ...rest, text, ...(facets.length > 0 ? { facets } : {}), embed: shown }
}
/** Whether a file that it shows was never handed over. */
export function lacksFile({ embed }: Post): boolean {
  const shown = shownIn(embed)
  return (shown?.$type === 'app.bsky.embed.images' && shown.images.some(({ image }) => image === null)) || (shown?.$type === 'app.bsky.embed.video' && shown.video === null)
}
const isShown = (embed: Embed): embed is Shown => embed.$type !== 'app.bsky.embed.record' && embed.$type !== 'app.bsky.embed.recordWithMedia'
const shownIn = (embed: Embed | undefined): Shown | undefined =>
  (embed === undefined ? undefined : isShown(embed) ? embed : embed.$type === 'app.bsky.embed.recordWithMedia' ? embed.media : undefined)
