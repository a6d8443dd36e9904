import { IconArrowBackUp, IconBookmark, IconDots, IconHeart, IconMessageCircle, IconRepeat, IconStar } from '@tabler/icons-react'
import css from './preview.module.css'
import type { Look } from './shown.ts'

const look = { size: 18, stroke: 1.5 } as const

/** What people can do with a post on its network; only drawn. */
export function Icons({ network }: { network: Look }) {
  if (network === 'mastodon') return <div className={css.icons} aria-hidden><IconArrowBackUp {...look} /><IconRepeat {...look} /><IconStar {...look} /><IconBookmark {...look} /><IconDots {...look} /></div>
  if (network === 'bluesky') return <div className={css.icons} aria-hidden><IconMessageCircle {...look} /><IconRepeat {...look} /><IconHeart {...look} /><IconDots {...look} /></div>
  return null
}
