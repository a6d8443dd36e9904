import { html } from 'hono/html'
import type { Site } from '#kit/host.ts'

type Style = 'day' | 'moment'
const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(site: Site, style: Style): Intl.DateTimeFormat {
  const name = `${site.lang} ${site.zone} ${style}`
  const known = formats.get(name)
  if (known) return known
  const format = new Intl.DateTimeFormat(site.lang === 'el' ? 'el-GR' : 'en-GB',
    { dateStyle: 'long', ...(style === 'moment' ? { timeStyle: 'short' as const, hourCycle: 'h23' as const } : {}), timeZone: site.zone })
  formats.set(name, format)
  return format
}

/** A date in words, in the site's language and zone. */
export const dated = (site: Site, at: string, style: Style = 'day'): string => formatFor(site, style).format(new Date(at))

export const time = (site: Site, at: string, style: Style = 'day') =>
  html`<time datetime="${at}">${dated(site, at, style)}</time>`

/** An hour of the day, where the day is today. */
export const clock = (site: Site, at: Date): string =>
  new Intl.DateTimeFormat(site.lang === 'el' ? 'el-GR' : 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: site.zone }).format(at)
