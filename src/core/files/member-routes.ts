import { Hono } from 'hono'
import { allow, memberOf, tells, type HouseEnv } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { House } from '../house.ts'
import { maxFileBytes } from './rules.ts'
import { byMember, keepFile } from './store.ts'

/** The body as it comes, counted: what is too large is refused before it is held whole. */
async function bytesIn(request: Request): Promise<Uint8Array> {
  if (!/^application\/octet-stream\b/i.test(request.headers.get('content-type') ?? '')) throw new Refusal('unsupported_type', { params: { expected: 'application/octet-stream' } })
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > maxFileBytes) throw new Refusal('body_too_large', { params: { limit: '10 MB' }, field: 'file' })
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** What a member attaches to an answer. */
export const memberFileRoutes = (house: House) => new Hono<HouseEnv>()
  .post('/files', allow('answer'), tells('Hand over a file to attach to an answer; the body is the file, `name` its name'), async (c) => {
    const member = memberOf(c)
    const shelf = { database: house.database, dataDir: house.dataDir, secret: house.hosts.secret('files'), now: house.now }
    return c.json(await keepFile(shelf, member.workspaceId, { bytes: await bytesIn(c.req.raw), name: (c.req.query('name') ?? '').slice(0, 300), by: byMember(member.id), usual: true }), 201)
  })
