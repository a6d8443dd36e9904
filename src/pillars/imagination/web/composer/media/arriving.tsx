import { ActionIcon, Button, FileButton, Progress } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { sayBytes } from '#core/media/rules.ts'
import { asProblem } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { words } from '../words/words.ts'
import css from './media.module.css'
import type { Coming } from './uploader.ts'
import type { Uploads } from './use-uploads.ts'

/** Files on their way: how far each is, and what it waits for. */
export function Arriving({ coming, uploads, place }: { coming: readonly Coming[]; uploads: Uploads; place: string }) {
  if (coming.length === 0) return null
  return <ul className={css.coming}>{coming.map((one) => <Line key={one.key} one={one} uploads={uploads} place={place} />)}</ul>
}

function Line({ one, uploads, place }: { one: Coming; uploads: Uploads; place: string }) {
  const t = useWords(words)
  const share = one.size === 0 ? 0 : (one.sent / one.size) * 100
  const problem = one.is === 'failed' ? asProblem(one.error) : undefined
  return (
    <li className={css.line} data-is={one.is}>
      <div>
        <span className={css.name}>{one.name}</span>
        <span className={css.how} role="status">
          {problem ? problem.detail || problem.title || t('composer.uploadFailed', { name: one.name })
            : one.is === 'needs-file' ? t('media.needsFile', { share: Math.round(share) })
              : one.is === 'waits' ? t('media.waits') : t('media.sends', { sent: sayBytes(one.sent), size: sayBytes(one.size) })}
        </span>
        <Progress value={share} size={4} aria-label={one.name} color={problem ? 'terracotta' : 'sea'} />
      </div>
      {problem ? <Button size="compact-xs" variant="default" onClick={() => uploads.again(one.key)}>{t('media.again')}</Button> : null}
      {one.is === 'needs-file' ? (
        <FileButton onChange={(file) => { if (file) uploads.take([file], place) }}>{(props) => <Button {...props} size="compact-xs" variant="light">{t('media.choose')}</Button>}</FileButton>
      ) : null}
      <ActionIcon aria-label={t('media.callOff', { name: one.name })} onClick={() => uploads.drop(one.key)}><IconX size={16} stroke={1.5} aria-hidden /></ActionIcon>
    </li>
  )
}
