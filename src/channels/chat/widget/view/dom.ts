type Given = Readonly<Record<string, string | boolean | number | ((event: never) => void) | null | undefined>>

/** An element with its attributes, listeners (`onclick`) and what stands in it. Nothing here ever reads HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, given: Given = {}, inside: readonly (Node | string | null | undefined)[] = []): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  set(node, given)
  for (const part of inside) if (part !== null && part !== undefined) node.append(part)
  return node
}

export function set(node: Element, given: Given): void {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value as EventListener)
    else if (value === false || value === null || value === undefined) node.removeAttribute(name)
    else node.setAttribute(name, value === true ? '' : String(value))
  }
}

/** A line drawing of 24 by 24. */
export function icon(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const [drawing, line] = [document.createElementNS(space, 'svg'), document.createElementNS(space, 'path')]
  set(drawing, { viewBox: '0 0 24 24', 'aria-hidden': 'true' })
  set(line, { d: path })
  drawing.append(line)
  return drawing
}

export const icons = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M5 12l7-7 7 7',
  attach: 'M15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13',
  file: 'M14 3v4a1 1 0 0 0 1 1h4M17 21H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7l5 5v11a2 2 0 0 1-2 2z',
  clock: 'M12 7v5l3 3M3 12a9 9 0 1 0 18 0 9 9 0 0 0-18 0',
  down: 'M12 5v14M5 12l7 7 7-7',
}

/** Changes the words of a node only when they are others, so that nothing is read out twice. */
export function say(node: Element, text: string): void { if (node.textContent !== text) node.textContent = text }

const initials = (name: string): string => name.split(/\s+/).slice(0, 2).map((word) => word.charAt(0)).join('')
/** Somebody's picture, or the first letters of the name where there is none or the page's own rules keep it away. */
export function face(name: string, picture: string | null): HTMLElement {
  const letters = make('span', { class: 'face', 'aria-hidden': 'true' }, [initials(name)])
  if (!picture) return letters
  const shown = make('img', { class: 'face', src: picture, alt: '', width: 32, height: 32, decoding: 'async' })
  shown.addEventListener('error', () => shown.replaceWith(letters))
  return shown
}
