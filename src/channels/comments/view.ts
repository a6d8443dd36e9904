import { html } from 'hono/html'
import type { Utterance } from '#kit/host.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { keep, kept, shown, wantsJson, type PorchContext } from '../porch/answer.ts'
import { nothingTyped, readFields, type Typed } from '../porch/comment-form.ts'
import { issueForm } from '../porch/form-token.ts'
import { changeOwn, readOwnForm, type OwnTyped } from '../porch/own-act.ts'
import { issueOwn, readOwn, type Own } from '../porch/own.ts'
import { commentForm, tokenPlace } from '../porch/pages/comment-form.ts'
import { commentList } from '../porch/pages/comments.ts'
import type { Markup } from '../porch/pages/layout.ts'
import { held, moment, own as ownContent, type Sent } from '../porch/pages/sent.ts'
import { readBody } from '../porch/read-body.ts'
import { say, type Outcome } from '../porch/say.ts'
import { withOwn } from '../porch/with-own.ts'
import { shownCount } from '../porch/thread.ts'
import { framed, inside } from './frame.ts'
import { underPage, type House, type Place } from './place.ts'

interface Refused { readonly refusal: Refusal; readonly typed: Typed }
interface Framed { readonly title: string; readonly content: Markup; readonly head?: Markup; readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly token?: string }

/** Only the sites of the account may show it, and only their readers' browsers keep it. */
function inFrame(c: PorchContext, { assets }: House, place: Place, given: Framed): Promise<Response> {
  return shown(c, framed(place.porch, assets, { page: place.page, ...given }), {
    assets, script: true, framedBy: place.sites, cache: keep.never, fill: (body) => inside(given.token === undefined ? body : body.replace(tokenPlace, given.token)), ...(given.status === undefined ? {} : { status: given.status }),
    headers: { ...given.headers, 'cross-origin-resource-policy': 'cross-origin', 'cross-origin-opener-policy': 'unsafe-none', 'referrer-policy': 'no-referrer' },
  })
}
const sentFrame = (c: PorchContext, house: House, place: Place, given: Omit<Framed, 'content' | 'title'> & { readonly sent: Sent }): Promise<Response> =>
  inFrame(c, house, place, { ...given, title: given.sent.title, content: html`<div data-top>${given.sent.content}</div>` })

export async function frameView(c: PorchContext, house: House, place: Place): Promise<Response> { return talkView(c, house, place) }

async function talkView(c: PorchContext, house: House, place: Place, refused?: Refused): Promise<Response> {
  const { porch, account, query } = place
  const now = house.now()
  const under = await underPage(place, now)
  const own = refused ? undefined : ownAt(house, place, c.req.query('mine') ?? '')
  const utterances = own ? await withOwn(porch.host, { accountId: account.id, id: own.id }, await under.thread()) : await under.thread()
  const asked = refused ? refused.typed.parent : (c.req.query('answer') ?? '')
  const answered = asked === '' ? undefined : utterances.find((said) => said.id === asked && !said.withdrawn)
  const said = own && utterances.find((one) => one.ref?.channel === account.channel && one.ref.id === own.id && !one.withdrawn)
  const stands = refused?.refusal.extra?.['standsAt']
  const form = under.open ? commentForm(porch, { endpoint: under.endpoint, plain: `/comments/frame${query}#write` }, {
    typed: refused?.typed ?? nothingTyped, refused: refused?.refusal, answering: answered && { id: answered.id, name: answered.author.name }, ...(typeof stands === 'string' ? { stands: `#c-${stands}` } : {}),
  }) : html`<p class="closed">${porch.words.closedPage}</p>`
  const list = commentList(porch, { channel: account.channel, all: `/comments/frame${query}&talk=all`, taken: 0, answer: (id) => `/comments/frame${query}&answer=${encodeURIComponent(id)}#write` }, {
    utterances, open: under.open, whole: refused !== undefined || asked !== '' || said !== undefined || c.req.query('talk') === 'all',
    mine: own && said ? { id: said.id, href: `/comments/own/${own.token}${query}`, until: own.open ? own.until : undefined } : undefined,
  })
  return inFrame(c, house, place, {
    title: porch.words.commentsOn(place.title || place.page.href), content: talk(place, { list, form, utterances }),
    token: under.open ? issueForm({ secret: house.hosts.secret('porch-form'), workspaceId: porch.host.workspaceId, postKey: under.key, now }) : '',
    ...(refused ? { status: problems[refused.refusal.code].status, headers: waiting(refused.refusal) } : {}),
  })
}

