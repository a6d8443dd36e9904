import css from './drag.module.css'
import { quarterAt, type Target } from './moves.ts'

export interface DragHost {
  /** How many move with this one; 0 when it may not be moved. */
  lift(id: string): number
  drop(id: string, target: Target): void
  /** The pointer rests on a button that leads to the time before or after. */
  turn(by: 1 | -1): void
  says(id: string, target: Target): string
  /** Held by a finger and let go again where it was. */
  held(id: string): void
}
interface Spot { readonly element: HTMLElement; readonly rect: DOMRect }
type Under = { readonly target: Target; readonly box: Readonly<Record<'x' | 'y' | 'width' | 'height', number>> } | { readonly turn: 1 | -1 } | undefined

const startPx = 4
const holdMs = 280
const slackPx = 10
const turnMs = 550
const edgePx = 56

const spotsIn = (root: HTMLElement): readonly Spot[] =>
  [...root.querySelectorAll<HTMLElement>('[data-turn]'), ...root.querySelectorAll<HTMLElement>('[data-slot]'), ...root.querySelectorAll<HTMLElement>('[data-drop]')].map((element) => ({ element, rect: element.getBoundingClientRect() }))

/** What lies under the pointer. A slot has its own time, an hour its quarters, a day keeps the hour of what is dropped. */
function underAt(spots: readonly Spot[], x: number, y: number): Under {
  const spot = spots.find(({ rect }) => x >= rect.left && x < rect.right && y >= rect.top && y < rect.bottom)
  if (!spot) return undefined
  const { turn, slot, drop = '' } = spot.element.dataset
  const { left, top, width, height } = spot.rect
  const lane = spot.element.closest<HTMLElement>('[data-lane]')?.dataset['lane']
  const into = lane === undefined ? {} : { lane }
  const box = { x: left, y: top, width, height }
  if (turn) return { turn: turn === '1' ? 1 : -1 }
  if (slot) return { target: { kind: 'time', wall: slot, ...into }, box }
  if (drop === 'shelf') return { target: { kind: 'shelf' }, box }
  if (!drop.includes('T')) return { target: { kind: 'day', day: drop, ...into }, box }
  const wall = quarterAt(drop, (y - top) / height)
  return { target: { kind: 'time', wall, ...into }, box: { ...box, y: top + (height * Number(wall.slice(14)) / 60), height: height / 4 } }
}

/** What is seen while something is held: its picture under the pointer and a frame where it would land. Nothing else is drawn. */
function picture(element: HTMLElement, count: number) {
  const from = element.getBoundingClientRect()
  const flying = element.cloneNode(true) as HTMLElement
  flying.removeAttribute('data-item')
  flying.className = `${element.className} ${css.flying}`
  flying.style.width = `${from.width}px`
  if (count > 1) flying.append(Object.assign(document.createElement('b'), { className: css.count, textContent: String(count) }))
  const frame = Object.assign(document.createElement('div'), { className: css.frame, hidden: true })
  const label = Object.assign(document.createElement('div'), { className: css.label, hidden: true })
  for (const one of [flying, frame, label]) one.setAttribute('aria-hidden', 'true')
  document.body.append(frame, flying, label)
  let shown = ''
  return {
    move: (x: number, y: number, grip: readonly [number, number]) => {
      flying.style.transform = `translate3d(${x - grip[0]}px, ${y - grip[1]}px, 0)`
      label.style.transform = `translate3d(${Math.min(x + 14, innerWidth - 190)}px, ${y + 18}px, 0)`
    },
    frame: (under: Under, says: (target: Target) => string) => {
      const key = under && 'target' in under ? `${JSON.stringify(under.target)} ${under.box.x} ${under.box.y}` : ''
      if (key === shown) return
      shown = key
      frame.hidden = label.hidden = key === ''
      if (!under || !('target' in under)) return
      frame.style.transform = `translate3d(${under.box.x}px, ${under.box.y}px, 0)`
      frame.style.width = `${under.box.width}px`
      frame.style.height = `${under.box.height}px`
      label.textContent = says(under.target)
    },
    end: () => { flying.remove(); frame.remove(); label.remove() },
  }
}

const scroller = (element: HTMLElement): HTMLElement | undefined => {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) if (at.scrollHeight > at.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return undefined
}

interface Held { readonly id: string; readonly element: HTMLElement; readonly grip: readonly [number, number]; readonly count: number }

