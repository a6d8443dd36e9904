import type { Context } from 'hono'
import { Refusal } from '#kit/refusal.ts'
import { storable } from '#kit/text.ts'
import type { Desk } from './house.ts'
import { isActivityType } from './loaders.ts'
import { createOf, jsonOf, noteOf, tombstoneOf } from './objects.ts'
import { publicNote } from './standing.ts'

/** One of ours: as an object for servers, as the page on our own site for people. */
export async function note(c: Context, desk: Desk, as: 'note' | 'activity'): Promise<Response> {
  const key = c.req.param('key') ?? ''
  const standing = storable(key) && key.length <= 200 ? await desk.host.standing(desk.account.id, key) : undefined
  const wantsObject = (c.req.header('accept') ?? '').split(',').some((each) => isActivityType(each.trim()) || /^application\/(ld\+)?json\b/.test(each.trim()))
  c.header('vary', 'Accept')
  if (standing?.gone && standing.kind !== 'message' && wantsObject) {
    return object(c, 410, await jsonOf(tombstoneOf(standing.key, desk.places, standing.gone.at), desk.loaders.contexts))
  }
  const found = publicNote(standing)
  if (!found) throw new Refusal('not_found')
  if (!wantsObject) return c.redirect(found.wire.url ? new URL(found.wire.url, desk.places.origin).href : `${desk.places.origin}/`, 302)
  const made = as === 'note' ? noteOf(found.wire, desk.places, found.standing.editedAt) : createOf(found.wire, desk.places, found.standing.editedAt)
  return object(c, 200, await jsonOf(made, desk.loaders.contexts))
}

function object(c: Context, status: 200 | 410, json: object): Response {
  return c.body(JSON.stringify(json), status, { 'content-type': 'application/activity+json' })
}
