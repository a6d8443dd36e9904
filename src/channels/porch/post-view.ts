import type { Refusal } from '#kit/refusal.ts'
import { keep, shown, type PorchContext } from './answer.ts'
import { changedAt, takesComments, type Article } from './article.ts'
import { nothingTyped, type Typed } from './comment-form.ts'
import { issueForm } from './form-token.ts'
import { ownAt } from './own-view.ts'
import { tokenPlace } from './pages/comment-form.ts'
import { tombstonePage } from './pages/other.ts'
import { postPage } from './pages/post.ts'
import type { Opened } from './opened.ts'
import { withOwn } from './with-own.ts'

/** What a refused comment left: the reason, and everything that was typed. */
export interface Refused {
  readonly refusal: Refusal; readonly typed: Typed
  readonly status: number; readonly headers: Readonly<Record<string, string>>
}

const tokenHours = 6

/** A post with what people say and the form to join in; `refused` shows the form as it was sent. */
export async function postView(c: PorchContext, opened: Opened, article: Article, refused?: Refused): Promise<Response> {
  const { porch, assets } = opened
  const { gone } = article
  if (gone && !refused) return shown(c, tombstonePage(porch, assets, { ...article, gone }), { assets, status: 410, cache: keep.ask })
  const own = refused ? undefined : ownAt(opened, c.req.query('mine') ?? '')
  const [thread, elsewhere] = article.postId === null ? [[], []]
    : await Promise.all([porch.host.thread(article.postId), porch.host.elsewhere(article.postId)])
  const utterances = own ? await withOwn(porch.host, { accountId: porch.account.id, id: own.id }, thread) : thread
  const now = opened.now()
  const open = takesComments(article, porch.settings, now)
  const asked = refused ? refused.typed.parent : (c.req.query('answer') ?? '')
  const answered = asked === '' ? undefined : utterances.find((said) => said.id === asked && !said.withdrawn)
  const whole = refused !== undefined || asked !== '' || c.req.query('talk') === 'all'
  const ownSaid = own && utterances.find((said) => said.ref?.channel === 'porch' && said.ref.id === own.id && !said.withdrawn)
  const stands = refused?.refusal.extra?.['standsAt']
  const markup = postPage(porch, assets, {
    article, utterances, elsewhere, whole, plain: !refused && !whole && asked === '' && !ownSaid,
    ...(own && ownSaid ? { mine: { id: ownSaid.id, href: `${article.path}/comments/own/${own.token}`, until: own.open ? own.until : undefined } } : {}),
    form: open ? {
      typed: refused?.typed ?? nothingTyped, refused: refused?.refusal,
      answering: answered && { id: answered.id, name: answered.author.name },
      ...(typeof stands === 'string' ? { stands: `#c-${stands}` } : {}),
    } : undefined,
  })
  const token = open ? issueForm({ secret: opened.hosts.secret('porch-form'), workspaceId: porch.host.workspaceId, postKey: article.key, now }) : ''
  return shown(c, markup, {
    assets, cache: refused || ownSaid ? keep.never : open ? keep.own : keep.ask, fill: (body) => body.replace(tokenPlace, token),
    // A kept page must not outlive the form in it.
    tagOf: open ? String(Math.floor(now.getTime() / (tokenHours * 3_600_000))) : '',
    changed: latest([changedAt(article), ...utterances.map((said) => said.at)]),
    ...(refused ? { status: refused.status, headers: refused.headers } : {}),
  })
}

const latest = (moments: readonly string[]): string | undefined => moments.toSorted().at(-1)
