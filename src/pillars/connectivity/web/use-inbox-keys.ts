import { useQueryClient } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useKeys } from '#ui/keys.ts'
import { useLang } from '#ui/lang.tsx'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { change, markUnread, type Row } from './calls.ts'
import { laters } from './later.ts'
import type { Place } from './place.ts'
import { rulesWords } from './rules-words.ts'
import type { ThreadHandle } from './thread.tsx'
import type { Acts, Subject } from './use-acts.ts'
import { words } from './words/words.ts'

const above = '[role=dialog], [role=menu], [role=listbox]'
// Escape closes what is open above the conversation first.
const isInMenu = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.closest(above) !== null || document.querySelector(above) !== null)

const subjectOf = (row: Row): Subject => ({ id: row.id, name: row.contact.name, state: row.state, assigneeId: row.assignee?.id ?? null, snoozedUntil: row.snoozedUntil })
export const isWide = (): boolean => matchMedia('(min-width: 761px)').matches

interface Keyed {
  readonly rows: readonly Row[]; readonly current: string | undefined; readonly place: Place; readonly acts: Acts
  readonly pane: RefObject<ThreadHandle | null>; readonly search: RefObject<HTMLInputElement | null>
  readonly open: (id: string | undefined) => void; readonly stand: (id: string) => void; readonly choose: (id: string) => void
}

/** Everything in the inbox by the keyboard; `?` shows what is in force. */
export function useInboxKeys({ rows, current, place, acts, pane, search, open, stand, choose }: Keyed): void {
  const t = useWords(words)
  const tr = useWords(rulesWords)
  const { me, may } = useSession()
  const { zone } = useLang()
  const at = rows.findIndex((row) => row.id === current)
  const here = rows[at]
  const queries = useQueryClient()
  const again = async () => { await queries.invalidateQueries({ queryKey: ['inbox'] }); await queries.invalidateQueries({ queryKey: ['conversations'] }) }
  const trying = async (work: Promise<unknown>) => { try { await work; await again() } catch (error) { wrong(error, t('act.failed')) } }
  const unread = (id: string) => trying(markUnread(id))
  // One key goes round: as it comes, soon, at once.
  const raise = (row: Row) => trying(change(row.id, { priority: row.priority === 'urgent' ? 'normal' : row.priority === 'high' ? 'urgent' : 'high' }))
  const move = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + by))]
    if (!next) return
    if (place.c && isWide()) open(next.id)
    else stand(next.id)
  }
  const within = (what: keyof ThreadHandle) => {
    if (place.c) pane.current?.[what]()
    else if (here) { open(here.id); setTimeout(() => pane.current?.[what](), 350) }
  }
  const reading = [
    { keys: 'j', says: t('keys.next'), run: () => move(1) },
    { keys: 'k', says: t('keys.previous'), run: () => move(-1) },
    { keys: 'Enter', says: t('keys.open'), run: () => { if (here) open(here.id) } },
    { keys: 'o', says: t('keys.open'), run: () => { if (here) open(here.id) } },
    { keys: 'u', says: t('keys.unread'), run: () => { if (here) void unread(here.id) } },
    { keys: '/', says: t('keys.search'), run: () => { search.current?.focus(); search.current?.select() } },
    { keys: 'Escape', says: t('keys.close'), run: (event: KeyboardEvent) => { if (!isInMenu(event.target)) open(undefined) } },
  ]
  useKeys(!may('answer') ? reading : [
    ...reading,
    { keys: 'e', says: t('keys.done'), run: () => { if (here) acts.finish(subjectOf(here)) } },
    { keys: 'a', says: t('keys.assign'), run: () => { if (here) acts.give(subjectOf(here), { id: me.id, name: me.name }) } },
    { keys: 's', says: t('keys.snooze'), run: () => { if (place.c) within('later'); else if (here) acts.later(subjectOf(here), laters(new Date(), zone).find((one) => one.name === 'tomorrow')!.at) } },
    { keys: 'r', says: t('keys.reply'), run: () => within('reply') },
    { keys: 'n', says: t('keys.note'), run: () => within('note') },
    { keys: 'x', says: t('keys.choose'), run: () => { if (here) choose(here.id) } },
    { keys: '#', says: t('keys.tags'), run: () => within('tags') },
    { keys: 'm', says: tr('macros.key'), run: () => within('macros') },
    { keys: '!', says: t('keys.priority'), run: () => { if (here) void raise(here) } },
  ])
}
