import { useEffect, useRef, useSyncExternalStore } from 'react'

/** One key of the keyboard: 'j', 'Enter', '?', 'shift+m', 'mod+k' (Ctrl or ⌘), or a sequence such as 'g i'. */
export interface Key { readonly keys: string; readonly says: string; run(event: KeyboardEvent): void }
interface Layer { readonly level: 'everywhere' | 'here'; keys: readonly Key[] }

let layers: readonly Layer[] = []
const listeners = new Set<() => void>()
const changed = () => { for (const listener of listeners) listener() }

let pending = ''
let pendingSince = 0
const sequenceMs = 1200

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
// Enter and Space on a control belong to the control.
const isOwn = (event: KeyboardEvent): boolean =>
  (event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLElement && event.target.closest('a, button, summary, [role=option], [role=menuitem]') !== null

// Greek keyboards send Greek letters; the key's place on the keyboard is what was meant.
function nameOf(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase()
  const name = letter && !/^[a-z]$/i.test(event.key) ? letter : event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `mod+${name}` : name
}

function onKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return
  const name = nameOf(event)
  const withMod = name.startsWith('mod+')
  if (!withMod && (isTyping(event.target) || isOwn(event) || document.querySelector('[aria-modal=true]'))) return
  const sequence = pending && event.timeStamp - pendingSince < sequenceMs ? `${pending} ${name}` : name
  pending = ''
  const all = layers.toReversed().flatMap((layer) => layer.keys)
  const hit = (event.shiftKey ? all.find((key) => key.keys === `shift+${name}`) : undefined) ?? all.find((key) => key.keys === sequence) ?? all.find((key) => key.keys === name)
  if (hit) {
    event.preventDefault()
    hit.run(event)
  } else if (all.some((key) => key.keys.startsWith(`${name} `))) {
    pending = name
    pendingSince = event.timeStamp
  }
}

/** Puts keys in force while the component is mounted; the newest layer wins. The help (`?`) lists what is in force. */
export function useKeys(keys: readonly Key[], level: 'everywhere' | 'here' = 'here') {
  const latest = useRef(keys)
  useEffect(() => { latest.current = keys })
  const names = keys.map((key) => `${key.keys}\n${key.says}`).join('\n\n')
  useEffect(() => {
    const layer: Layer = { level, keys: latest.current.map((key) => ({ ...key, run: (event) => latest.current.find((one) => one.keys === key.keys)?.run(event) })) }
    if (layers.length === 0) document.addEventListener('keydown', onKey)
    layers = [...layers, layer]
    changed()
    return () => {
      layers = layers.filter((one) => one !== layer)
      if (layers.length === 0) document.removeEventListener('keydown', onKey)
      changed()
    }
  }, [names, level])
}

/** What is in force now, for the help. */
export const useLayers = (): readonly Layer[] =>
  useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => layers)

export const modKey = (): string => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl')
