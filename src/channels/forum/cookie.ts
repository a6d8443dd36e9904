import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import type { PorchContext } from '../porch/answer.ts'

const name = 'stoa_forum'
export const tokenIn = (c: PorchContext): string | undefined => getCookie(c, name)
export const cookieOf = (origin: string, token: string, until: Date): string =>
  serialize(name, token, { path: '/forum', httpOnly: true, sameSite: 'Lax', secure: origin.startsWith('https:'), expires: until })
export const noCookie = (origin: string): string => cookieOf(origin, '', new Date(0))

/** Where somebody goes on after signing in: a page of the forum, or the forum itself. */
export const backTo = (typed: string): string => (/^\/forum(?:[/?][\w\-./?=&%]*)?$/.test(typed) && !typed.includes('//') ? typed : '/forum')
