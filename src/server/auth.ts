import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Refusal } from '#kit/refusal.ts'
import { EVERY, type Database } from '#db/database.ts'
import { memberFrom, membershipsOf, type MemberRow } from '#core/members/store.ts'
import { logins, sessions, users, verifications } from '#core/members/tables.ts'
import type { Member } from '#kit/http.ts'

export interface Auth {
  /** Makes a login and signs it in. `cookie` is the Set-Cookie to answer with. */
  signUp(given: Credentials & { readonly name: string }, headers: Headers): Promise<{ userId: string; cookies: string[] }>
  signIn(given: Credentials, headers: Headers): Promise<{ userId: string; cookies: string[] }>
  signOut(headers: Headers): Promise<string[]>
  /** Takes back a login that was made for something that did not come about. */
  forget(userId: string): Promise<void>
  /** The member behind a request: the session's row is read each time, so a member removed is out at once. */
  memberOf(headers: Headers): Promise<{ member: Member; row: MemberRow } | undefined>
  changePassword(given: { readonly current: string; readonly next: string }, headers: Headers): Promise<void>
}
export interface Credentials { readonly email: string; readonly password: string }

const cookiesOf = (headers: Headers): string[] => headers.getSetCookie()
const codeOf = (error: unknown): string => String((error as { body?: { code?: string } }).body?.code ?? '')

/** Logins and sessions by better-auth, without its own HTTP routes: only what Stoa calls is reachable. */
export function makeAuth(database: Database, given: { readonly origin: string; readonly secret: string }): Auth {
  const auth = betterAuth({
    baseURL: given.origin, secret: given.secret, telemetry: { enabled: false }, logger: { disabled: true },
    database: drizzleAdapter(drizzle({ client: database.pool }), { provider: 'pg', schema: { user: users, session: sessions, account: logins, verification: verifications } }),
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 200, autoSignIn: true },
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
    advanced: { cookiePrefix: 'stoa', useSecureCookies: given.origin.startsWith('https:'), defaultCookieAttributes: { sameSite: 'lax', httpOnly: true } },
  })
  return {
    signUp: async (body, headers) => {
      try {
        const { headers: set, response } = await auth.api.signUpEmail({ body, headers, returnHeaders: true })
        return { userId: response.user.id, cookies: cookiesOf(set) }
      } catch (cause) {
        if (codeOf(cause).startsWith('USER_ALREADY_EXISTS')) throw new Refusal('email_taken', { field: 'email', cause })
        throw cause
      }
    },
    signIn: async (body, headers) => {
      try {
        const { headers: set, response } = await auth.api.signInEmail({ body, headers, returnHeaders: true })
        return { userId: response.user.id, cookies: cookiesOf(set) }
      } catch (cause) { throw new Refusal('sign_in_failed', { cause }) }
    },
    signOut: async (headers) => cookiesOf((await auth.api.signOut({ headers, returnHeaders: true })).headers),
    forget: (userId) => database.write(EVERY, async (tx) => { await tx.delete(users).where(eq(users.id, userId)) }),
    memberOf: async (headers) => {
      if (!headers.get('cookie')?.includes('stoa.session_token')) return undefined
      const session = await auth.api.getSession({ headers })
      if (!session) return undefined
      const [row] = await database.read(EVERY, (db) => membershipsOf(db, session.user.id))
      return row && { member: memberFrom(row), row }
    },
    changePassword: async ({ current, next }, headers) => {
      try { await auth.api.changePassword({ body: { currentPassword: current, newPassword: next, revokeOtherSessions: true }, headers }) } catch (cause) { throw new Refusal('sign_in_failed', { field: 'current', cause }) }
    },
  }
}
