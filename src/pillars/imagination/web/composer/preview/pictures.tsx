import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { isVideo } from '#core/media/rules.ts'
import type { PostMedia } from '#core/posts/rules.ts'
import { picturesQuery, type StoredMedia } from '../../calls.ts'
import { cropTo, middle } from '../media/focus.ts'
import css from './preview.module.css'

// How feeds lay out one, two, three and four pictures; each box in units of the whole.
const boxes: Readonly<Record<number, readonly { readonly width: number; readonly height: number }[]>> = {
  2: [{ width: 1, height: 1 }, { width: 1, height: 1 }], 3: [{ width: 1, height: 1.15 }, { width: 1, height: 0.57 }, { width: 1, height: 0.57 }],
}
const quarter = { width: 16, height: 9 }
// A single picture keeps its shape, unless it is very tall or very wide.
const alone = ({ width, height }: StoredMedia) => ({ width: Math.min(Math.max(width / height, 0.8), 1.91), height: 1 })

/** Pictures as a feed lays them out and crops them, around what matters; `isWhole` as a page shows them. */
export function Pictures({ media, isWhole = false }: { media: readonly PostMedia[]; isWhole?: boolean }) {
  const { data } = useQuery({ ...picturesQuery, enabled: media.length > 0 })
  if (media.length === 0) return null
  const found = media.map((one) => ({ ...one, stored: data?.items.find((stored) => stored.id === one.mediaId) }))
  return (
    <div className={isWhole ? css.whole : css.grid} data-count={Math.min(found.length, 4)}>
      {found.map(({ mediaId, alt, stored }, place) => {
        if (!stored) return <img key={mediaId} src={`/media/${mediaId}.webp`} alt={alt} />
        const box = found.length === 1 ? alone(stored) : boxes[found.length]?.[place] ?? quarter
        const style = isWhole ? {} : { aspectRatio: `${box.width} / ${box.height}`, objectPosition: cropTo(stored.focus ?? middle, stored, box) }
        return isVideo(stored.type)
          ? <div key={mediaId} className={css.video} role="img" aria-label={alt} style={{ aspectRatio: `${stored.width || 16} / ${stored.height || 9}` }}><video src={stored.url} preload="metadata" muted tabIndex={-1} aria-hidden /><IconPlayerPlayFilled size={36} aria-hidden /></div>
          : <img key={mediaId} src={stored.url} alt={alt} style={style} />
      })}
    </div>
  )
}
