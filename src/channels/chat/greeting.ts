import type { Lang } from '#kit/lang.ts'
import type { ChatSettings } from './wire.ts'

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')

/** Whether an address is one of those named: paths, or whole addresses, where * stands for anything. Nothing named is everywhere. */
export function isOn(pages: string, page: string | undefined): boolean {
  const named = pages.split(/[\s,]+/).filter((one) => one !== '')
  if (named.length === 0) return true
  const url = page !== undefined && URL.canParse(page) ? new URL(page) : undefined
  if (!url) return false
  return named.some((one) => new RegExp(`^${escaped(one)}$`, 'i').test(one.startsWith('/') ? decoded(url.pathname) : `${url.origin}${url.pathname}`))
}
function decoded(path: string): string {
  try { return decodeURI(path) } catch { return path }
}

type Rule = Pick<ChatSettings, 'greetingEl' | 'greetingEn' | 'greetAfter' | 'greetOn'>
/** What is said first, and after how long, to whoever reads this page. */
export function greetingFor(rule: Rule, { lang, page }: { readonly lang: Lang; readonly page: string | undefined }): { text: string; afterSeconds: number } | null {
  const text = (lang === 'el' ? rule.greetingEl : rule.greetingEn) ?? ''
  if (text === '' || !isOn(rule.greetOn ?? '', page)) return null
  return { text, afterSeconds: Math.min(Math.max(Number(rule.greetAfter ?? '20'), 3), 3_600) }
}
