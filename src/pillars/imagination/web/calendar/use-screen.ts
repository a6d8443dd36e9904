import { useState, useSyncExternalStore } from 'react'

const narrow = typeof matchMedia === 'undefined' ? undefined : matchMedia('(max-width: 760px)')
const listen = (listener: () => void): (() => void) => { narrow?.addEventListener('change', listener); return () => narrow?.removeEventListener('change', listener) }
/** A phone, or a window as narrow as one: there the calendar is an agenda. */
export const useIsNarrow = (): boolean => useSyncExternalStore(listen, () => narrow?.matches ?? false)

const kept = 'stoa.calendar.shelf'
/** Whether the shelf stands beside the calendar, as this browser last left it. */
export function useShelfOpen(): readonly [boolean, (open: boolean) => void] {
  const [isOpen, setOpen] = useState(() => localStorage.getItem(kept) !== 'closed')
  return [isOpen, (open) => { localStorage.setItem(kept, open ? 'open' : 'closed'); setOpen(open) }]
}
