import type { z } from 'zod'
import { ChannelError, type Account, type Ctx } from '#kit/channel.ts'
import { ask, isSpent, saidIn, type Door, type Question } from './ask.ts'
import { refreshed } from './authority.ts'
import { entryway, isGranted, type Session, type Settings } from './settings.ts'
import { Opened, Renewed } from './wire.ts'

/** The account's own server, asked in its name; an access that has ended is renewed once on the way. */
export interface Home {
  readonly did: string
  ask<S extends z.ZodType>(question: Question, answer: S): Promise<z.infer<S>>
}

export const serverOf = ({ pds, service }: Settings): string => pds ?? service ?? entryway

export const doorOf = (settings: Settings): Door => ({ server: serverOf(settings), token: settings.session?.access, ...(isGranted(settings.session) ? { key: settings.session.key } : {}) })

export function homeOf(account: Account<Settings>, ctx: Ctx): Home {
  let now = account
  return {
    get did() { return didOf(now.settings) },
    ask: async (question, answer) => {
      if (!now.settings.session) now = await renewed(now, ctx)
      try { return await ask(doorOf(now.settings), question, { ctx, answer }) } catch (error) {
        const said = saidIn(error)
        if (!said || !isSpent(said) || !(error instanceof ChannelError) || error.trouble.kind !== 'expired') throw error
      }
      now = await renewed(now, ctx)
      return await ask(doorOf(now.settings), question, { ctx, answer })
    },
  }
}

export function didOf({ did }: Settings): string {
  if (!did) throw new ChannelError({ kind: 'expired' })
  return did
}

/** One exchange at a time; who comes second takes what the first brought. */
async function renewed(account: Account<Settings>, ctx: Ctx): Promise<Account<Settings>> {
  const spent = account.settings.session?.access
  return await ctx.renew(account, async (current) => {
    if (current.session && current.session.access !== spent) return undefined
    // Nothing of what is to be written has left by then.
    const session = await exchange(current, ctx).catch((error: unknown) => { throw softened(error) })
    return { ...current, session }
  })
}

function softened(error: unknown): unknown {
  return error instanceof ChannelError && error.trouble.kind === 'unknown' ? new ChannelError({ kind: 'unreached' }, error) : error
}

/** By the refresh token; where that is spent or was lost on its way, by the app password, if there is one. */
async function exchange(settings: Settings, ctx: Ctx): Promise<Session> {
  if (settings.session) {
    try {
      if (isGranted(settings.session)) return await refreshed(settings.session, settings.did, ctx)
      const { accessJwt, refreshJwt } = await ask({ server: serverOf(settings), token: settings.session.refresh }, { method: 'com.atproto.server.refreshSession', json: null }, { ctx, answer: Renewed })
      return { access: accessJwt, refresh: refreshJwt }
    } catch (error) {
      if (!(error instanceof ChannelError) || error.trouble.kind !== 'expired') throw error
    }
  }
  const opened = await open(settings, ctx)
  if (settings.did && opened.did !== settings.did) throw new ChannelError({ kind: 'expired' })
  return { access: opened.accessJwt, refresh: opened.refreshJwt }
}

/** A new session, by name and app password. */
export async function open({ service = entryway, identifier, password }: Settings, ctx: Ctx): Promise<Opened> {
  if (password === undefined) throw new ChannelError({ kind: 'expired' })
  return await ask({ server: service }, { method: 'com.atproto.server.createSession', json: { identifier, password } }, { ctx, answer: Opened })
}
