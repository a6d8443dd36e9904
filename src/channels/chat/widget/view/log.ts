import { lastRead, type Conversation, type Unsent } from '../conversation.ts'
import type { Lang } from '#kit/lang.ts'
import { markupOf, type Markup } from '../markup.ts'
import type { ChatFile, Line } from '../protocol.ts'
import type { Words } from '../words/words.ts'
import { face, icon, icons, make, set } from './dom.ts'

interface Told { readonly words: Words; readonly lang: Lang; again(clientId: string): void; drop(clientId: string): void }
interface Row { readonly node: HTMLElement; readonly state: HTMLElement; readonly at: string }
const page = 120

/** The messages on the screen: what is there stays where it is, so that nothing jumps and nothing is read out twice. */
export function logOf({ words, lang, again, drop }: Told) {
  const rows = new Map<string, Row>()
  const days = new Map<string, HTMLElement>()
  const list = make('ol', { class: 'lines', 'aria-label': words.log })
  const locale = lang === 'en' ? 'en-GB' : lang
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const calendar = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  let room = page

  const dayOf = (at: string): HTMLElement => {
    const date = new Date(at).toDateString()
    const found = days.get(date) ?? make('li', { class: 'day' }, [date === new Date().toDateString() ? words.today : calendar.format(new Date(at))])
    days.set(date, found)
    return found
  }
  const stateOf = (row: Row, one: Unsent, offline: boolean): void => {
    set(row.node, { 'data-state': one.refused === null ? 'waiting' : 'refused' })
    const says = one.refused === null ? (offline ? words.waiting : words.sending) : `${words.notSent}. ${one.refused}`
    if (row.state.firstChild?.textContent === says) return
    row.state.replaceChildren(says, ...(one.refused === null ? [] : [button(words.again, () => again(one.clientId)), button(words.drop, () => drop(one.clientId))]))
  }
  return {
    list,
    earlier: () => { room += page },
    /** How many lines stand before the first one shown. */
    hidden: (now: Conversation): number => Math.max(0, now.lines.length - room),
    show: (now: Conversation, offline: boolean) => {
      const read = lastRead(now)
      const mine = now.lines.findLast((line) => line.from === 'visitor')?.seq
      const wanted: HTMLElement[] = []
      let before: Line | Unsent | undefined
      const place = (one: Line | Unsent): Row => {
        const key = one.clientId ?? (one as Line).id
        const row = rows.get(key) ?? rowOf(one, words, clock)
        rows.set(key, row)
        if (!before || new Date(before.at).toDateString() !== new Date(one.at).toDateString()) wanted.push(dayOf(one.at))
        set(row.node, { 'data-follows': follows(before, one) })
        wanted.push(row.node)
        before = one
        return row
      }
      for (const line of now.lines.slice(-room)) {
        const row = place(line)
        if (line.from === 'team') continue
        set(row.node, { 'data-state': null })
        const says = line.seq === read ? words.seen : line.seq === mine ? words.sent : ''
        if (row.state.textContent !== says) row.state.replaceChildren(says)
      }
      for (const one of now.unsent) stateOf(place(one), one, offline)
      settle(list, wanted)
    },
  }
}

function rowOf(one: Line | Unsent, words: Words, clock: Intl.DateTimeFormat): Row {
  const mine = !('from' in one) || one.from === 'visitor'
  const author = 'author' in one ? one.author : null
  const state = make('span', { class: 'state' })
  const inside = 'html' in one && one.html ? markupOf(one.html).filter((part) => typeof part !== 'string' || part.trim()).map(nodeOf) : [one.text]
  const who = author?.name ?? words.team
  return { at: one.at, state, node: make('li', { class: mine ? 'mine' : 'theirs' }, [
    mine ? make('span', { class: 'sr' }, [words.you]) : make('p', { class: 'who' }, [face(who, author?.picture ?? null), who]),
    one.text ? make('div', { class: 'bubble', lang: 'lang' in one ? one.lang : null }, inside) : null,
    ...one.files.map((file) => fileNode(file, words)),
    make('p', { class: 'meta' }, [make('time', { datetime: one.at }, [clock.format(new Date(one.at))]), state]),
  ]) }
}

const speaker = (one: Line | Unsent): string => ('author' in one && one.from === 'team' ? `${one.author?.name}` : '')
const follows = (before: Line | Unsent | undefined, one: Line | Unsent): boolean =>
  before !== undefined && speaker(before) === speaker(one) && ('from' in before ? before.from : 'visitor') === ('from' in one ? one.from : 'visitor') && Date.parse(one.at) - Date.parse(before.at) < 300_000

const button = (label: string, act: () => void): HTMLElement => make('button', { type: 'button', class: 'plain', onclick: act }, [label])

/** Brings a list to its wanted children with as few moves as it can. */
function settle(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted)
  for (const node of list.children.length ? [...list.children] : []) if (!keep.has(node)) node.remove()
  wanted.forEach((node, place) => { if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null) })
}

const nodeOf = (part: Markup): Node => {
  if (typeof part === 'string') return document.createTextNode(part)
  return make(part.tag as 'p', part.href ? { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow' } : {}, part.inside.map(nodeOf))
}

function fileNode(file: ChatFile, words: Words): HTMLElement {
  const link = make('a', { class: 'file', href: file.url, target: '_blank', rel: 'noopener', download: file.name }, [icon(icons.file), make('span', {}, [words.file(file.name, words.bytes(file.bytes))])])
  if (!file.type.startsWith('image/')) return link
  const picture = make('img', { src: file.url, alt: words.picture(file.name), width: file.width, height: file.height, loading: 'lazy', decoding: 'async' })
  const shown = make('a', { class: 'picture', href: file.url, target: '_blank', rel: 'noopener' }, [picture])
  picture.addEventListener('error', () => shown.replaceWith(link))
  return shown
}

