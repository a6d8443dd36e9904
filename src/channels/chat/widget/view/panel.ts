import type { Lang } from '#kit/lang.ts'
import type { Keep } from '../keep.ts'
import type { Greeting, Hello, Line } from '../protocol.ts'
import type { Session } from '../session.ts'
import type { Words } from '../words/words.ts'
import { emailAside, rateAside } from './asides.ts'
import { composerOf } from './composer.ts'
import { make, say, set, icon, icons } from './dom.ts'
import { headerOf } from './header.ts'
import { logOf } from './log.ts'

interface Given { readonly words: Words; readonly lang: Lang; readonly session: Session; readonly keep: Keep; close(): void }

/** The opened chat: a dialog beside the page, or over it on a phone. */
export function panelOf({ words, lang, session, keep, close }: Given) {
  const spoken = make('div', { class: 'sr', 'aria-live': 'polite' })
  const announce = (text: string): void => { spoken.replaceChildren(make('p', {}, [text])) }
  const header = headerOf(words, close)
  const log = logOf({ words, lang, again: session.again, drop: session.drop })
  const banner = make('p', { class: 'banner', role: 'status' })
  const intro = make('div', { class: 'intro' })
  const typing = make('p', { class: 'typing' })
  const earlier = make('button', { type: 'button', class: 'plain', hidden: true, onclick: () => { log.earlier(); show() } }, ['…'])
  const email = emailAside({ words, session, announce })
  const rate = rateAside({ words, session, announce })
  const scroll = scrolling(words, [intro, earlier, log.list, typing, rate.node, email.node])
  const composer = composerOf({ words, session, keep, announce, sent: () => requestAnimationFrame(scroll.toEnd) })
  const drop = make('div', { class: 'drop', hidden: true }, [words.dropHere])
  const node = make('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', lang, tabindex: -1, hidden: true }, [header.node, banner, scroll.node, scroll.down, composer.form, drop, spoken])
  let [hello, greeted]: [Hello | undefined, Greeting | undefined] = [undefined, undefined]
  let [heard, lost] = [-1, false]

  const show = (): void => {
    if (node.hidden) return
    const now = session.now()
    const stay = scroll.atEnd()
    const offline = session.line() === 'lost'
    log.show(now, offline)
    say(banner, offline ? words.offline : lost ? words.cannotOpen : '')
    say(typing, now.typing ? words.typing(now.typing.name) : '')
    earlier.hidden = log.hidden(now) === 0
    rate.show(now)
    email.show(now, hello?.email === true)
    const fresh = now.lines.filter((line) => line.seq > heard)
    // What was there when it opened is read by whoever reads; only what comes now is read out.
    if (heard >= 0) for (const line of fresh) if (line.from === 'team') announce(spokenOf(line, words))
    if (stay) scroll.toEnd()
    else if (heard >= 0 && fresh.length > 0) scroll.down.hidden = false
    heard = Math.max(heard, now.lines.at(-1)?.seq ?? 0)
    if (document.visibilityState === 'visible') session.seen()
  }
  dropping(node, drop, composer.add)
  phone(node, close, () => header.closing)
  return {
    node, composer, hello: (given: Hello, greeting?: Greeting) => {
      [hello, lost, greeted] = [given, false, greeting ?? greeted]
      header.show(given)
      composer.allow(given)
      intro.replaceChildren(...introOf(given, greeted))
      show()
    },
    unreachable: () => { lost = true; show() },
    show,
    open: () => {
      node.hidden = false
      set(node, { 'aria-modal': isPhone() ? 'true' : null })
      show()
      scroll.toEnd()
      composer.fit()
      // On a phone the keyboard would cover what there is to read.
      if (matchMedia('(pointer: coarse)').matches) node.focus()
      else composer.field.focus()
    },
    close: () => { node.hidden = true },
  }
}

/** The part that scrolls: it stays at the newest line for whoever is there, and leaves alone who reads further up. */
function scrolling(words: Words, parts: readonly HTMLElement[]) {
  const atEnd = (): boolean => node.scrollHeight - node.scrollTop - node.clientHeight < 60
  const toEnd = (): void => { node.scrollTop = node.scrollHeight }
  const down = make('button', { type: 'button', class: 'down', hidden: true, onclick: toEnd }, [icon(icons.down), words.newBelow])
  const node = make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': words.log, onscroll: () => { if (atEnd()) down.hidden = true } }, parts)
  return { node, down, atEnd, toEnd }
}

const spokenOf = (line: Line, words: Words): string => words.says(line.author?.name ?? words.team, line.text || words.sentFiles(line.files.length))

function introOf(hello: Hello, greeting: Greeting | undefined): HTMLElement[] {
  const text = greeting?.text ?? hello.texts.welcome
  return [...(text ? [make('p', { class: 'bubble' }, [text])] : []), ...(hello.open ? [] : [make('p', { class: 'away' }, [icon(icons.clock), make('span', {}, [hello.texts.away])])])]
}

const isPhone = (): boolean => matchMedia('(max-width: 480px)').matches

function dropping(node: HTMLElement, over: HTMLElement, add: (files: readonly File[]) => void): void {
  const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
  node.addEventListener('dragover', (event) => { if (carries(event)) { event.preventDefault(); over.hidden = false } })
  node.addEventListener('dragleave', (event) => { if (!node.contains(event.relatedTarget as Node | null)) over.hidden = true })
  node.addEventListener('drop', (event) => { if (!carries(event)) return; event.preventDefault(); over.hidden = true; add([...event.dataTransfer?.files ?? []]) })
}

/** Esc closes; over the whole of a phone Tab stays inside, and the sheet keeps clear of the keyboard. */
function phone(node: HTMLElement, close: () => void, first: () => HTMLElement): void {
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { event.stopPropagation(); close() }
    if (event.key !== 'Tab' || !isPhone()) return
    const stops = [...node.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [tabindex="0"]')].filter((one) => one.tabIndex >= 0 && one.offsetParent !== null)
    const [start, end] = [stops[0] ?? first(), stops.at(-1) ?? first()]
    const at = (node.getRootNode() as ShadowRoot).activeElement
    if (event.shiftKey && (at === start || at === node)) { event.preventDefault(); end.focus() }
    if (!event.shiftKey && at === end) { event.preventDefault(); start.focus() }
  })
  const view = globalThis.visualViewport
  const fit = (): void => {
    const sheet = isPhone() && view
    node.style.height = sheet ? `${view.height}px` : ''
    node.style.top = sheet ? `${view.offsetTop}px` : ''
  }
  view?.addEventListener('resize', fit)
  view?.addEventListener('scroll', fit)
  fit()
}
