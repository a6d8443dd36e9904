import { articleOf, articlesOf, type Article } from './article.ts'
import type { Porch } from './place.ts'

export const pageSize = 10
const batchSize = 500
const sitemapMost = 50_000

export interface Listed { readonly articles: readonly Article[]; readonly before: string | undefined }

/** A page of the journal, newest first; `before` is where the next one starts. */
export async function listed(porch: Porch, given: { readonly before?: string; readonly tag?: string }): Promise<Listed> {
  const standings = await porch.host.published(porch.account.id, { ...given, limit: pageSize + 1 })
  const shown = standings.slice(0, pageSize)
  return { articles: articlesOf(shown), before: standings.length > pageSize ? shown.at(-1)?.publishedAt : undefined }
}

export const newest = async (porch: Porch, limit: number): Promise<Article[]> =>
  articlesOf(await porch.host.published(porch.account.id, { limit }))

export async function postAt(porch: Porch, id: string): Promise<Article | undefined> {
  if (id.length > 200 || id.includes('\0')) return undefined
  const standing = await porch.host.standing(porch.account.id, id)
  return standing && articleOf(standing)
}

/** All that stands here, in batches, as far as a sitemap may reach. */
export async function* everything(porch: Porch): AsyncGenerator<readonly Article[]> {
  let before: string | undefined
  for (let seen = 0; seen < sitemapMost; seen += batchSize) {
    const standings = await porch.host.published(porch.account.id, { limit: batchSize, ...(before ? { before } : {}) })
    yield articlesOf(standings)
    before = standings.at(-1)?.publishedAt
    if (standings.length < batchSize) return
  }
}
