import { setTimeout as pause } from 'node:timers/promises'

/** Somebody with a browser at the forum, signed in, who sends forms as the pages give them. */
export interface Visitor {
  get(path: string): Promise<{ readonly html: string }>
  /** Opens a topic in the first category; its path. */
  ask(title: string, text: string): Promise<string>
  /** Answers; the path of the answer. */
  say(topic: string, text: string): Promise<string>
  withdraw(post: string): Promise<void>
}

// Whoever sends sooner than two seconds after opening a form is a machine.
const unhurried = 2_300

export async function visitorOf(origin: string, name: string): Promise<Visitor> {
  let cookie = ''
  const call = async (path: string, form?: Readonly<Record<string, string>>) => {
    const response = await fetch(`${origin}${path}`, { redirect: 'manual', headers: cookie ? { cookie } : {}, ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}) })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return { status: response.status, html: await response.text(), location: response.headers.get('location') ?? '' }
  }
  const sent = async (path: string, form: Readonly<Record<string, string>>) => {
    const answer = await call(path, form)
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.html.replace(/<style>[^]*?<\/style>/, '').slice(0, 3_000)}`)
    return answer.location
  }
  const formOn = async (path: string) => {
    const { html } = await call(path)
    await pause(unhurried)
    return { form: /name="form" value="([^"]+)"/.exec(html)?.[1] ?? '', category: /<option value="([^"]+)"/.exec(html)?.[1] ?? '' }
  }
  await sent('/forum/sign-in', { do: 'join', name, passphrase: 'ψωμί-ελιές-λάδι', to: '/forum' })
  return {
    get: (path) => call(path),
    ask: async (title, text) => sent('/forum/new', { ...await formOn('/forum/new'), title, text, do: 'send' }),
    say: async (topic, text) => sent(`${topic}/answer`, { form: (await formOn(topic)).form, text, do: 'send' }),
    withdraw: async (post) => { await sent(`${post}/act`, { do: 'withdraw' }) },
  }
}