function talk({ porch: { words } }: Place, given: { readonly list: Markup; readonly form: Markup; readonly utterances: readonly Utterance[] }): Markup {
  const count = shownCount(given.utterances)
  return html`<div class="wide"><section class="talk" id="comments" aria-labelledby="talk-title">
<h1 id="talk-title">${words.answers}${count > 0 ? html` <small>${words.comments(count)}</small>` : ''}</h1>
${given.list}
${given.form}</section></div>`
}

const waiting = (refusal: Refusal): Record<string, string> => {
  const seconds = refusal.extra?.['retryAfter']
  return typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {}
}
const ownAt = ({ hosts, now }: House, { account }: Place, token: string): Own | undefined =>
  (token === '' ? undefined : readOwn({ secret: hosts.secret('comment-own'), accountId: account.id, now: now() }, token))

/** A comment is sent: it stands, it is held, a proof is asked for, or it is refused and nothing typed is lost. */
export async function sayView(c: PorchContext, house: House, place: Place): Promise<Response> {
  let typed: Typed = nothingTyped
  try {
    const read = readFields(await readBody(c.req.raw))
    typed = read.typed
    if (read.refused) throw read.refused
    const now = house.now()
    const outcome = await say({ host: place.porch.host, account: place.account, under: await underPage(place, now), typed, ip: c.get('ip'), now, hosts: house.hosts, pace: house.pace })
    return await answered(c, house, place, { typed, outcome })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (!wantsJson(c)) return talkView(c, house, place, { refusal: error, typed })
    const body = problemBody(error, place.porch.site.lang, c.get('requestId') ?? '')
    return kept(c, JSON.stringify(body), { cache: keep.never, status: body.status, type: 'application/problem+json; charset=utf-8', headers: waiting(error) })
  }
}

async function answered(c: PorchContext, house: House, place: Place, { typed, outcome }: { readonly typed: Typed; readonly outcome: Outcome }): Promise<Response> {
  const { porch, query, account } = place
  if (outcome.done === 'asks') {
    if (wantsJson(c)) throw new Refusal('proof_required', { extra: { challenge: outcome.challenge } })
    const head = html`<script type="module" src="${house.assets.script.path}"></script>`
    return sentFrame(c, house, place, { sent: moment(porch, { endpoint: `/comments/say${query}`, typed, challenge: outcome.challenge }), head })
  }
  const token = issueOwn({ secret: house.hosts.secret('comment-own'), accountId: account.id, now: house.now() }, outcome.id)
  if (outcome.done === 'held') return sentFrame(c, house, place, { sent: held(porch, { back: `/comments/frame${query}`, own: `/comments/own/${token}${query}` }), status: 202 })
  return kept(c, '', { cache: keep.never, status: 303, headers: { location: `/comments/frame${query}&mine=${token}#c-${outcome.messageId}` } })
}

/** What somebody said, for themselves alone. */
export async function ownView(c: PorchContext, house: House, place: Place, token: string): Promise<Response> {
  const { porch, account, query, settings } = place
  const own = ownAt(house, place, token)
  if (!own) throw new Refusal('link_expired')
  const show = async (more: { readonly refused?: Refusal; readonly typed?: string | undefined; readonly letters?: 'asked' } = {}): Promise<Response> => {
    const said = await porch.host.ownWords(account.id, own.id)
    const letters = (await porch.host.canWriteLetters()) ? 'offered' as const : undefined
    const sent = ownContent(porch, { letters, said, until: own.open ? own.until : undefined, endpoint: `/comments/own/${own.token}${query}`, back: `/comments/frame${query}${said ? `#c-${said.id}` : ''}`, ...more })
    return sentFrame(c, house, place, { sent, ...(more.refused ? { status: problems[more.refused.code].status } : {}) })
  }
  if (c.req.method !== 'POST') return show()
  let typed: OwnTyped = {}
  try {
    await house.pace.network(porch.host.workspaceId, c.get('ip'))
    typed = readOwnForm(await readBody(c.req.raw))
    const said = await porch.host.ownWords(account.id, own.id)
    if (!said) throw new Refusal('link_expired')
    await changeOwn({ host: porch.host, account, own, said, now: house.now(), thread: () => porch.host.talkAt(account.id, place.page.href), readFirst: settings.first === 'everybody', place: `${place.page.href}#stoa-${said.id}`, origin: porch.site.origin, lang: porch.site.lang, secret: house.hosts.secret('comment-follow') }, typed)
    if (typed.do === 'follow') return await show({ letters: 'asked' })
    const stands = typed.do === 'edit' && (await porch.host.ownWords(account.id, own.id))?.state === 'shown'
    return kept(c, '', { cache: keep.never, status: 303, headers: { location: stands ? `/comments/frame${query}&mine=${own.token}#c-${said.id}` : `/comments/own/${own.token}${query}` } })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return show({ refused: error, typed: typed.text })
  }
}
