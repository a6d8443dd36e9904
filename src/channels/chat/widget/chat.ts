import { isLang, type Lang } from '#kit/lang.ts'
import css from './chat.css?inline'
import { unseen } from './conversation.ts'
import { keepOf } from './keep.ts'
import type { Duty, Hello } from './protocol.ts'
import { serverAt } from './server.ts'
import { sessionOf, type Session } from './session.ts'
import { greetingOf } from './view/greeting.ts'
import { panelOf } from './view/panel.ts'
import { wordsIn, type Words } from './words/words.ts'

/** What the loader hands over; its button stays and opens and closes. */
export interface Loaded {
  readonly root: ShadowRoot; readonly button: HTMLButtonElement; readonly badge: HTMLElement
  readonly key: string; readonly base: string; readonly lang: string; readonly storage: Storage | undefined
  identity(): Promise<string | null>
}
export interface Chat { toggle(): void; greet(): void }

const stale = 60_000

/** Begins the chat behind a drawn button; nothing is shown until it is asked for. */
export async function startChat(given: Loaded): Promise<Chat> {
  const { root, button, key, base } = given
  const place = { base, key, lang: isLang(given.lang) ? given.lang : undefined }
  const server = serverAt(place)
  const keep = keepOf(given.storage, key)
  const session = sessionOf({ key, server, keep, identity: () => given.identity().catch(() => null), duty: (duty) => knowing.duty(duty) })
  const first = await server.hello().catch(() => undefined)
  const lang: Lang = first?.lang ?? place.lang ?? 'en'
  place.lang = lang
  const words = wordsIn(lang)
  wear(root)
  await breath()
  const panel = panelOf({ words, lang, session, keep, close: () => toggle() })
  root.insertBefore(panel.node, button)
  const knowing = known(first, { ask: server.hello, tell: panel.hello, fail: panel.unreachable })
  let bubble: HTMLElement | undefined
  let begun = false
  const begin = (): void => { if (!begun) { begun = true; void session.begin() } }
  const toggle = (): void => {
    bubble?.remove()
    const opens = panel.node.hidden
    button.setAttribute('aria-expanded', String(opens))
    if (!opens) { panel.close(); button.focus(); return }
    begin()
    knowing.ask()
    panel.open()
    count(given, words, 0)
  }
  session.changed(showing({ given, session, panel, words, ask: knowing.ask }))
  document.addEventListener('visibilitychange', panel.show)
  if (keep.token()) begin()
  await breath()
  return {
    toggle,
    greet: () => {
      const hello = knowing.hello()
      if (!hello?.greeting || keep.greeted() || keep.token() || !panel.node.hidden) return
      keep.keepGreeted()
      panel.hello(hello, hello.greeting)
      bubble = greetingOf({ words, lang, hello, greeting: hello.greeting, answer: toggle, dismiss: () => { bubble?.remove(); button.focus() } })
      root.insertBefore(bubble, button)
    },
  }
}

/** Lets the page go first: drawing and showing are tasks of their own, so that no one of them is long. */
const breath = (): Promise<void> => new Promise((done) => { setTimeout(done) })

function wear(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}

interface Asking { ask(): Promise<Hello>; tell(hello: Hello): void; fail(): void }
/** Who is here, not older than a minute while somebody looks. */
function known(first: Hello | undefined, { ask, tell, fail }: Asking) {
  let hello = first
  let askedAt = first ? Date.now() : 0
  if (first) tell(first)
  return {
    hello: () => hello,
    duty: (duty: Duty) => { if (hello) tell(hello = { ...hello, ...duty }) },
    ask: () => {
      if (Date.now() - askedAt < (hello ? stale : 3000)) return
      askedAt = Date.now()
      void ask().then((given) => { hello = given; tell(given) }, () => { if (!hello) fail() })
    },
  }
}

function count({ badge, button }: Loaded, words: Words, unread: number): void {
  badge.hidden = unread === 0
  badge.textContent = unread > 9 ? '9+' : String(unread)
  button.setAttribute('aria-description', unread > 0 ? words.unseen(unread) : '')
}

interface Shown { readonly given: Loaded; readonly session: Session; readonly panel: ReturnType<typeof panelOf>; readonly words: Words; ask(): void }
/** What changes on the screen when something happened. */
function showing({ given, session, panel, words, ask }: Shown): () => void {
  let fading: ReturnType<typeof setTimeout> | undefined
  return () => {
    panel.show()
    const { typing } = session.now()
    clearTimeout(fading)
    if (typing) fading = setTimeout(session.fade, typing.until - Date.now() + 50)
    // Somebody may have come or gone since it was opened.
    if (!panel.node.hidden) ask()
    count(given, words, panel.node.hidden ? unseen(session.now()) : 0)
  }
}
