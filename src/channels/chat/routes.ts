import { Hono, type MiddlewareHandler } from 'hono'
import type { Log } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import { allow, RULE } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Database } from '#db/database.ts'
import { networkOf } from '#net/addresses.ts'
import { openLine } from '#net/live-line.ts'
import { arriveAsGuest, arriveProven } from './arrive.ts'
import { widgetFiles } from './assets.ts'
import { makeBell, type Bell } from './bell.ts'
import { makeCrowd, type Crowd } from './crowd.ts'
import { atTheDoor, gateOf, visitorOf, type ChatContext, type ChatEnv } from './door.ts'
import { dutyOf, helloOf } from './hello.ts'
import { pace as usualPace, type Pace } from './pace.ts'
import { readBytes, readJson, wantType } from './read-body.ts'
import { keepHanded, rate, say, type Seat } from './say.ts'
import { shownFile, shownLine } from './show.ts'
import { leaveAddress, markRead, sign } from './signs.ts'
import { standing, type Standing } from './standing.ts'
import { linesAfter } from './store.ts'
import { pour, stateOf, type Sight } from './stream.ts'
import { tokenFor } from './token.ts'
import { Address, addressIn, Arriving, chatLimits, cursorOf, Message, Nothing, Rating, Read } from './wire.ts'

export interface ChatOptions { readonly now?: () => Date; readonly pace?: Pace; readonly log?: Log; readonly widgetDir?: string }
interface Room { readonly hosts: Hosts; readonly pace: Pace; readonly bell: Bell; readonly crowd: Crowd; readonly standing: Standing; readonly log: Log; now(): Date }

const anyone = allow('anyone')
const never = 'no-store'

const seatOf = (c: ChatContext, visitorId: string, now: Date): Seat => ({ host: c.get('door').host, account: c.get('door').account, visitorId, lang: c.get('lang'), now })
const sightOf = (c: ChatContext, { hosts }: Room, visitorId: string): Sight => {
  const { host, site } = c.get('door')
  return { database: hosts.lend('database') as Database, workspaceId: host.workspaceId, visitorId, origin: site.origin }
}

/** Whoever sits here by their token; one that was forged, grew old or was left behind opens nothing. */
async function seated(c: ChatContext, room: Room): Promise<string> {
  const visitorId = visitorOf(c, gateOf(room.hosts, c.get('door'), room.now()))
  if (visitorId === undefined) throw new Refusal('visitor_token_invalid')
  const { visitor } = await stateOf(sightOf(c, room, visitorId))
  if (visitor && (visitor.into !== null || visitor.accountId !== c.get('door').account.id)) throw new Refusal('visitor_token_invalid')
  return visitorId
}

async function arrive(c: ChatContext, room: Room): Promise<Response> {
  const door = c.get('door')
  const now = room.now()
  await room.pace('arrives', { ip: c.get('ip') })
  const { identity, lang } = await readJson(c.req.raw, Arriving)
  const gate = gateOf(room.hosts, door, now)
  const arriving = { host: door.host, account: door.account, lang: lang ?? c.get('lang'), now, before: visitorOf(c, gate) }
  const { visitorId, ...told } = await (identity === undefined ? arriveAsGuest(arriving) : arriveProven(arriving, identity))
  return c.json({ token: tokenFor(gate, visitorId), ...told }, 200, { 'cache-control': never })
}

async function hear(c: ChatContext, room: Room, visitorId: string): Promise<Response> {
  await room.pace('says', { ip: c.get('ip'), visitorId })
  const { lang, ...saying } = await readJson(c.req.raw, Message)
  const seat = seatOf(c, visitorId, room.now())
  const { line, isNew } = await say({ ...seat, lang: lang ?? seat.lang }, saying)
  return c.json({ line: shownLine(c.get('door').site.origin, line) }, isNew ? 201 : 200)
}

async function transcript(c: ChatContext, room: Room, visitorId: string): Promise<Response> {
  const sight = sightOf(c, room, visitorId)
  const cursor = cursorOf(c.req.query('cursor'))
  const limit = cursorOf(c.req.query('limit') ?? '100')
  if (cursor === undefined || limit === undefined || limit < 1 || limit > 200) throw new Refusal('invalid_input', { params: { reason: 'cursor, limit' }, field: 'cursor' })
  const { state } = await stateOf(sight)
  const lines = await sight.database.readAgain(sight.workspaceId, (db) => linesAfter(db, visitorId, { after: cursor, limit: limit + 1 }))
  const shown = lines.slice(0, limit)
  return c.json({ lines: shown.map((line) => shownLine(sight.origin, line)), cursor: shown.at(-1)?.seq ?? cursor, more: lines.length > limit, state })
}

async function listenIn(c: ChatContext, room: Room, visitorId: string): Promise<Response> {
  const cursor = cursorOf(c.req.query('cursor'))
  if (cursor === undefined) throw new Refusal('invalid_input', { params: { reason: 'cursor' }, field: 'cursor' })
  await room.pace('opens', { ip: c.get('ip'), visitorId })
  const network = networkOf(c.get('ip'))
  if (room.standing.of(visitorId) >= chatLimits.streams || room.standing.of(network) >= chatLimits.streamsOfNetwork) throw new Refusal('rate_limited', { params: { seconds: 30 }, extra: { retryAfter: 30 } })
  const { line, response } = openLine(c)
  for (const one of [visitorId, network]) line.onGone(room.standing.take(one))
  pour(line, { ...sightOf(c, room, visitorId), bell: room.bell, cursor, log: room.log })
  const [door, lang] = [c.get('door'), c.req.query('lang') ?? c.get('lang')]
  room.crowd.join(line, { name: `${door.account.id} ${lang}`, look: async () => dutyOf(door, await door.host.duty(), { lang, now: room.now() }) })
  return response
}

