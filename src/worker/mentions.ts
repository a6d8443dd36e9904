import { linksIn } from '#channels/webmention/endpoint.ts'
import { planTelling } from '#channels/webmention/store.ts'
import type { Handler } from '#core/events/dispatch.ts'
import { publicationById } from '#core/publications/store.ts'

// What a Stoa did before it knew of webmentions is not told to anybody.
const freshFor = 2 * 24 * 3600_000

/** Whenever a post on the porch is published, edited or taken down, the pages it links to are told. */
export const mentionHandler: Handler = {
  id: 'webmention.tell', names: ['publication.confirmed', 'post.edited', 'post.retracted'],
  take: async (events, tx, house) => {
    for (const event of events) {
      if (event.name !== 'publication.confirmed' && event.name !== 'post.edited' && event.name !== 'post.retracted') continue
      if (event.data.channel !== 'porch' || house.now().getTime() - Date.parse(event.at) > freshFor) continue
      const row = await publicationById(tx, event.data.publicationId)
      const html = (row?.wire as { readonly html?: unknown } | null)?.html
      if (!row?.remoteUrl || row.kind !== 'post' || !URL.canParse(row.remoteUrl)) continue
      const targets = row.state === 'confirmed' && typeof html === 'string' ? linksIn(html, row.remoteUrl) : []
      await planTelling(tx, { key: row.key, source: row.remoteUrl, targets, wording: event.cursor, at: house.now() })
    }
  },
}
