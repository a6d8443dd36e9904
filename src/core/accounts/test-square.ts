import { z } from 'zod'
import { ChannelError, ConnectError, defineChannel, type Channel, type Incoming } from '#kit/channel.ts'

const Settings = z.strictObject({
  origin: z.url(), password: z.string().optional(), note: z.string().optional(),
  session: z.object({ access: z.string(), refresh: z.string() }).optional(),
})
type Settings = z.infer<typeof Settings>

/** A network with passwords and one-time refresh tokens, as far as accounts see it. */
export interface Square {
  readonly channel: Channel
  readonly fetch: typeof globalThis.fetch
  /** What is said there, in order. */
  readonly said: Incoming[]
  /** Goes wrong at the next pull. */
  fail: unknown
  /** How many said things one pull tells at a time. */
  batch: number
  password: string; handle: string
  /** The refresh token that counts; every other is refused. */
  refresh: string
  readonly exchanges: string[]
  /** The next answer of the token endpoint is lost on its way back. */
  loseAnswer: boolean
  pulls: number
}

export const says = (n: number, by = 'giorgos'): Incoming =>
  ({ does: 'says', ref: { channel: 'square', id: `said-${n}` }, at: '2026-10-20T08:00:00Z', author: { id: by, name: by }, text: `Καλημέρα ${n}, έχετε ψωμί;`, visibility: 'public' })

export function square(): Square {
  const world: Square = { channel: undefined as never, fetch: tokens, said: [], fail: undefined, batch: 2, password: 'άνοιξε σουσάμι', handle: 'fournos', refresh: 'refresh-0', exchanges: [], loseAnswer: false, pulls: 0 }
  async function tokens(_input: Parameters<typeof globalThis.fetch>[0], init?: RequestInit): Promise<Response> {
    const given = new URLSearchParams(String(init?.body)).get('refresh_token') ?? ''
    world.exchanges.push(given)
    await new Promise((done) => setTimeout(done, 20))
    if (given !== world.refresh) return Response.json({ error: 'invalid_grant' }, { status: 400 })
    world.refresh = `refresh-${world.exchanges.length}`
    if (world.loseAnswer) { world.loseAnswer = false; throw new TypeError('fetch failed') }
    return Response.json({ access: `access-${world.exchanges.length}`, refresh: world.refresh })
  }
  const channel = defineChannel<Settings, null, number>({
    id: 'square', name: 'Square', about: { en: 'A square.', el: 'Μια πλατεία.' },
    settings: Settings, sealed: ['password', 'session'],
    fields: [
      { name: 'origin', kind: 'address', label: { en: 'Server', el: 'Διακομιστής' } },
      { name: 'password', kind: 'secret', label: { en: 'Password', el: 'Κωδικός' } },
      { name: 'note', kind: 'text', label: { en: 'Note', el: 'Σημείωση' }, optional: true },
    ],
    login: {
      begin: async ({ state, back }) => ({ to: `https://square.example/authorize?state=${state}&redirect_uri=${encodeURIComponent(back)}`, keep: { verifier: 'pkce-canary' } }),
      finish: async ({ keep, answer, back }) => {
        if (answer.get('error')) throw new ConnectError({ en: 'The square said no.', el: 'Η πλατεία είπε όχι.' })
        if ((keep as { verifier: string }).verifier !== 'pkce-canary' || !back.endsWith('/back/square')) throw new Error('Another verifier came back.')
        return { origin: 'https://square.example', session: { access: 'access-0', refresh: 'refresh-0' } }
      },
    },
    verify: async (settings) => {
      if (settings.password !== undefined && settings.password !== world.password) throw new ConnectError({ en: 'The password does not fit this account. Make an app password on the square.', el: 'Ο κωδικός δεν ταιριάζει. Φτιάξτε κωδικό εφαρμογής στην πλατεία.' }, 'password')
      return { id: `id of ${world.handle}`, handle: world.handle, name: 'Φούρνος της Ελένης', settings: { ...settings, note: '' } }
    },
    limits: () => ({ text: { max: 100, unit: 'grapheme' } }),
    listen: {
      hears: ['replies'],
      open: async function* open(_account, cursor) {
        world.pulls++
        for (let at = cursor ?? 0; at < world.said.length; at += world.batch) {
          yield { items: world.said.slice(at, at + world.batch), cursor: Math.min(at + world.batch, world.said.length) }
          if (world.fail) { const failure = world.fail; world.fail = undefined; throw failure }
        }
        if (world.fail) { const failure = world.fail; world.fail = undefined; throw failure }
      },
    },
  })
  return Object.assign(world, { channel: channel as unknown as Channel })
}

/** Exchanges as a channel does it: undefined when somebody else was quicker. */
export const exchanging = (fetch: typeof globalThis.fetch, had: string) => async (current: Settings): Promise<Settings | undefined> => {
  if (current.session?.access !== had) return undefined
  const answer = await fetch('https://square.example/token', { method: 'POST', body: new URLSearchParams({ refresh_token: current.session.refresh }) }).catch((error: unknown) => { throw new ChannelError({ kind: 'unknown' }, error) })
  if (answer.status === 400) throw new ChannelError({ kind: 'expired' })
  return { ...current, session: await answer.json() as { access: string; refresh: string } }
}
