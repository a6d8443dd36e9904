import { describe, expect, test } from 'vitest'
import type { Account, Ctx } from '#kit/channel.ts'
import { homeOf } from './session.ts'
import type { Settings } from './settings.ts'
import { accountOn, ctxOf } from './test-world.ts'
import { TestServer } from './test-server.ts'
import { Resolved } from './wire.ts'

const asked = (server: TestServer, name: string) => server.requests.filter((one) => one.name === name).length
const look = (account: Account<Settings>, ctx: Ctx) => homeOf(account, ctx).ask({ method: 'com.atproto.identity.resolveHandle', query: { handle: 'giorgos.allou.gr' } }, Resolved)
const opens = 'com.atproto.server.createSession'
const renews = 'com.atproto.server.refreshSession'

describe('an access that has ended', () => {
  test('is renewed on the way, and the question is asked once more', async () => {
    const server = new TestServer()
    const account = accountOn(server.session)
    server.expire()
    expect(await look(account, ctxOf(server))).toEqual({ did: expect.stringContaining('giorgos') })
    expect([asked(server, renews), asked(server, opens)]).toEqual([1, 0])
  })
  test('is renewed once for many who come at the same time', async () => {
    const server = new TestServer()
    const account = accountOn(server.session)
    server.expire()
    // As the house does it: one exchange after the other, on what is stored by then.
    let stored: unknown = account.settings
    let line: Promise<unknown> = Promise.resolve()
    const ctx: Ctx = {
      ...ctxOf(server),
      renew: (each, exchange) => {
        const turn = line.then(async () => { stored = await exchange(stored as typeof each.settings) ?? stored; return { ...each, settings: stored as typeof each.settings } })
        line = turn.catch(() => undefined)
        return turn
      },
    }
    await Promise.all(Array.from({ length: 8 }, () => look(account, ctx)))
    expect([asked(server, renews), asked(server, opens)]).toEqual([1, 0])
  })
  test('comes back by the app password when the renewal was lost', async () => {
    const server = new TestServer()
    const account = accountOn(server.session)
    server.expire()
    server.loseRefresh()
    await look(account, ctxOf(server))
    expect([asked(server, renews), asked(server, opens)]).toEqual([1, 1])
  })
  test('is told as ended when the app password was revoked, after one try of each', async () => {
    const server = new TestServer()
    const account = accountOn(server.session)
    server.expire(true)
    await expect(look(account, ctxOf(server))).rejects.toMatchObject({ trouble: { kind: 'expired' } })
    expect([asked(server, renews), asked(server, opens)]).toEqual([1, 1])
  })
  test('is told as ended when a fresh one is refused as well', async () => {
    const server = new TestServer()
    server.next('spent')
    server.next('spent', 1)
    await expect(look(accountOn(server.session), ctxOf(server))).rejects.toMatchObject({ trouble: { kind: 'expired' } })
    expect(asked(server, renews)).toBe(1)
  })
  test('says that nothing has left when the renewal itself got no answer', async () => {
    const server = new TestServer()
    server.expire()
    server.next('answer-lost', 1)
    await expect(look(accountOn(server.session), ctxOf(server))).rejects.toMatchObject({ trouble: { kind: 'unreached' } })
  })
  test('is not taken over by another account of the same password', async () => {
    const server = new TestServer()
    const account = accountOn(undefined)
    const other = { ...account, settings: { ...account.settings, did: 'did:plc:another22222222222222222' } }
    await expect(look(other, ctxOf(server))).rejects.toMatchObject({ trouble: { kind: 'expired' } })
  })
})
