import type { Account, Draft, Incoming, Person, Ref } from '#kit/channel.ts'
import { momentIn } from '#kit/moment.ts'
import { isBlank } from '#kit/text.ts'
import { markWords, noteWords } from '#text/marks.ts'
import { escapeHtml } from '#text/html/escape.ts'
import { excerpt, markdownToHtml } from '#text/html/markdown.ts'
import { plainText, sanitize } from '#text/html/sanitize.ts'
import { slug } from '#text/slug.ts'
import { hashOf } from './mark.ts'
import { personId, placeOf, type Settings } from './settings.ts'
import type { AnswerWire, Comment, Picture, PostWire, Wire } from './wire.ts'

export const channelId = 'wordpress'
const signature = ({ author }: Pick<Draft, 'author'>): string => `— ${author.signOff?.trim() || author.name.trim()}`

/** Everything a reader will see, fixed once: the same draft gives the same wire. */
export function wireOf(draft: Draft, account: Account<Settings>): Wire {
  if (isBlank(draft.author.name)) throw new Error('A public text needs a named human.')
  return draft.kind === 'reply' ? answerOf(draft) : postOf(draft, account)
}

function postOf(draft: Draft, { settings }: Account<Settings>): PostWire {
  const title = draft.title?.trim() || excerpt(draft.text, 80)
  const link = draft.card?.url
  return {
    is: 'post', key: draft.key, staged: null, title, slug: slug(title), excerpt: excerpt(draft.text, 220), lang: draft.lang,
    html: markdownToHtml(draft.text, { lang: draft.lang }).trim(),
    before: (draft.labels ?? []).map((label) => `<p><em>${markWords[label][draft.lang]}</em></p>`).join('\n'),
    after: [
      ...(link && /^https?:\/\//.test(link) && !draft.text.includes(link) ? [`<p><a href="${escapeHtml(link)}">${escapeHtml(draft.card?.title.trim() || link)}</a></p>`] : []),
      `<p>${escapeHtml(signature(draft))}</p>`,
      ...(draft.note?.trim() ? [`<p class="stoa-note"><em>${escapeHtml(`${noteWords[draft.lang]} ${draft.note.trim()}`)}</em></p>`] : []),
    ].join('\n'),
    media: draft.media.map(pictureOf), cover: settings.cover !== 'text', tags: [...new Set(draft.tags.map((tag) => tag.trim().slice(0, 190)).filter((tag) => tag !== ''))],
  }
}

function pictureOf({ uploaded, alt }: Draft['media'][number]): Picture {
  if (typeof uploaded !== 'object' || uploaded === null || !('id' in uploaded)) return { id: null, url: null, alt }
  return { id: typeof uploaded['id'] === 'number' ? uploaded['id'] : null, url: typeof uploaded['url'] === 'string' ? uploaded['url'] : null, alt }
}

/** The text of a post as the site keeps it; the cover does not stand in it once more. */
export function contentOf(wire: PostWire): string {
  const figures = wire.media.slice(wire.cover ? 1 : 0).map(({ id, url, alt }) => `<figure class="wp-block-image"><img class="wp-image-${id ?? 0}" src="${escapeHtml(url ?? '')}" alt="${escapeHtml(alt)}"></figure>`)
  return `<div lang="${wire.lang}">\n${[wire.before, ...figures, wire.html, wire.after].filter((part) => part !== '').join('\n')}\n</div>`
}

const place = /^(posts|comments)\/(\d{1,15})$/
export interface Place { readonly in: 'posts' | 'comments'; readonly id: number }
export function placeIn(id: string): Place | undefined {
  const [, kind, number] = place.exec(id) ?? []
  return kind === undefined ? undefined : { in: kind as Place['in'], id: Number(number) }
}
export const refTo = (kind: Place['in'], id: number, url?: string): Ref => ({ channel: channelId, id: `${kind}/${id}`, ...(url && /^https?:\/\//.test(url) ? { url } : {}) })

function answerOf(draft: Draft): AnswerWire {
  const to = draft.inReplyTo?.id ?? ''
  const at = placeIn(to)
  return { is: 'answer', key: draft.key, staged: null, html: `${commentText(draft)}\n\n${escapeHtml(signature(draft))}`, inReplyTo: to, post: at?.in === 'posts' ? at.id : null, parent: at?.in === 'comments' ? at.id : 0 }
}

/** Comments know words, links and emphasis; paragraphs are empty lines. */
const commentText = (draft: Draft): string => markdownToHtml(draft.text, { lang: draft.lang })
  .replace(/<img[^>]*alt="([^"]*)"[^>]*>/g, '$1').replace(/<br ?\/?>\n?/g, '\n').replace(/<li[^>]*>/g, '• ').replace(/<\/li>\n?/g, '\n').replace(/<\/(?:p|h[2-6]|ul|ol|pre|table)>\n?/g, '\n\n')
  .replace(/<(?!\/?(?:a|strong|em|code|del|blockquote)\b)[^>]*>/g, '').replace(/ rel="[^"]*"/g, '').replace(/<\/?(?:a|strong|em|code|del|blockquote)\b[^>]*>/g, (tag) => tag.replace(/ lang="[^"]*"/, ''))
  .replace(/\n{3,}/g, '\n\n').trim()

const shown = (text: string, max: number): string => plainText(text).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, '').replace(/\s+/g, ' ').toWellFormed().trim().slice(0, max)

/** Visitors have no account there: they are told apart by the name and the mail they gave, of which only a mark is kept. */
export function authorOf(comment: Comment, settings: Settings): Person {
  const name = shown(comment.author_name, 200)
  const mail = comment.author_email || Object.values(comment.author_avatar_urls)[0]?.replace(/[?&].*$/, '') || ''
  const id = comment.author > 0 ? personId(settings, comment.author) : `${placeOf(settings)}/guests/${hashOf(`${mail}\n${name}`)}`
  return { id, name: isBlank(name) ? '·' : name, ...(/^https?:\/\//.test(comment.author_url) ? { url: comment.author_url.slice(0, 2_000) } : {}) }
}

export const markOf = (comment: Comment): string => hashOf(comment.content.rendered)
const underOf = ({ post, parent }: Comment): Ref => (parent > 0 ? refTo('comments', parent) : refTo('posts', post))

export function readingOf(comment: Comment): { readonly text: string; readonly html: string } {
  const html = sanitize(comment.content.rendered.slice(0, 100_000), 'message')
  return { text: plainText(html).slice(0, 40_000).toWellFormed(), html }
}

/** Site time of a comment is GMT without saying so. */
const timeOf = ({ date_gmt: at }: Comment, now: Date): string => (momentIn(/[Zz]|[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`) ?? now).toISOString()

export function saysIn(comment: Comment, { settings, now }: { readonly settings: Settings; readonly now: Date }): Incoming {
  const waits = comment.status !== 'approved' && comment.status !== 'approve'
  return {
    does: 'says', ref: refTo('comments', comment.id, comment.link), at: timeOf(comment, now), author: authorOf(comment, settings), ...readingOf(comment),
    inReplyTo: underOf(comment), visibility: 'public', ...(waits ? { hold: 'The site holds it back for its moderators.' } : {}),
  }
}
