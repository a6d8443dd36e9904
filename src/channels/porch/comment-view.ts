import { html } from 'hono/html'
import { isLang } from '#kit/lang.ts'
import { problemBody } from '#kit/problem-json.ts'
import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { keep, kept, shown, wantsJson, type PorchContext } from './answer.ts'
import { underPost, type Article } from './article.ts'
import { nothingTyped, readFields, type Typed } from './comment-form.ts'
import { issueOwn } from './own.ts'
import { notFoundPage, sorryPage } from './pages/other.ts'
import { held, moment } from './pages/sent.ts'
import { postView } from './post-view.ts'
import { postAt } from './posts.ts'
import { readBody } from './read-body.ts'
import type { Opened } from './opened.ts'
import { say, type Outcome } from './say.ts'
import { sentPage } from './sent-page.ts'

/** A comment is sent: it stands, it is held, a proof is asked for, or it is refused and nothing typed is lost. */
export async function commentView(c: PorchContext, opened: Opened, slug: string): Promise<Response> {
  const article = await postAt(opened.porch, slug)
  let typed: Typed = nothingTyped
  try {
    const read = readFields(await readBody(c.req.raw))
    typed = read.typed
    if (read.refused) throw read.refused
    if (!article) throw new Refusal('post_not_found')
    const { porch, hosts, pace } = opened
    const now = opened.now()
    const outcome = await say({ host: porch.host, account: porch.account, under: underPost(porch, article, now), typed, ip: c.get('ip'), now, hosts, pace })
    return await answered(c, opened, { article, typed, outcome })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(c, opened, { refusal: error, typed, article })
  }
}

const json = 'application/json; charset=utf-8'

async function answered(c: PorchContext, opened: Opened, given: { article: Article; typed: Typed; outcome: Outcome }): Promise<Response> {
  const { porch, assets, hosts } = opened
  const { article, typed, outcome } = given
  const never = { cache: keep.never, headers: { vary: 'Accept' } }
  if (outcome.done === 'asks') {
    if (wantsJson(c)) throw new Refusal('proof_required', { extra: { challenge: outcome.challenge } })
    const head = html`<script type="module" src="${assets.script.path}"></script>`
    return shown(c, sentPage(opened, moment(porch, { endpoint: `${article.path}/comments`, typed, challenge: outcome.challenge }), head), { assets, ...never, script: true })
  }
  const token = issueOwn({ secret: hosts.secret('comment-own'), accountId: porch.account.id, now: opened.now() }, outcome.id)
  const own = `${article.path}/comments/own/${token}`
  if (outcome.done === 'held') {
    if (wantsJson(c)) return kept(c, JSON.stringify({ code: 'held_for_review', own: porch.site.origin + own }), { ...never, status: 202, type: json })
    return shown(c, sentPage(opened, held(porch, { back: article.path, own })), { assets, ...never, status: 202 })
  }
  const place = `#c-${outcome.messageId}`
  if (wantsJson(c)) return kept(c, JSON.stringify({ id: outcome.messageId, url: porch.site.origin + article.path + place, own: porch.site.origin + own }), { ...never, status: 201, type: json })
  return kept(c, '', { cache: keep.never, status: 303, headers: { vary: 'Accept', location: `${article.path}?mine=${token}${place}` } })
}

interface Failed { readonly refusal: Refusal; readonly typed: Typed; readonly article: Article | undefined }

async function refused(c: PorchContext, opened: Opened, { refusal, typed, article }: Failed): Promise<Response> {
  const { porch, assets } = opened
  const { status } = problems[refusal.code]
  const headers: Record<string, string> = { vary: 'Accept, Accept-Language' }
  const wait = refusal.extra?.['retryAfter']
  if (typeof wait === 'number') headers['retry-after'] = String(wait)
  if (wantsJson(c)) {
    const lang = c.get('lang')
    const body = problemBody(refusal, isLang(lang) ? lang : porch.site.lang, c.get('requestId') ?? '')
    return kept(c, JSON.stringify(body), { cache: keep.never, status, type: 'application/problem+json; charset=utf-8', headers })
  }
  if (article && !article.gone && refusal.code !== 'comments_closed') return postView(c, opened, article, { refusal, typed, status, headers })
  const { title, detail } = problemBody(refusal, porch.site.lang, '')
  const markup = article || typed.text ? sorryPage(porch, assets, { title, detail, typed: typed.text }) : notFoundPage(porch, assets)
  return shown(c, markup, { assets, cache: keep.never, status, headers })
}
