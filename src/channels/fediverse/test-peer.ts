import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const context = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1']
export const publicly = 'https://www.w3.org/ns/activitystreams#Public'
type Json = Record<string, unknown>

export interface TestActor { readonly uri: string; readonly keyId: string; readonly key: KeyObject; readonly document: Json }
/** Another server, which serves whatever documents a test puts there, true or false. */
export interface TestPeer {
  readonly origin: string
  readonly documents: Map<string, { readonly body: string; readonly type?: string; readonly status?: number; readonly location?: string }>
  readonly asked: string[]
  /** What came to its inboxes. */
  readonly received: Json[]
  actor(name: string, over?: (document: Json) => Json): TestActor
  serve(path: string, document: Json, type?: string): string
  close(): Promise<void>
}

export async function testPeer(): Promise<TestPeer> {
  const documents: TestPeer['documents'] = new Map()
  const asked: string[] = []
  const received: Json[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const path = (request.url ?? '').split('?')[0]!
      if (request.method === 'POST') {
        received.push(JSON.parse(Buffer.concat(chunks).toString()) as Json)
        return void response.writeHead(202).end()
      }
      asked.push(path)
      const found = documents.get(path)
      response.writeHead(found?.status ?? (found ? 200 : 404), { 'content-type': found?.type ?? 'application/activity+json', ...(found?.location ? { location: found.location } : {}) }).end(found?.body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const serve = (path: string, document: Json, type?: string) => {
    documents.set(path, { body: JSON.stringify(document), ...(type ? { type } : {}) })
    return `${origin}${path}`
  }
  return {
    origin, documents, asked, received, serve,
    actor(name, over = (document) => document) {
      const uri = `${origin}/users/${name}`
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const document = over({
        '@context': context, id: uri, type: 'Person', preferredUsername: name, name: `${name} Π.`, inbox: `${uri}/inbox`, outbox: `${uri}/outbox`,
        publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) },
      })
      serve(`/users/${name}`, document)
      return { uri, keyId: `${uri}#main-key`, key: privateKey, document }
    },
    close: () => new Promise<void>((done) => { server.close(() => done()); server.closeAllConnections() }),
  }
}

export interface Forgery {
  readonly to: string; readonly body: Json | string; readonly by: TestActor
  readonly date?: Date; readonly keyId?: string; readonly key?: KeyObject; readonly host?: string; readonly path?: string; readonly method?: string
  readonly covers?: readonly string[]; readonly digestOf?: string; readonly withoutDigest?: boolean; readonly sentTo?: string
  readonly contentType?: string; readonly headers?: Readonly<Record<string, string>>; readonly signature?: (header: string) => string
}

/** A delivery signed by hand after draft-cavage-12, so that every part of it can be wrong. */
export function signed(given: Forgery): Request {
  const body = typeof given.body === 'string' ? given.body : JSON.stringify({ '@context': context, ...given.body })
  const url = new URL(given.to)
  const digest = `SHA-256=${createHash('sha256').update(given.digestOf ?? body).digest('base64')}`
  const values: Record<string, string> = {
    '(request-target)': `${given.method ?? 'post'} ${given.path ?? url.pathname}`, host: given.host ?? url.host,
    date: (given.date ?? new Date()).toUTCString(), digest, 'content-type': given.contentType ?? 'application/activity+json',
  }
  const covers = given.covers ?? ['(request-target)', 'host', 'date', 'digest', 'content-type']
  const text = covers.map((name) => `${name}: ${values[name]}`).join('\n')
  const signature = createSign('sha256').update(text).sign(given.key ?? given.by.key, 'base64')
  const header = `keyId="${given.keyId ?? given.by.keyId}",algorithm="rsa-sha256",headers="${covers.join(' ')}",signature="${signature}"`
  const headers = new Headers({ date: values['date']!, 'content-type': values['content-type']!, signature: (given.signature ?? ((each) => each))(header) })
  if (!given.withoutDigest) headers.set('digest', digest)
  for (const [name, value] of Object.entries(given.headers ?? {})) headers.set(name, value)
  return new Request(given.sentTo ?? given.to, { method: 'POST', body, headers })
}
