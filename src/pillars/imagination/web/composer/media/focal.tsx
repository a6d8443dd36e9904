import { Button, Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useWords } from '#ui/words.ts'
import { wrong } from '#ui/undo.tsx'
import { picturesQuery, type StoredMedia } from '../../calls.ts'
import { setFocus } from '../calls.ts'
import { words } from '../words/words.ts'
import { cropTo, middle, nudged, pointed, type Focus } from './focus.ts'
import css from './media.module.css'

const shapes = [{ id: 'wide', width: 16, height: 9 }, { id: 'square', width: 1, height: 1 }, { id: 'tall', width: 4, height: 5 }] as const

/** The point that stays in view where a network crops: by a click, or by the arrow keys. */
export function FocalPoint({ media, onClose }: { media: StoredMedia; onClose: () => void }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [focus, setPoint] = useState<Focus>(media.focus ?? middle)
  const save = useMutation({
    mutationFn: () => setFocus(media.id, focus),
    onSuccess: (now) => { queries.setQueryData(picturesQuery.queryKey, (all) => all && { items: all.items.map((one) => (one.id === now.id ? now : one)) }); onClose() },
    onError: (error) => wrong(error, t('act.failed')),
  })
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    setPoint(pointed({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }))
  }
  const nudge = (event: KeyboardEvent) => {
    const next = nudged(focus, event.key, event.shiftKey)
    if (!next) return
    event.preventDefault()
    setPoint(next)
  }
  const said = t('media.focusAt', { x: Math.round(focus.x * 100), y: Math.round(focus.y * 100) })
  return (
    <Modal opened onClose={onClose} title={t('media.focus')} size="lg" closeButtonProps={{ 'aria-label': t('act.cancel') }}>
      <Text size="sm" c="dimmed" mb={12}>{t('media.focusAbout')}</Text>
      <div className={css.focal} data-autofocus tabIndex={0} role="group" aria-roledescription={t('media.focus')} aria-label={said} onPointerDown={point} onKeyDown={nudge}>
        <img src={media.url} alt="" draggable={false} />
        <i style={{ left: `${focus.x * 100}%`, top: `${focus.y * 100}%` }} />
      </div>
      <span className={css.said} role="status">{said}</span>
      <div className={css.crops}>
        {shapes.map((shape) => (
          <figure key={shape.id}>
            <img src={media.url} alt="" style={{ aspectRatio: `${shape.width} / ${shape.height}`, objectPosition: cropTo(focus, media, shape) }} />
            <figcaption>{t(`media.shapes.${shape.id}`)}</figcaption>
          </figure>
        ))}
      </div>
      <div className={css.acts}>
        <Button variant="subtle" color="stone" onClick={() => setPoint(middle)}>{t('media.focusMiddle')}</Button>
        <Button loading={save.isPending} onClick={() => save.mutate()}>{t('media.focusKeep')}</Button>
      </div>
    </Modal>
  )
}