/** One drag from lift to drop: pointer moves are gathered and drawn once a frame. */
function fly(root: HTMLElement, host: DragHost, { id, element, grip, count }: Held) {
  const seen = picture(element, count)
  let spots = spotsIn(root)
  let [x, y, frame, isOld] = [0, 0, 0, false]
  let resting: { readonly turn: 1 | -1; readonly timer: ReturnType<typeof setTimeout> } | undefined
  const old = () => { isOld = true; draw() }
  const watch = new MutationObserver(old)
  watch.observe(root, { childList: true, subtree: true })
  root.addEventListener('scroll', old, true)
  window.addEventListener('scroll', old)
  const rest = (under: Under) => {
    const turn = under && 'turn' in under ? under.turn : undefined
    if (turn === resting?.turn) return
    clearTimeout(resting?.timer)
    const again = (): void => { if (turn && resting?.turn === turn) { host.turn(turn); resting = { turn, timer: setTimeout(again, turnMs * 1.6) } } }
    resting = turn ? { turn, timer: setTimeout(again, turnMs) } : undefined
  }
  const nudge = () => {
    const box = scroller(root.querySelector<HTMLElement>('[data-scroll]') ?? root)
    const rect = box?.getBoundingClientRect()
    if (!box || !rect || x < rect.left || x > rect.right) return
    const pull = y < rect.top + edgePx ? y - rect.top - edgePx : y > rect.bottom - edgePx ? y - rect.bottom + edgePx : 0
    if (pull !== 0) { box.scrollTop += pull / 4; draw() }
  }
  const render = () => {
    frame = 0
    if (isOld) { spots = spotsIn(root); isOld = false }
    const under = underAt(spots, x, y)
    seen.move(x, y, grip)
    seen.frame(under, (target) => host.says(id, target))
    rest(under)
    nudge()
  }
  function draw() { if (frame === 0) frame = requestAnimationFrame(render) }
  element.setAttribute('data-lifted', '')
  document.documentElement.setAttribute('data-holding', '')
  return {
    to: (nextX: number, nextY: number) => { [x, y] = [nextX, nextY]; draw() },
    end: (drops: boolean) => {
      cancelAnimationFrame(frame)
      watch.disconnect()
      root.removeEventListener('scroll', old, true)
      window.removeEventListener('scroll', old)
      clearTimeout(resting?.timer)
      if (isOld) spots = spotsIn(root)
      const under = underAt(spots, x, y)
      element.removeAttribute('data-lifted')
      document.documentElement.removeAttribute('data-holding')
      if (drops && under && 'target' in under) host.drop(id, under.target)
      seen.end()
    },
  }
}

/**
 * Lets the items under an element be dragged: by mouse after a few pixels, by finger once it was held a moment, so that a page still
 * scrolls. Works on `data-item`, `data-drop`, `data-slot` and `data-turn`. Returns how to stop.
 */
export function makeDraggable(root: HTMLElement, host: DragHost): () => void {
  const gone = new AbortController()
  const given = { signal: gone.signal }
  let pressed: { readonly id: string; readonly element: HTMLElement; readonly at: readonly [number, number]; readonly pointer: number; timer?: ReturnType<typeof setTimeout> } | undefined
  let flight: ReturnType<typeof fly> | undefined
  let hasMoved = false

  const lift = () => {
    if (!pressed) return
    const count = host.lift(pressed.id)
    if (count === 0) { pressed = undefined; return }
    const { left, top } = pressed.element.getBoundingClientRect()
    flight = fly(root, host, { ...pressed, count, grip: [pressed.at[0] - left, pressed.at[1] - top] })
    flight.to(...pressed.at)
  }
  const end = (drops: boolean) => {
    clearTimeout(pressed?.timer)
    const [was, held] = [flight, pressed]
    flight = pressed = undefined
    if (!was) return
    // The click that follows a drag is none.
    window.addEventListener('click', (event) => { event.preventDefault(); event.stopPropagation() }, { capture: true, once: true, signal: AbortSignal.timeout(250) })
    was.end(drops && hasMoved)
    if (drops && !hasMoved && held) host.held(held.id)
  }
  root.addEventListener('pointerdown', (event) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-item]')
    if (!element || event.button !== 0 || !event.isPrimary || event.ctrlKey || event.metaKey || event.shiftKey) return
    pressed = { id: element.dataset['item']!, element, at: [event.clientX, event.clientY], pointer: event.pointerId }
    hasMoved = false
    if (event.pointerType !== 'mouse') pressed.timer = setTimeout(lift, holdMs)
  }, given)
  window.addEventListener('pointermove', (event) => {
    if (!pressed || event.pointerId !== pressed.pointer) return
    const far = Math.hypot(event.clientX - pressed.at[0], event.clientY - pressed.at[1])
    if (far > (event.pointerType === 'mouse' ? startPx : slackPx)) hasMoved = true
    if (!flight && event.pointerType === 'mouse' && hasMoved) lift()
    else if (!flight && hasMoved) end(false)
    flight?.to(event.clientX, event.clientY)
  }, given)
  window.addEventListener('pointerup', () => end(true), given)
  window.addEventListener('pointercancel', () => end(false), given)
  window.addEventListener('keydown', (event) => { if (flight && event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); end(false) } }, { ...given, capture: true })
  // While something is held by a finger the page must not scroll under it.
  root.addEventListener('touchmove', (event) => { if (flight) event.preventDefault() }, { ...given, passive: false })
  root.addEventListener('dragstart', (event) => event.preventDefault(), given)
  root.addEventListener('contextmenu', (event) => { if (flight) event.preventDefault() }, given)
  return () => { end(false); gone.abort() }
}
