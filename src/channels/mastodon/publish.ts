import { setTimeout as pause } from 'node:timers/promises'
import { ChannelError, type Account, type Ctx, type Publish, type Receipt, type Upload } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { z } from 'zod'
import { ask, type Door } from './ask.ts'
import { focusOf, wireOf } from './convert.ts'
import { find } from './find.ts'
import { keepsKeys, type Settings, type Visibility } from './settings.ts'
import { Media, Posted, Status, type Wire } from './wire.ts'

type Way = Publish<Settings, Wire>

export const publish: Way = {
  idempotency: 'keyed-ttl', keyHours: 1, keepsKey: (account) => keepsKeys(account.settings),
  kinds: ['post', 'reply', 'message'], threads: 'one-by-one',
  prepare: wireOf, find, upload, stage, send,
  revise: async (ref, wire, account, ctx) => {
    const path = statusPath(ref.id)
    const before = (await ask(account.settings, { path }, { ctx, answer: Status })).body
    // What was uploaded for the first wording is kept; a new description or focus goes along.
    const media = wire.media.map((each, n) => ({ ...each, id: each.id ?? before.media_attachments[n]?.id ?? null }))
    const { visibility: _, in_reply_to_id: __, ...body } = bodyOf({ ...wire, media })
    const attributes = media.map(({ id, alt, focus }) => ({ id, description: alt, ...(focus ? { focus } : {}) }))
    await ask(account.settings, { method: 'PUT', path, json: { ...body, spoiler_text: wire.spoiler, media_ids: media.map(({ id }) => id), media_attributes: attributes } }, { ctx, answer: Posted })
  },
  retract: async (ref, _wire, account, ctx) => {
    await ask(account.settings, { method: 'DELETE', path: statusPath(ref.id) }, { ctx, answer: z.unknown() }).catch(async (error: unknown) => {
      // Not there any more is as good as taken down.
      if (!await isGone(account.settings, ref.id, ctx)) throw error
    })
  },
}

const statusPath = (id: string): string => `/api/v1/statuses/${encodeURIComponent(id)}`

async function isGone(door: Door, id: string, ctx: Ctx): Promise<boolean> {
  const response = await ctx.fetch(new URL(statusPath(id), door.server), { headers: { accept: 'application/json', authorization: `Bearer ${door.token}` }, signal: ctx.signal }).catch(() => undefined)
  await response?.body?.cancel()
  return response?.status === 404 || response?.status === 410
}

function bodyOf(wire: Wire) {
  const missing = wire.media.some(({ id }) => id === null)
  if (missing) throw new ChannelError({ kind: 'refused', because: 'A picture was not handed over to the server.' })
  return {
    status: wire.status, language: wire.language, visibility: wire.visibility,
    ...(wire.spoiler ? { spoiler_text: wire.spoiler, sensitive: true } : {}), ...(wire.inReplyTo ? { in_reply_to_id: wire.inReplyTo } : {}),
    ...(wire.media.length > 0 ? { media_ids: wire.media.map(({ id }) => id) } : {}),
  }
}

async function send(wire: Wire, { settings }: Account<Settings>, ctx: Ctx): Promise<Receipt> {
  const headers = keepsKeys(settings) ? { 'idempotency-key': wire.key } : undefined
  const { body } = await ask(settings, { method: 'POST', path: '/api/v1/statuses', json: bodyOf(wire), ...(headers ? { headers } : {}) }, { ctx, answer: Posted })
  const url = body.url ?? body.uri
  return { id: body.id, ...(url ? { url } : {}) }
}

const width: Readonly<Record<Visibility, number>> = { public: 3, unlisted: 2, private: 1, direct: 0 }
/** An answer is told to no more people than what it answers; and what it answers must still be there, for some servers do not look. */
async function stage(wire: Wire, { settings }: Account<Settings>, ctx: Ctx): Promise<Wire> {
  if (wire.inReplyTo === null) return wire
  const { body } = await ask(settings, { path: statusPath(wire.inReplyTo) }, { ctx, answer: Status })
  const theirs = (body.reblog ?? body).visibility as Visibility
  return { ...wire, inReplyTo: body.reblog?.id ?? body.id, visibility: (width[theirs] ?? 3) < width[wire.visibility] ? theirs : wire.visibility }
}

const looks = [500, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000]

async function upload({ attachment, bytes, key }: Upload, { settings }: Account<Settings>, ctx: Ctx): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([bytes], { type: attachment.type }), `${key.replace(/[^\w-]/g, '').slice(-40)}.${attachment.type.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? 'bin'}`)
  if (attachment.alt) form.append('description', attachment.alt)
  if (attachment.focus) form.append('focus', focusOf(attachment.focus))
  const hand = (path: string) => ask(settings, { method: 'POST', path, form }, { ctx, answer: Media })
  const { status, body } = await hand('/api/v2/media').catch((error: unknown) => {
    if (!(error instanceof ChannelError) || error.trouble.kind !== 'refused' || !/no longer there/.test(error.trouble.because)) throw error
    return hand('/api/v1/media')
  })
  if (status === 202) await ready(body.id, settings, ctx)
  return { id: body.id }
}

/** A server may take its time over a file: 206 until it is ready. */
async function ready(id: string, door: Door, ctx: Ctx): Promise<void> {
  for (const wait of looks) {
    await pause(wait, undefined, { signal: ctx.signal })
    const { status, body } = await ask(door, { path: `/api/v1/media/${encodeURIComponent(id)}` }, { ctx, answer: Media })
    if (status === 200 && body.url !== null) return
  }
  throw new ChannelError({ kind: 'paced', retryAt: new Date(ctx.now().getTime() + 60_000) })
}
