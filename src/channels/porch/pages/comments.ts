import { html, raw } from 'hono/html'
import type { Utterance } from '#kit/host.ts'
import { sanitize } from '#text/html/sanitize.ts'
import { remembered } from '#text/memo.ts'
import type { Porch } from '../place.ts'
import { liveliest, spokenIn, strandsOf, type Answer, type Strand } from '../thread.ts'
import { clock, time } from './dates.ts'
import { face } from './face.ts'
import type { Markup } from './layout.ts'
import { lines } from './lines.ts'

// A page of HTML and style stays under 30 kB unless the post itself is longer: its frame takes about half of that.
const pageBytes = 11_800
const leastTalk = 4_000

/** Where a talk stands: the addresses its lines lead to, and how much of its page is taken already, in bytes. */
export interface TalkPlace {
  readonly channel: string; readonly all: string; readonly taken: number
  answer(id: string): string
}
/** What the reader said themselves, while they may still change it. */
export interface Mine { readonly id: string; readonly href: string; readonly until: Date | undefined }
/** `whole`: all of it, as a reader asked for; else only as much of a long talk as keeps the page light. */
export interface Talk { readonly utterances: readonly Utterance[]; readonly whole: boolean; readonly open: boolean; readonly mine?: Mine | undefined }

/** What people say under a post, from every channel. */
export function commentList(porch: Porch, place: TalkPlace, { utterances, whole, open, mine }: Talk): Markup {
  const all = strandsOf(utterances)
  if (all.length === 0) return open ? html`<p class="empty">${porch.words.beFirst}</p>` : html``
  const strands = whole ? all : liveliest(all, Math.max(leastTalk, pageBytes - place.taken))
  const hidden = spokenIn(all) - spokenIn(strands)
  return html`${hidden > 0 ? html`<p class="more"><a href="${place.all}">${porch.words.showAll(spokenIn(all))}</a></p>` : ''}
<ol class="comments">${strands.map((strand) => strandItem({ porch, place, open, mine }, strand))}</ol>`
}

interface Around { readonly porch: Porch; readonly place: TalkPlace; readonly open: boolean; readonly mine: Mine | undefined }
function strandItem(around: Around, strand: Strand): Markup {
  return html`<li>${comment(around, { said: strand.said, to: undefined })}
${strand.answers.length > 0 ? html`<ol>${strand.answers.map((answer) => html`<li>${comment(around, answer)}</li>`)}</ol>` : ''}</li>`
}

function comment({ porch, place, open, mine }: Around, { said, to }: Answer): Markup {
  const { words } = porch
  if (said.withdrawn) return html`<article class="comment gone" id="c-${said.id}"><p>${words.takenBack}</p></article>`
  const spoken = said.lang && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(said.lang) ? html` lang="${said.lang}"` : ''
  const team = said.from === 'team'
  return html`<article class="comment${team ? ' team' : ''}" id="c-${said.id}">${alias(said)}
<header>${face(porch, said.author)}<p><bdi class="name">${said.author.name}</bdi>${team ? html` <span class="badge">${words.team(porch.site.name)}</span>` : ''}
<span class="when"><a href="#c-${said.id}">${time(porch.site, said.at, 'moment')}</a>${said.editedAt ? html` · ${words.changed}` : ''}${origin(porch, place, said)}${to ? answering(porch, to) : ''}</span></p></header>
<div class="words"${spoken} dir="auto">${body(said)}</div>
${team && said.author.signOff ? html`<p class="signoff">${said.author.signOff}</p>` : ''}
${mine?.id === said.id ? ownLine(porch, mine) : ''}
${open && said.ref?.channel === place.channel ? html`<p class="do"><a rel="nofollow" href="${place.answer(said.id)}" aria-label="${words.answerTo(said.author.name)}">${words.answer}</a></p>` : ''}</article>`
}

const ownLine = ({ words, site }: Porch, { href, until }: Mine): Markup =>
  html`<p class="do mine"><a rel="nofollow" href="${href}">${until ? words.changeUntil(clock(site, until)) : words.yourComment}</a></p>`

const answering = (porch: Porch, to: Utterance): Markup => html` · ${raw(porch.words.inAnswerTo(String(html`<bdi>${to.author.name}</bdi>`)))}`

/** An answer of ours is known elsewhere by its key: that address leads here as well. */
const alias = (said: Utterance): Markup | '' =>
  (said.ref?.channel === 'porch' || said.ref?.channel === 'comments') && said.ref.id !== said.id ? html`<a id="c-${said.ref.id}"></a>` : ''

function origin(porch: Porch, place: TalkPlace, said: Utterance): Markup | '' {
  if (said.channel === place.channel) return ''
  const label = said.channel === 'fediverse' ? porch.words.fromFediverse : said.channel === 'webmention' ? porch.words.fromSite(hostOf(said)) : said.channel
  const address = said.ref?.url
  const there = address && /^https?:\/\//.test(address) ? html`<a href="${address}" rel="ugc nofollow noopener">${label}</a>` : label
  return html` · ${there}${said.author.handle ? html` <span class="handle">${said.author.handle}</span>` : ''}`
}

const hostOf = (said: Utterance): string => { const address = said.ref?.url ?? ''; return URL.canParse(address) ? new URL(address).hostname : said.channel }

const clean = remembered(2_000, (dirty) => sanitize(dirty, 'message'))

/** HTML goes through the one sanitizer; plain text is escaped, and its addresses stay text: no spam lives on our links. */
function body(said: Utterance): Markup {
  if (said.html !== null) return raw(clean(said.html))
  return html`${said.text.split(/\n{2,}/).map((paragraph) => html`<p>${lines(paragraph)}</p>`)}`
}
