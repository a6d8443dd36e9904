import { isLang, type Lang } from '#kit/lang.ts'
import css from './chat.css?inline'
import { unseen } from './conversation.ts'
import { keepOf } from './keep.ts'
import type { Hello } from './protocol.ts'
import { serverAt } from './server.ts'
import { sessionOf } from './session.ts'
import { greetingOf } from './view/greeting.ts'
import { panelOf } from './view/panel.ts'
import { wordsIn } from './words/words.ts'

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
  const { root, button, badge, key, base } = given
  const place = { base, key, lang: isLang(given.lang) ? given.lang : undefined }
  const server = serverAt(place)
  const keep = keepOf(given.storage, key)
  const session = sessionOf({ key, server, keep, identity: () => given.identity().catch(() => null) })
  const first = await server.hello().catch(() => undefined)
  const lang: Lang = first?.lang ?? place.lang ?? 'en'
  place.lang = lang
  const words = wordsIn(lang)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  const panel = panelOf({ words, lang, session, keep, close: () => toggle() })
  root.insertBefore(panel.node, button)
  let bubble: HTMLElement | undefined
  let told = first
  let askedAt = Date.now()
  let begun = false
  let fading: ReturnType<typeof setTimeout> | undefined

  const know = (hello: Hello): void => { told = hello; askedAt = Date.now(); panel.hello(hello) }
  const ask = (): void => { if (!told || Date.now() - askedAt > stale) void server.hello().then(know, () => { if (!told) panel.unreachable() }) }
  const begin = (): void => { if (!begun) { begun = true; void session.begin() } }
  const toggle = (): void => {
    bubble?.remove()
    const opens = panel.node.hidden
    button.setAttribute('aria-expanded', String(opens))
    if (!opens) { panel.close(); button.focus(); return }
    begin()
    ask()
    panel.open()
  }
  session.changed(() => {
    panel.show()
    const typing = session.now().typing
    clearTimeout(fading)
    if (typing) fading = setTimeout(session.fade, typing.until - Date.now() + 50)
    const count = panel.node.hidden ? unseen(session.now()) : 0
    badge.hidden = count === 0
    badge.textContent = count > 9 ? '9+' : String(count)
    button.setAttribute('aria-description', count > 0 ? words.unseen(count) : '')
  })
  document.addEventListener('visibilitychange', panel.show)
  if (first) panel.hello(first)
  if (keep.token()) begin()
  return {
    toggle,
    greet: () => {
      if (!told?.greeting || keep.greeted() || keep.token() || !panel.node.hidden) return
      keep.keepGreeted()
      panel.hello(told, told.greeting)
      bubble = greetingOf({ words, lang, hello: told, greeting: told.greeting, answer: toggle, dismiss: () => { bubble?.remove(); button.focus() } })
      root.insertBefore(bubble, button)
    },
  }
}
