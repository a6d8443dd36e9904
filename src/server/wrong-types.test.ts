import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit/id.ts'
import { openStoa, type Caller, type OpenStoa } from '../../test/world/stoa.ts'

interface Schema {
  readonly type?: string; readonly properties?: Record<string, Schema>; readonly required?: readonly string[]; readonly items?: Schema; readonly enum?: readonly unknown[]; readonly const?: unknown
  readonly anyOf?: readonly Schema[]; readonly oneOf?: readonly Schema[]; readonly format?: string; readonly maxLength?: number; readonly minimum?: number; readonly maximum?: number
}
interface Parameter { readonly in: string; readonly name: string; readonly schema: Schema }
interface Operation { readonly parameters?: readonly Parameter[]; readonly requestBody?: { readonly content: Record<string, { readonly schema?: Schema }> } }
interface Route { readonly method: string; readonly path: string; readonly body: Schema | undefined; readonly query: readonly Parameter[] }

let stoa: OpenStoa
let eleni: Caller
let routes: Route[]
let ids: Record<string, string[]>
beforeAll(async () => {
  stoa = await openStoa()
  eleni = await stoa.found()
  await eleni.ask('POST', 'setup/door', { door: 'story' })
  const { body } = await eleni.ask('GET', '/api/openapi.json') as unknown as { body: { paths: Record<string, Record<string, Operation>> } }
  routes = Object.entries(body.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(), path, body: operation.requestBody?.content['application/json']?.schema, query: (operation.parameters ?? []).filter((one) => one.in === 'query'),
  })))
  const listed = async (path: string) => (await eleni.ask('GET', path) as unknown as { body: { items: { id: string }[] } }).body.items.map((one) => one.id)
  ids = { posts: await listed('posts'), conversations: await listed('conversations'), contacts: await listed('contacts'), accounts: await listed('accounts'), campaigns: await listed('campaigns'), voices: await listed('members') }
}, 60_000)
afterAll(() => stoa.stop())

const odd = fc.constantFrom<unknown>(
  null, true, -1, 0, 1.5, 1e308, 2_147_483_648, Number.MAX_SAFE_INTEGER, '', ' ', '\u200b', '\0', 'α\0β', '\ud800', '\u202e', 'α'.repeat(70_000), [], [[]], [null], {}, '__proto__', { constructor: { prototype: 1 } },
  '2026-02-30T25:61:00Z', '+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', '0000-00-00', 'NaN', "'; drop table posts;--", '../../etc/passwd', 'Etc/GMT+15', '00000000-0000-0000-0000-000000000000', 'ǅ', Array.from({ length: 2_000 }, () => 'x'),
)
/** Something a schema takes. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return fc.oneof(...choice.map(fitting))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.type === 'object') return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one)])), { requiredKeys: [...schema.required ?? []] })
  if (schema.type === 'array') return fc.array(schema.items ? fitting(schema.items) : odd, { maxLength: 3 })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'integer' || schema.type === 'number') return fc.integer({ min: Math.ceil(Math.max(schema.minimum ?? -9, -1e6)), max: Math.floor(Math.min(schema.maximum ?? 1e6, 1e6)) })
  if (schema.format === 'uuid') return fc.constantFrom(newId(), ...ids['posts']!.slice(0, 2), ...ids['accounts']!)
  if (schema.format === 'date') return fc.constantFrom('2026-11-23', '0001-01-01', '9999-12-31')
  if (schema.format === 'email') return fc.constant('anna@example.gr')
  return fc.constantFrom('Ψωμί με ζέας', 'Europe/Athens', '2026-11-24T10:00', 'x'.repeat(Math.min(schema.maxLength ?? 50, 1_000)))
}
/** The same with one thing wrong, at any depth, missing, or too much. */
function bent(given: unknown): fc.Arbitrary<unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || Object.keys(given).length === 0) return odd
  const fields = given as Record<string, unknown>
  return fc.constantFrom(...Object.keys(fields)).chain((name) => fc.oneof(
    odd.map((wrong) => ({ ...fields, [name]: wrong })),
    fc.constant(Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name))),
    bent(fields[name]).map((wrong) => ({ ...fields, [name]: wrong })),
    odd.map((wrong) => ({ ...fields, workspaceId: wrong })),
    fc.constant(given), odd,
  ))
}
const where = (path: string) => fc.constantFrom(...(ids[path.split('/')[1]!] ?? []).slice(0, 5), newId(), 'x', '%00', '%ff', '__proto__').map((id) => path.replaceAll(/\{\w+\}/g, id))
const asked = (query: readonly Parameter[]) => fc.tuple(...query.map((one) => fc.option(fc.oneof(fitting(one.schema), odd).map((value) => `${one.name}=${encodeURIComponent(String(value).slice(0, 2_000).toWellFormed())}`), { nil: '' })))
  .map((parts) => parts.filter(Boolean).join('&'))

// Signing out or in would end the session all this is asked with; what is live does not end.
const apart = /^\/(session|setup|live|me\/password|invitations\/accept)/
test('whatever is sent to whatever route, the answer is a clear one and never a fault of ours', async () => {
  const tried = routes.filter(({ path }) => !apart.test(path))
  expect(tried.length).toBeGreaterThan(50)
  for (const route of tried) {
    const call = fc.tuple(where(route.path), asked(route.query), route.body ? fitting(route.body).chain(bent) : fc.constant(undefined))
    for (const [path, query, body] of fc.sample(call, { numRuns: route.body || route.query.length > 0 ? 12 : 4, seed: 20_261_123 })) {
      const said = await eleni.ask(route.method, `/api/v1${path}${query ? `?${query}` : ''}`, body)
      const told = `${route.method} ${path}?${query} ${JSON.stringify(body)?.slice(0, 300)}`
      expect(said.status, told).toBeLessThan(500)
      if (said.status >= 400) expect(said.body, told).toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/) as string, status: said.status, title: expect.any(String) as string })
    }
  }
}, 120_000)
