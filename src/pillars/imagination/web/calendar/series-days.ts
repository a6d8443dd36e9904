import { post } from '../calls.ts'
import { occurrence } from './calls.ts'
import type { Item } from './item.ts'

/** A day of a series that is still only ruled becomes a post before anything is done to it. */
export const ensurePosts = (items: readonly Item[]): Promise<readonly Item[]> => Promise.all(items.map(async (item) => {
  if (item.kind === 'post' || item.seriesId === null || item.occurrence === null) return item
  const { postId } = await occurrence(item.seriesId, item.occurrence, 'make')
  const made = await post(postId ?? '')
  return { ...item, kind: 'post' as const, id: made.id, version: made.version, state: made.state }
}))
