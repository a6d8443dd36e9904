import { ChannelError, type Ctx } from '#kit/channel.ts'
import { ask, type Parameters } from './ask.ts'
import type { Settings } from './settings.ts'
import { Edited, Pages, type Page } from './wire.ts'

/** A page as it stands: its newest revision and text, what we wrote of it, and the token that lets us write. */
export interface Look { readonly page: Page; readonly base: number; readonly text: string; readonly token: string }
export type Which = { readonly titles: string } | { readonly pageids: number }

export async function look(which: Which, settings: Settings, ctx: Ctx): Promise<Look> {
  const { query } = await ask(settings, { action: 'query', prop: 'revisions|info', inprop: 'subjectid|talkid', rvprop: 'ids|content|user|userid|timestamp|comment', rvslots: 'main', meta: 'tokens', type: 'csrf', ...which }, { ctx, answer: Pages })
  const page = query?.pages?.[0]
  const token = query?.tokens?.csrftoken
  if (!page || token === undefined) throw new ChannelError({ kind: 'unknown' })
  if (page.invalid) throw new ChannelError({ kind: 'refused', because: page.invalidreason || 'The wiki does not take this title.' })
  const [revision] = page.revisions ?? []
  return { page, base: revision?.revid ?? 0, text: revision?.slots?.main?.content ?? '', token }
}

/** Whether an edit of ours carries this mark in its summary: then it is there, whatever happened since. */
export async function isDone(which: Which, mark: string, { settings, ctx }: { readonly settings: Settings; readonly ctx: Ctx }): Promise<Page | undefined> {
  const { query } = await ask(settings, { action: 'query', prop: 'revisions', rvprop: 'ids|user|userid|timestamp|comment', rvlimit: 50, rvuser: settings.userName ?? '', ...which }, { ctx, answer: Pages })
  const page = query?.pages?.[0]
  return page?.revisions?.some(({ comment }) => comment.includes(`stoa:${mark}`)) ? page : undefined
}

export interface Edit { readonly page: Parameters; readonly text: string; readonly summary: string; readonly base: number; readonly token: string }
export interface Written { readonly pageid: number; readonly title: string }
/** Writes a page by compare-and-swap: only on the revision it was written for, or only where there is none yet. */
export async function write({ page, text, summary, base, token }: Edit, settings: Settings, ctx: Ctx): Promise<Written> {
  const guard: Parameters = base === 0 ? { createonly: 1 } : { baserevid: base, nocreate: 1 }
  const { edit } = await ask(settings, { action: 'edit', ...page, text, summary, ...guard, watchlist: 'watch', maxlag: 5, token }, { ctx, answer: Edited })
  if (edit.result === 'Success' && edit.pageid !== undefined) return { pageid: edit.pageid, title: edit.title }
  const { result: _, captcha, ...rest } = edit
  throw new ChannelError({ kind: 'refused', because: captcha === undefined ? `The wiki did not take it: ${JSON.stringify(rest).slice(0, 250)}` : 'captcha-asked' })
}
