import { Hono } from 'hono'
import type { HouseEnv, Member } from '#kit/http.ts'
import { problemBody } from '#kit/problem-json.ts'
import { Refusal } from '#kit/refusal.ts'

export interface Answered { readonly status: number; readonly body: Record<string, unknown> }
/** Asks routes as a member, in the way the server would let them be asked. */
export function asking(routes: Hono<HouseEnv>, member: Member | undefined): (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answered> {
  const app = new Hono<HouseEnv>()
  app.use(async (c, next) => { c.set('member', member); c.set('lang', 'en'); c.set('requestId', 'r'); c.set('ip', '::1'); await next() })
  app.route('/', routes)
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error
    const body = problemBody(error, 'en', 'r')
    return c.json(body, body.status as 400)
  })
  return async (method, path, body, headers) => {
    const raw = body instanceof FormData || typeof body === 'string' || body instanceof ReadableStream
    const response = await app.request(path, {
      method, ...(body === undefined ? {} : { body: raw ? body as BodyInit : JSON.stringify(body) }), ...(body instanceof ReadableStream ? { duplex: 'half' } as object : {}),
      headers: { ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }), ...headers },
    })
    return { status: response.status, body: await response.json() as Record<string, unknown> }
  }
}
