import { IconBook2, IconBrandMastodon, IconBrandWordpress, IconBuildingArch, IconBuildingMonument, IconButterfly, IconLink, IconRss, IconTopologyStar3, IconWorld, type Icon } from '@tabler/icons-react'
import { memo } from 'react'
import css from './marks.module.css'
import type { Intent } from './place.ts'

const channels: Readonly<Record<string, Icon>> = {
  porch: IconBuildingMonument, fediverse: IconTopologyStar3, mastodon: IconBrandMastodon, bluesky: IconButterfly, wordpress: IconBrandWordpress, mediawiki: IconBook2, memory: IconBuildingArch, feeds: IconRss, webmention: IconLink,
}
const other = 'other'
const nameOf = (channel: string): string => (channel in channels ? channel : other)

/** The shapes all chips refer to; drawn once. */
export const Shapes = memo(function Shapes() {
  return (
    <svg className={css.shapes} aria-hidden="true">
      <symbol id="cal-give" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="currentColor" /></symbol>
      <symbol id="cal-ask" viewBox="0 0 10 10"><path d="M5 .8 9.4 9H.6Z" fill="currentColor" /></symbol>
      <symbol id="cal-talk" viewBox="0 0 10 10"><rect x="1.3" y="1.3" width="7.4" height="7.4" rx="1.4" fill="none" stroke="currentColor" strokeWidth="1.6" /></symbol>
      <symbol id="cal-wrong" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5.5" fill="currentColor" /><path d="M6 3v3.6M6 8.6v.4" stroke="var(--raised)" strokeWidth="1.5" strokeLinecap="round" /></symbol>
      <symbol id="cal-published" viewBox="0 0 12 12"><path d="m2 6.5 2.6 2.6L10 3.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" /></symbol>
      <symbol id="cal-paused" viewBox="0 0 12 12"><path d="M4 2.5v7M8 2.5v7" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" /></symbol>
      <symbol id="cal-sending" viewBox="0 0 12 12"><path d="M2 6h8M7 3l3 3-3 3" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" /></symbol>
      <symbol id="cal-series" viewBox="0 0 12 12"><path d="M2 5.5A4 4 0 0 1 9.5 4M10 6.5A4 4 0 0 1 2.5 8M9.6 1.6V4H7.2M2.4 10.4V8h2.4" fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinecap="round" strokeLinejoin="round" /></symbol>
      {Object.entries({ ...channels, [other]: IconWorld }).map(([name, Drawn]) => <symbol key={name} id={`cal-${name}`} viewBox="0 0 24 24"><Drawn width={24} height={24} stroke={1.7} /></symbol>)}
    </svg>
  )
})

export const Sign = ({ name, size = 12 }: { name: 'wrong' | 'published' | 'paused' | 'sending' | 'series'; size?: number }) => <svg className={css.sign} data-sign={name} width={size} height={size} aria-hidden="true"><use href={`#cal-${name}`} /></svg>
/** An intent by its shape; its word stands beside it or is said to those who listen. */
export const Shape = ({ intent }: { intent: Intent }) => <svg className={css.shape} data-intent={intent} width={9} height={9} aria-hidden="true"><use href={`#cal-${intent}`} /></svg>
export const ChannelMark = ({ channel, size = 13 }: { channel: string; size?: number }) => <svg className={css.mark} width={size} height={size} aria-hidden="true"><use href={`#cal-${nameOf(channel)}`} /></svg>
