import type { Ctx } from '#kit/channel.ts'
import { ask, saysIn } from './ask.ts'
import type { Settings } from './settings.ts'
import { Tag } from './wire.ts'

/** The site's numbers of tags by their names; one that is not there is made, and one that is there says so. A tag the site refuses is left out. */
export async function tagsFor(names: readonly string[], settings: Settings, ctx: Ctx): Promise<readonly number[]> {
  const ids: number[] = []
  for (const name of names) {
    const id = await ask(settings, { method: 'POST', path: '/wp/v2/tags', json: { name } }, { ctx, answer: Tag }).then((made) => made.id, (error: unknown) => {
      const says = saysIn(error)
      if (says?.code === 'term_exists' && says.termId !== undefined) return says.termId
      if (says === undefined || says.status >= 500 || says.status === 401 || says.status === 429) throw error
      ctx.log('the site refuses a tag', { tag: name, says: says.message })
      return undefined
    })
    if (id !== undefined) ids.push(id)
  }
  return ids
}
