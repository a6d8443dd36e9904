import type { Saying } from './protocol.ts'

/** What this browser keeps of a visitor; a browser that keeps nothing still chats. */
export interface Keep {
  token(): string | null
  keepToken(token: string | null): void
  /** What was said and is not confirmed, oldest first. Each has an entry of its own, so that tabs do not overwrite each other. */
  unsent(): readonly Saying[]
  keepUnsent(saying: Saying): void
  confirmed(clientId: string): void
  draft(): string
  keepDraft(text: string): void
  greeted(): boolean
  keepGreeted(): void
}

export function keepOf(storage: Storage | undefined, key: string): Keep {
  const at = `stoa.chat.${key}`
  const get = (name: string): string | null => { try { return storage?.getItem(at + name) ?? null } catch { return null } }
  const put = (name: string, value: string | null): void => {
    try { if (value) storage?.setItem(at + name, value); else storage?.removeItem(at + name) } catch { /* Full, or forbidden: it lives as long as the page. */ }
  }
  const names = (): string[] => { try { return Object.keys(storage ?? {}) } catch { return [] } }
  return {
    token: () => get(''),
    keepToken: (token) => put('', token),
    unsent: () => names().filter((name) => name.startsWith(`${at}.said.`)).map((name) => read(get(name.slice(at.length)))).filter((one) => one !== undefined).toSorted((one, other) => one.at.localeCompare(other.at)),
    keepUnsent: (saying) => put(`.said.${saying.clientId}`, JSON.stringify(saying)),
    confirmed: (clientId) => put(`.said.${clientId}`, null),
    draft: () => get('.draft') ?? '',
    keepDraft: (text) => put('.draft', text),
    greeted: () => get('.greeted') !== null,
    keepGreeted: () => put('.greeted', '1'),
  }
}

const read = (text: string | null): Saying | undefined => { try { return JSON.parse(text ?? '') as Saying } catch { return undefined } }
