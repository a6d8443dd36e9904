import type { Words } from './writing.ts'

/** What this browser kept of a post that the server has not taken yet. */
export interface Backup { readonly words: Words; readonly at: string; readonly version: number }
const shelf = (id: string): string => `stoa.post.${id}`
const fields = ['title', 'text', 'lang', 'intent', 'format', 'tags', 'media', 'campaignId', 'accountIds'] as const
const rest = { thread: [], firstComment: '', warning: '', variants: [], labels: [], card: null, late: null } as const

export function keep(id: string, backup: Backup): void {
  // A full or forbidden store must not stop anybody from writing; the server is asked all the same.
  try { localStorage.setItem(shelf(id), JSON.stringify(backup)) } catch { return }
}
export const forget = (id: string): void => localStorage.removeItem(shelf(id))

export function kept(id: string): Backup | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(shelf(id)) ?? 'null')
    return isBackup(found) ? { ...found, words: { ...rest, ...found.words } } : undefined
  } catch { return undefined }
}

function isBackup(found: unknown): found is Backup {
  if (typeof found !== 'object' || found === null || !('words' in found) || !('at' in found)) return false
  const { words } = found
  return typeof words === 'object' && words !== null && fields.every((field) => field in words)
}
