import type { Chat, Loaded, startChat } from './chat.ts'
import css from './button.css?inline'

// Runs on other people's pages: it draws one button and loads the rest only when somebody wants it.
declare const CHAT_FILE: string
declare global { interface Window { stoaChat?: { identity?: () => Promise<string> } } }

const says = {
  en: { open: 'Open the chat', failed: 'The chat did not load. Try again' },
  el: { open: 'Άνοιγμα συνομιλίας', failed: 'Η συνομιλία δεν φόρτωσε. Δοκιμάστε ξανά' },
}

function load(script: HTMLScriptElement, key: string): void {
  const lang = (script.dataset['lang'] ?? document.documentElement.lang).slice(0, 2).toLowerCase()
  const words = says[(lang || navigator.language).startsWith('el') ? 'el' : 'en']
  const base = new URL('.', script.src).href
  const at = `stoa.chat.${key}`
  const storage = ((): Storage | undefined => { try { return localStorage } catch { return undefined } })()
  const has = (name: string): boolean => { try { return storage?.getItem(at + name) != null } catch { return false } }

  const host = document.createElement('stoa-chat')
  const root = host.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  const button = document.createElement('button')
  const badge = document.createElement('span')
  badge.hidden = true
  badge.ariaHidden = 'true'
  button.type = 'button'
  button.className = 'start'
  button.lang = words === says.el ? 'el' : 'en'
  button.ariaLabel = words.open
  button.ariaHasPopup = 'dialog'
  button.ariaExpanded = 'false'
  button.append(drawing(), badge)
  root.append(button)
  document.body.append(host)

  let loading: Promise<Chat> | undefined
  const given: Loaded = { root, button, badge, key, base, lang, storage, identity: async () => await window.stoaChat?.identity?.() ?? script.dataset['identity'] ?? null }
  const chat = (): Promise<Chat> => (loading ??= (import(/* @vite-ignore */ `${base}widget/${CHAT_FILE}`) as Promise<{ startChat: typeof startChat }>).then((rest) => rest.startChat(given)))
  const open = (): void => {
    button.ariaBusy = 'true'
    chat().then((one) => { button.ariaLabel = words.open; one.toggle() }, () => { loading = undefined; button.ariaLabel = words.failed; button.title = words.failed }).finally(() => { button.ariaBusy = null })
  }
  button.addEventListener('click', open)

  // Only after the page is done with its own: somebody who chatted before hears of answers, somebody new may be greeted.
  const rest = async (): Promise<void> => {
    if (has('')) return void await chat()
    if (has('.greeted')) return
    const answer = await fetch(`${base}${key}/hello?${new URLSearchParams({ page: location.href, ...(lang in says ? { lang } : {}) })}`, { credentials: 'omit' })
    const { greeting } = await answer.json() as { greeting?: { afterSeconds: number } | null }
    if (greeting) setTimeout(() => void chat().then((one) => one.greet(), () => undefined), greeting.afterSeconds * 1000)
  }
  const idle = (): void => { (globalThis.requestIdleCallback ?? setTimeout)(() => void rest().catch(() => undefined)) }
  if (document.readyState === 'complete') idle()
  else addEventListener('load', idle)
}

function drawing(): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const [svg, path] = [document.createElementNS(space, 'svg'), document.createElementNS(space, 'path')]
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.ariaHidden = 'true'
  path.setAttribute('d', 'M8 9h8M8 13h5M18 4a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-5l-5 3v-3H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z')
  svg.append(path)
  return svg
}

const script = document.currentScript
if (script instanceof HTMLScriptElement && script.dataset['chat'] && !document.querySelector('stoa-chat')) {
  const key = script.dataset['chat']
  if (document.body) load(script, key)
  else addEventListener('DOMContentLoaded', () => load(script, key))
}
