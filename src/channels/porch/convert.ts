import type { Attachment, Draft, Person } from '#kit/channel.ts'
import { isBlank } from '#kit/text.ts'
import { excerpt, markdownToHtml } from '#text/html/markdown.ts'
import { markWords } from '#text/marks.ts'
import { slug } from '#text/slug.ts'
import type { PorchWire } from './wire.ts'

const excerptLength = 220
const headlineLength = 80

/** A draft as it will stand on the porch; the same draft always gives the same. A text that nobody signs does not leave. */
export function wireOf(draft: Draft): PorchWire {
  if (isBlank(draft.author.name)) throw new Error('A post on the porch needs the name of a person.')
  const warning = draft.warning?.trim() ?? ''
  // Lists and feeds show what is read first, not what is folded behind it.
  const short = warning || excerpt(draft.text, excerptLength)
  const marks = (draft.labels ?? []).map((label) => markWords[label][draft.lang])
  return {
    key: draft.key, kind: draft.kind === 'reply' ? 'reply' : 'post', slug: slugOf(draft),
    title: draft.title?.trim() ?? '', headline: headlineOf(draft), lang: draft.lang,
    html: marks.map((mark) => `<p><em>${mark}</em></p>\n`).join('') + inStep(markdownToHtml(draft.text, { lang: draft.lang })), excerpt: [...marks, short].join(' · '), markdown: draft.text, tags: [...draft.tags], ...(warning ? { warning } : {}),
    media: draft.media.map(picture), author: author(draft.author), writtenAt: draft.writtenAt,
    ...(draft.inReplyTo ? { inReplyTo: { channel: draft.inReplyTo.channel, id: draft.inReplyTo.id, ...urlOf(draft.inReplyTo.url) } } : {}),
  }
}

/** The title is the page's first heading: those of the text follow it without a gap, whatever signs they were written with. */
function inStep(html: string): string {
  const used = [...new Set(Array.from(html.matchAll(/<h([2-6])[ >]/g), ([, level]) => level!))].sort()
  return html.replace(/(<\/?h)([2-6])(?=[ >])/g, (_, tag: string, level: string) => `${tag}${used.indexOf(level) + 2}`)
}

/** Where a post stands is known before it is sent; an answer stands under the post it belongs to. */
export function slugOf(draft: Draft): string {
  if (draft.kind === 'reply') return slugInUrl(draft.inReplyTo?.url) ?? slugInUrl(draft.link) ?? ''
  return `${slug(headlineOf(draft))}-${mark(draft.key)}`
}

/** A post without a title is called by its warning, or by its first words. */
const headlineOf = (draft: Draft): string => draft.title?.trim() || excerpt(draft.warning?.trim() || draft.text, headlineLength)

export function pathOf(place: { readonly kind: string; readonly slug: string; readonly key: string }): string {
  if (place.kind !== 'reply') return `/p/${place.slug}`
  return place.slug === '' ? '/' : `/p/${place.slug}#c-${place.key}`
}

const slugInUrl = (url: string | undefined): string | undefined => /\/p\/([^/?#]+)/.exec(url ?? '')?.[1]

/** Eight letters made from the key (FNV-1a, 64 bit): two posts of the same title never meet. */
function mark(key: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(key)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(36).padStart(8, '0').slice(-8)
}

const urlOf = (url: string | undefined) => (url === undefined ? {} : { url })
const picture = ({ id, url, type, alt, width, height }: Attachment) =>
  ({ id, url, type, alt, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) })
const author = ({ id, name, picture: face, signOff }: Person) =>
  ({ id, name, ...(face === undefined ? {} : { picture: face }), ...(signOff === undefined ? {} : { signOff }) })
