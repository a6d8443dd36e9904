import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import { keep, kept, shown, type PorchContext } from './answer.ts'
import { underPost, type Article } from './article.ts'
import type { Opened } from './opened.ts'
import { changeOwn, readOwnForm, type OwnTyped } from './own-act.ts'
import { readFollow, readOwn, type Own } from './own.ts'
import { notFoundPage } from './pages/other.ts'
import { following, own as ownContent } from './pages/sent.ts'
import { postAt } from './posts.ts'
import { readBody } from './read-body.ts'
import { sentPage } from './sent-page.ts'

export const ownAt = ({ hosts, porch, now }: Opened, token: string): Own | undefined =>
  (token === '' ? undefined : readOwn({ secret: hosts.secret('comment-own'), accountId: porch.account.id, now: now() }, token))

interface Shown { readonly article: Article; readonly own: Own; readonly refused?: Refusal; readonly typed?: OwnTyped; readonly asked?: boolean }
async function ownPage(c: PorchContext, opened: Opened, { article, own, refused, typed, asked }: Shown): Promise<Response> {
  const said = await opened.porch.host.ownWords(opened.porch.account.id, own.id)
  const content = ownContent(opened.porch, {
    said, until: own.open ? own.until : undefined, endpoint: `${article.path}/comments/own/${own.token}`, back: said ? `${article.path}#c-${said.id}` : article.path, refused, typed: typed?.text,
    letters: asked ? 'asked' : (await opened.porch.host.canWriteLetters()) ? 'offered' : undefined,
  })
  return shown(c, sentPage(opened, content), { assets: opened.assets, cache: keep.never, ...(refused ? { status: problems[refused.code].status } : {}) })
}

const standsAt = ({ porch, hosts }: Opened, article: Article, id: string) =>
  ({ place: `${porch.site.origin}${article.path}#c-${id}`, origin: porch.site.origin, lang: porch.site.lang, secret: hosts.secret('comment-follow') })

/** The address in a letter that asks whether it was they. */
export async function followView(c: PorchContext, opened: Opened, token: string): Promise<Response> {
  const { porch, assets, hosts } = opened
  const id = readFollow(hosts.secret('comment-follow'), porch.host.workspaceId, token)
  const done = id !== undefined && c.req.method === 'POST' && await porch.host.confirmFollow(id)
  if (id === undefined || (c.req.method === 'POST' && !done)) return shown(c, notFoundPage(porch, assets), { assets, cache: keep.never, status: 404 })
  return shown(c, sentPage(opened, following(porch, { endpoint: `/comments/follow/${token}`, done })), { assets, cache: keep.never })
}

/** What somebody said, for themselves alone. */
export async function ownView(c: PorchContext, opened: Opened, { slug, token }: { readonly slug: string; readonly token: string }): Promise<Response> {
  const { porch, assets } = opened
  const [article, own] = [await postAt(porch, slug), ownAt(opened, token)]
  if (!article || !own) return shown(c, notFoundPage(porch, assets), { assets, cache: keep.never, status: 404 })
  if (c.req.method !== 'POST') return ownPage(c, opened, { article, own })
  let typed: OwnTyped = {}
  try {
    await opened.pace.network(porch.host.workspaceId, c.get('ip'))
    typed = readOwnForm(await readBody(c.req.raw))
    const said = await porch.host.ownWords(porch.account.id, own.id)
    if (!said) throw new Refusal('link_expired')
    await changeOwn({ host: porch.host, account: porch.account, own, said, now: opened.now(), thread: underPost(porch, article, opened.now()).thread, ...standsAt(opened, article, said.id) }, typed)
    if (typed.do === 'follow') return await ownPage(c, opened, { article, own, asked: true })
    const stands = typed.do === 'edit' && (await opened.porch.host.ownWords(porch.account.id, own.id))?.state === 'shown'
    return kept(c, '', { cache: keep.never, status: 303, headers: { location: stands ? `${article.path}?mine=${own.token}#c-${said.id}` : `${article.path}/comments/own/${own.token}` } })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return ownPage(c, opened, { article, own, refused: error, typed })
  }
}
