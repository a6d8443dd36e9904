import { suggestUtm, type Utm } from '#text/utm.ts'

const shelf = (campaignId: string | null): string => `stoa.utm.${campaignId ?? 'none'}`
const names = ['source', 'medium', 'campaign', 'term', 'content'] as const

/** The marks used last in this campaign, in this browser; before the first time, what is usual. */
export function remembered(campaignId: string | null, given: { readonly channel: string; readonly campaign?: string }): Utm {
  const usual = suggestUtm(given)
  try {
    const found: unknown = JSON.parse(localStorage.getItem(shelf(campaignId)) ?? 'null')
    if (typeof found !== 'object' || found === null) return usual
    const kept = Object.fromEntries(names.flatMap((name) => { const value: unknown = Reflect.get(found, name); return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 100)]] : [] }))
    return { ...usual, ...kept }
  } catch { return usual }
}
export function remember(campaignId: string | null, utm: Utm): void {
  // A full or forbidden store only means that the marks are typed again.
  try { localStorage.setItem(shelf(campaignId), JSON.stringify(utm)) } catch { return }
}
