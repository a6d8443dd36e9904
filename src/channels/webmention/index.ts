import { z } from 'zod'
import { defineChannel } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import type { Tools } from './look.ts'
import { routes } from './routes.ts'

const every = 2_000

/** Other sites tell us when they speak of our posts, and hear from us when we speak of theirs. It belongs to the porch. */
export const webmention = defineChannel<Record<string, never>, null, null>({
  id: 'webmention', name: 'Webmention',
  about: {
    en: 'Other sites tell yours when they answer or link to a post, and yours tells them. Answers wait for a look before they are shown.',
    el: 'Άλλοι ιστότοποι λένε στον δικό σας ότι απαντούν ή παραπέμπουν σε μια ανάρτηση, και ο δικός σας το ίδιο σε αυτούς. Οι απαντήσεις περιμένουν μια ματιά πριν φανούν.',
  },
  settings: z.strictObject({}),
  verify: async (_settings, ctx) => ({ id: 'webmention', handle: (await ctx.host.site()).name }),
  limits: () => ({ text: { max: 5_000, unit: 'utf16' } }),
  listen: { hears: ['replies', 'mentions'] },
  routes,
  background: (hosts, log) => {
    const tools: Tools = { database: hosts.lend('database') as Database, fetch: hosts.lend('fetch') as typeof globalThis.fetch, hosts, now: () => new Date(), log }
    let running: Promise<void> | undefined
    const round = async (): Promise<void> => {
      const [{ lookRound }, { tellRound }] = await Promise.all([import('./look.ts'), import('./tell.ts')])
      await lookRound(tools)
      await tellRound(tools)
    }
    const go = (): void => { running ??= round().catch((error: unknown) => log('webmentions stumbled', { error: String(error) })).finally(() => { running = undefined }) }
    const timer = setInterval(go, every)
    return { stop: async () => { clearInterval(timer); await running } }
  },
})
