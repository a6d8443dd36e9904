import { beforeEach, expect, test } from 'vitest'
import { keepOf, type Keep } from './keep.ts'
import { Refused, type Server } from './server.ts'
import { visitorOf } from './visitor.ts'

/** A browser's storage, as far as it is asked here. */
const storage = (): Storage => {
  const kept: Record<string, string> = {}
  const at = { getItem: (name: string) => kept[name] ?? null, setItem: (name: string, value: string) => { kept[name] = value }, removeItem: (name: string) => { delete kept[name] } }
  return new Proxy(at as unknown as Storage, { ownKeys: () => Object.keys(kept), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) })
}

let asked: { readonly token: string | null; readonly identity: string | null }[]
let valid: Set<string>
let keep: Keep
let token: string | null
let forgotten: number
beforeEach(() => { [asked, valid, keep, token, forgotten] = [[], new Set(), keepOf(storage(), 'κλειδί'), null, 0] })

/** Gives out tokens as the chat's server does: for a proof it believes, or for a guest. */
const server = {
  visitor: async (given: { token: string | null; identity: string | null }) => {
    asked.push(given)
    if (given.identity === 'forged') throw new Refused({ status: 401, code: 'identity_not_verified' })
    const made = `token ${asked.length}`
    valid.add(made)
    return { token: made, verified: given.identity !== null }
  },
} as Server
const say = async (mine: string): Promise<string> => {
  if (!valid.has(mine)) throw new Refused({ status: 401, code: 'visitor_token_invalid' })
  return mine
}
const visitor = (identity: string | null) => visitorOf({ key: 'κλειδί', server, keep, identity: async () => identity },
  { token: () => token, take: (given) => { token = given }, forget: () => { token = null; forgotten += 1 } })

test('a guest is nobody before they write, and from then on the same in this browser', async () => {
  const guest = visitor(null)
  await guest.introduce()
  expect(asked).toEqual([])
  expect(keep.token()).toBeNull()
  expect(await guest.write(say)).toBe('token 1')
  expect(await guest.write(say)).toBe('token 1')
  expect(keep.token()).toBe('token 1')
  token = null
  expect(await visitor(null).write(say)).toBe('token 1')
  expect(asked).toHaveLength(1)
})

test('whom the page vouches for is told at once, and leaves nothing behind on a shared computer', async () => {
  keep.keepToken(token = 'a guest’s')
  valid.add('a guest’s')
  const proven = visitor('proof')
  await proven.introduce()
  expect(asked).toEqual([{ token: 'a guest’s', identity: 'proof' }])
  expect(await proven.write(say)).toBe('token 1')
  expect(keep.token()).toBeNull()
})

test('a proof that does not hold makes a guest, not a closed door', async () => {
  expect(await visitor('forged').write(say)).toBe('token 2')
  expect(asked.map((one) => one.identity)).toEqual(['forged', null])
  expect(keep.token()).toBe('token 2')
})

test('a token the server does not take is thrown away, and what was being said goes out under a new one', async () => {
  keep.keepToken(token = 'grown old')
  expect(await visitor(null).write(say)).toBe('token 1')
  expect({ forgotten, kept: keep.token() }).toEqual({ forgotten: 1, kept: 'token 1' })
})

test('what was said waits in the browser, in order, until it is confirmed', () => {
  const saying = (clientId: string, at: string) => ({ clientId, text: 'Καλημέρα', files: [], at, page: 'https://fournos.example/' })
  keep.keepUnsent(saying('b', '2026-10-20T09:00:02.000Z'))
  keep.keepUnsent(saying('a', '2026-10-20T09:00:01.000Z'))
  expect(keep.unsent().map((one) => one.clientId)).toEqual(['a', 'b'])
  keep.confirmed('a')
  expect(keep.unsent().map((one) => one.clientId)).toEqual(['b'])
})

test('a browser that keeps nothing still chats', async () => {
  keep = keepOf(undefined, 'κλειδί')
  expect(await visitor(null).write(say)).toBe('token 1')
  expect({ token: keep.token(), unsent: keep.unsent(), greeted: keep.greeted() }).toEqual({ token: null, unsent: [], greeted: false })
})
