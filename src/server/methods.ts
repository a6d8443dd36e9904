import type { Context, Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'

const known = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The methods an address answers to, leaving out what stands before every route. */
export const methodsAt = (app: Hono<HouseEnv>, path: string): string[] =>
  known.filter((method) => app.router.match(method, path)[0].some(([[, route]]) => route.method === method))

/** Nothing answers: the address is unknown, or it is known and asked in a way it does not know. */
export const nothingHere = (app: Hono<HouseEnv>) => (c: Context): never => {
  const methods = methodsAt(app, c.req.path)
  if (methods.length === 0 || methods.includes(c.req.method) || (c.req.method === 'HEAD' && methods.includes('GET'))) throw new Refusal('not_found')
  c.header('allow', methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', '))
  throw new Refusal('method_not_allowed')
}