async function takeFile(c: ChatContext, room: Room, visitorId: string): Promise<Response> {
  await room.pace('hands', { ip: c.get('ip'), visitorId })
  wantType(c.req.raw, 'application/octet-stream')
  const bytes = await readBytes(c.req.raw, { max: chatLimits.fileBytes, said: '10 MB' })
  const file = await keepHanded(seatOf(c, visitorId, room.now()), { bytes, name: (c.req.query('name') ?? '').slice(0, 300) })
  return c.json(shownFile(c.get('door').site.origin, file), 201)
}

async function address(c: ChatContext, room: Room, visitorId: string): Promise<Response> {
  await room.pace('hands', { ip: c.get('ip'), visitorId })
  const { email: typed } = await readJson(c.req.raw, Address)
  const email = typed.trim() === '' ? null : addressIn(typed)
  if (email === undefined) throw new Refusal('invalid_email', { field: 'email' })
  if (email !== null && !await c.get('door').host.canWriteLetters()) throw new Refusal('email_not_possible')
  await leaveAddress(seatOf(c, visitorId, room.now()), email)
  return c.json({ email })
}

/** The assets are the same for every site: whoever may speak is decided at the door behind them. */
function assetsIn(app: Hono<ChatEnv>, dir: string | undefined): void {
  const files = widgetFiles(dir)
  const serve = (cache: string): MiddlewareHandler<ChatEnv> => async (c) => {
    const asset = await files(c.req.param('name') ?? 'widget.js', c.req.header('accept-encoding') ?? '')
    if (!asset) throw new Refusal('not_found')
    return c.body(asset.body, 200, {
      'content-type': asset.type, 'cache-control': asset.other ? never : cache, 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', vary: 'Accept-Encoding',
      ...(asset.encoding === 'identity' ? {} : { 'content-encoding': asset.encoding }),
    })
  }
  app.get('/chat/widget.js', anyone, serve('public, max-age=300'))
  app.get('/chat/widget/:name', anyone, serve('public, max-age=31536000, immutable'))
}

/** The public side of the chat: what the widget on somebody's site speaks with. */
export function chatRoutes(hosts: Hosts, options: ChatOptions = {}): Hono {
  const database = hosts.lend('database') as Database
  const log: Log = options.log ?? (() => undefined)
  const room: Room = { hosts, pace: options.pace ?? usualPace(), bell: makeBell(database.url, log), crowd: makeCrowd(log), standing: standing(), log, now: options.now ?? (() => new Date()) }
  const app = new Hono<ChatEnv>()
  assetsIn(app, options.widgetDir)
  const flood: MiddlewareHandler<ChatEnv> = async (c, next) => { await room.pace('asks', { ip: c.get('ip') }); await next() }
  app.use('/chat/:key/*', Object.assign(flood, { [RULE]: 'anyone' as const }), atTheDoor(hosts))
  app.get('/chat/:key/hello', anyone, async (c) => {
    const door = c.get('door')
    const [duty, email] = await Promise.all([door.host.duty(), door.host.canWriteLetters()])
    const asked = { lang: c.req.query('lang') ?? c.get('lang'), page: c.req.query('page')?.slice(0, 2_000), now: room.now() }
    return c.json(helloOf(door, { duty, email }, asked), 200, { 'cache-control': 'public, max-age=15', vary: 'Origin, Accept-Language, Accept-Encoding' })
  })
  app.post('/chat/:key/visitors', anyone, (c) => arrive(c, room))
  const by = (work: (c: ChatContext, room: Room, visitorId: string) => Promise<Response>) => async (c: ChatContext): Promise<Response> => {
    c.header('cache-control', never)
    return await work(c, room, await seated(c, room))
  }
  app.post('/chat/:key/messages', anyone, by(hear))
  app.get('/chat/:key/transcript', anyone, by(transcript))
  app.get('/chat/:key/stream', anyone, by(listenIn))
  app.post('/chat/:key/files', anyone, by(takeFile))
  app.post('/chat/:key/email', anyone, by(address))
  app.post('/chat/:key/csat', anyone, by(async (c, _, visitorId) => {
    await room.pace('hands', { ip: c.get('ip'), visitorId })
    await rate(seatOf(c, visitorId, room.now()), await readJson(c.req.raw, Rating))
    return c.json({ state: (await stateOf(sightOf(c, room, visitorId))).state })
  }))
  app.post('/chat/:key/read', anyone, by(async (c, _, visitorId) => {
    await room.pace('signs', { ip: c.get('ip'), visitorId })
    const { seq } = await readJson(c.req.raw, Read)
    await markRead(seatOf(c, visitorId, room.now()), seq)
    return c.body(null, 204)
  }))
  app.post('/chat/:key/typing', anyone, by(async (c, _, visitorId) => {
    await room.pace('signs', { ip: c.get('ip'), visitorId })
    await readJson(c.req.raw, Nothing)
    await sign(seatOf(c, visitorId, room.now()), 'typing')
    return c.body(null, 204)
  }))
  app.on(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], '/chat/:key/*', anyone, (c) => { throw new Refusal(c.req.method === 'GET' || c.req.method === 'POST' ? 'not_found' : 'method_not_allowed') })
  return app as unknown as Hono
}
