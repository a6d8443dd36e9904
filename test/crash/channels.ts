import { z } from 'zod'
import { ChannelError, defineChannel, type Account, type Channel, type Ctx, type Draft, type Find, type Idempotency, type Publish, type Receipt, type Ref, type Stage, type Upload } from '#kit/channel.ts'
import { channelErrorOf } from '#net/net-error.ts'
import { retryAfter } from '#net/retry-after.ts'
import type { IdempotencyClass } from './place.ts'

const Settings = z.strictObject({ origin: z.url() })
type Settings = z.infer<typeof Settings>
interface Wire { readonly [name: string]: string | null | readonly string[]; readonly files: readonly string[]; readonly key: string; readonly text: string; readonly under: string | null; readonly container: string | null }
const Made = z.object({ id: z.string() })
const Container = z.object({ container: z.string() })
const Filed = z.object({ file: z.string() })
const Status = z.object({ status: z.enum(['open', 'published']), id: z.string().optional() })
const Things = z.array(z.object({ id: z.string(), text: z.string() }))

interface Asked { readonly method: string; readonly path: string; readonly key?: string; readonly body?: unknown }
async function ask<T>({ settings }: Account<Settings>, ctx: Ctx, { schema, method, path, key, body }: Asked & { readonly schema: z.ZodType<T> }): Promise<T> {
  const response = await ctx.fetch(`${settings.origin}${path}`, {
    method, signal: ctx.signal, headers: { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => { throw channelErrorOf(error) })
  if (response.status === 429) throw new ChannelError({ kind: 'paced', retryAt: retryAfter(response.headers.get('retry-after'), ctx.now()) })
  if (response.status >= 500) throw new ChannelError({ kind: 'unknown' })
  if (response.status === 409) throw new ChannelError({ kind: 'unknown' })
  if (response.status >= 400) throw new ChannelError({ kind: 'refused', because: `status ${response.status}` })
  try { return schema.parse(await response.json()) } catch (cause) { throw new ChannelError({ kind: 'unknown' }, cause) }
}

const words = ({ text, under, files }: Wire) => ({ text, under, media: files })
const put: Publish<Settings, Wire>['send'] = (wire, account, ctx) => ask(account, ctx, { schema: Made, method: 'PUT', path: `/things/${wire.key}`, body: words(wire) })
const post: Publish<Settings, Wire>['send'] = (wire, account, ctx) => ask(account, ctx, { schema: Made, method: 'POST', path: '/things', key: wire.key, body: words(wire) })
const open: Publish<Settings, Wire>['send'] = (wire, account, ctx) => ask(account, ctx, { schema: Made, method: 'POST', path: `/containers/${wire.container}/publish` })
const stage: Stage<Settings, Wire> = async (wire, account, ctx) => ({ ...wire, container: (await ask(account, ctx, { schema: Container, method: 'POST', path: '/containers', body: words(wire) })).container })

const upload = async ({ attachment, bytes }: Upload, account: Account<Settings>, ctx: Ctx): Promise<string> =>
  (await ask(account, ctx, { schema: Filed, method: 'POST', path: '/files', body: { name: attachment.id, bytes: Buffer.from(bytes).toString('base64') } })).file
const revise = async (ref: Ref, wire: Wire, account: Account<Settings>, ctx: Ctx): Promise<void> => { await ask(account, ctx, { schema: Made, method: 'PATCH', path: `/things/${ref.id}`, body: words(wire) }) }
const retract = async (ref: Ref, _: Wire, account: Account<Settings>, ctx: Ctx): Promise<void> => { await ask(account, ctx, { schema: Made, method: 'DELETE', path: `/things/${ref.id}` }) }

// No further back than its first try, less a little: the clocks of two machines are never quite the same.
const byList: Find<Settings, Wire> = async (wire, account, ctx): Promise<Receipt | 'absent'> => {
  const since = ctx.firstTriedAt ? `/${ctx.firstTriedAt.getTime() - 5_000}` : ''
  const found = (await ask(account, ctx, { schema: Things, method: 'GET', path: `/things${since}` })).find((thing) => thing.text === wire.text)
  return found ? { id: found.id } : 'absent'
}
const byContainer: Find<Settings, Wire> = async (wire, account, ctx): Promise<Receipt | 'absent'> => {
  const { status, id } = await ask(account, ctx, { schema: Status, method: 'GET', path: `/containers/${wire.container}` })
  return status === 'published' && id ? { id } : 'absent'
}

const ways: Readonly<Record<IdempotencyClass, Idempotency<Settings, Wire> & Pick<Publish<Settings, Wire>, 'send'>>> = {
  keyed: { idempotency: 'keyed', send: put },
  'keyed-ttl': { idempotency: 'keyed-ttl', keyHours: 1, find: byList, send: post },
  'two-phase': { idempotency: 'two-phase', stage, find: byContainer, send: open },
  'content-refusal': { idempotency: 'content-refusal', find: byList, send: post },
  'read-back': { idempotency: 'read-back', find: byList, send: post },
  blind: { idempotency: 'blind', send: post },
}

const prepare = (draft: Draft): Wire => ({ key: draft.key, text: draft.text, under: draft.inReplyTo?.id ?? null, files: draft.media.map((one) => one.uploaded as string), container: null })

/** A channel to the fake network of one class; its account's settings say where that is. */
export const crashChannel = (idempotency: IdempotencyClass): Channel<Settings, Wire> => defineChannel<Settings, Wire, never>({
  id: `crash-${idempotency}`, name: `Crash ${idempotency}`,
  about: { en: 'A network that fails on purpose, for the crash test.', el: 'Ένα δίκτυο που αποτυγχάνει επίτηδες, για τη δοκιμή των διακοπών.' },
  settings: Settings, verify: async () => ({ id: idempotency, handle: idempotency }),
  limits: () => ({ text: { max: 5_000, unit: 'codepoint' }, media: { max: 4, types: ['image/webp', 'image/jpeg'], maxBytes: 1_000_000 } }),
  publish: { ...ways[idempotency], kinds: ['post', 'reply'], threads: 'one-by-one', upload, revise, retract, prepare },
})
