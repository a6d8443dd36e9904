import { expect, test } from 'vitest'
import type { Trouble } from '#kit/channel.ts'
import { troubleIn } from './ask.ts'
import { publish } from './publish.ts'
import { accountOn, ctxOf, post } from './test-world.ts'
import { TestServer } from './test-server.ts'

const now = new Date('2026-11-23T10:00:00Z')
const said = (status: number, error = '', message = '') => ({ status, error, message })
const down = 'The network has taken this account down. Its e-mail says why; appeal there, then connect it again.'
test.each<[string, ReturnType<typeof said>, Record<string, string>, Trouble]>([
  ['a text that is too long', said(400, 'InvalidRequest', 'text must not be longer than 300 graphemes'), {}, { kind: 'refused', because: 'text must not be longer than 300 graphemes' }],
  ['a refusal without words', said(400, 'InvalidRecord'), {}, { kind: 'refused', because: 'The server refuses this (InvalidRecord).' }],
  ['a refusal of some proxy', said(403), {}, { kind: 'refused', because: 'The server refuses this (403).' }],
  ['an access that has ended', said(400, 'ExpiredToken', 'Token has expired'), {}, { kind: 'expired' }],
  ['an access that is none', said(400, 'InvalidToken', 'Token could not be verified'), {}, { kind: 'expired' }],
  ['a wrong password', said(401, 'AuthenticationRequired', 'Invalid identifier or password'), {}, { kind: 'expired' }],
  ['no access at all', said(401), {}, { kind: 'expired' }],
  ['an account that was taken down', said(401, 'AccountTakedown'), {}, { kind: 'refused', because: down }],
  ['a repository that was taken down', said(400, 'RepoTakendown'), {}, { kind: 'refused', because: down }],
  ['a suspended account', said(401, 'AccountSuspended'), {}, { kind: 'refused', because: 'The network has suspended this account. Its e-mail says why and for how long.' }],
  ['an account that sleeps', said(400, 'AccountDeactivated'), {}, { kind: 'refused', because: 'This account is deactivated. Sign in to it once to wake it, then send again.' }],
  ['a picture the server dropped', said(400, 'BlobNotFound', 'Could not find blob: bafkrei'), {}, { kind: 'refused', because: 'The server no longer holds a picture of this post. Publish it as a new post.' }],
  ['too large a file', said(413), {}, { kind: 'refused', because: 'The server takes no file as large as this.' }],
  ['a method nobody knows', said(501, 'MethodNotImplemented'), {}, { kind: 'refused', because: 'This server does not offer what was asked of it.' }],
  ['a moved server', said(301), {}, { kind: 'refused', because: 'The server has moved to another address: connect the account again.' }],
  ['a pause until a second', said(429, 'RateLimitExceeded'), { 'ratelimit-reset': '1795428090' }, { kind: 'paced', retryAt: new Date(1795428090_000) }],
  ['a pause of seconds', said(429), { 'retry-after': '30' }, { kind: 'paced', retryAt: new Date('2026-11-23T10:00:30Z') }],
  ['a pause until the past', said(429), { 'ratelimit-reset': '1000000000' }, { kind: 'paced', retryAt: new Date('2026-11-23T10:00:01Z') }],
  ['a pause of a century', said(429), { 'ratelimit-reset': '4953312000' }, { kind: 'paced', retryAt: new Date('2026-11-23T16:00:00Z') }],
  ['a pause of no length', said(429), {}, { kind: 'paced', retryAt: new Date('2026-11-23T10:01:00Z') }],
  ['a record that exists', said(500, 'InternalServerError', 'Internal Server Error'), {}, { kind: 'unknown' }],
  ['a proxy that lost the server', said(502), {}, { kind: 'unknown' }], ['a proxy that gave up', said(504), {}, { kind: 'unknown' }],
  ['a server at rest', said(503), {}, { kind: 'unknown' }], ['a slow request', said(408), {}, { kind: 'unknown' }], ['a conflict', said(409), {}, { kind: 'unknown' }],
])('%s is told as what it is', (_, answer, headers, trouble) => { expect(troubleIn(answer, new Headers(headers), now)).toEqual(trouble) })

test.each(['page', 'half'] as const)('an answer that is a %s leaves the outcome open, and the post stands', async (fault) => {
  const server = new TestServer()
  server.next(fault)
  const account = accountOn(server.session)
  await expect(publish.send(publish.prepare(post, account), account, ctxOf(server))).rejects.toMatchObject({ trouble: { kind: 'unknown' } })
  expect(server.records.size).toBe(1)
})
