import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { clock, When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import css from './composer.module.css'
import type { Saving } from './use-saving.ts'
import { words } from './words/words.ts'

/** Text this browser kept after a crash, and a post that was saved elsewhere meanwhile: both are offered, neither is forced. */
export function Notices({ saving }: { saving: Saving }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const [shown, setShown] = useState(false)
  const { backup, theirs } = saving
  return (
    <>
      {backup ? (
        <div className={css.notice} role="status">
          <b>{t('saved.backupTitle')}</b>
          <p>{t('saved.backupSays', { time: clock(new Date(backup.at), lang, zone), end: (backup.words.text || backup.words.title).slice(-80).trim() })}</p>
          <Group gap={8}>
            <Button size="xs" onClick={saving.takeBackup}>{t('saved.backupTake')}</Button>
            <Button size="xs" variant="default" onClick={saving.dropBackup}>{t('saved.backupDrop')}</Button>
            <small><When at={backup.at} /></small>
          </Group>
        </div>
      ) : null}
      {theirs ? (
        <div className={css.notice} role="alert">
          <b>{t('saved.conflictTitle')}</b>
          <p>{t('saved.conflictSays', { time: clock(new Date(theirs.updatedAt), lang, zone) })}</p>
          {shown ? <p lang={theirs.lang} style={{ whiteSpace: 'pre-wrap', color: 'var(--ink)' }}>{theirs.title}{theirs.title ? '\n\n' : ''}{theirs.text}</p> : null}
          <Group gap={8}>
            <Button size="xs" onClick={() => saving.resolve(true)}>{t('saved.keepMine')}</Button>
            <Button size="xs" variant="default" onClick={() => saving.resolve(false)}>{t('saved.takeTheirs')}</Button>
            {shown ? null : <Button size="xs" variant="subtle" onClick={() => setShown(true)}>{t('saved.compare')}</Button>}
          </Group>
        </div>
      ) : null}
    </>
  )
}
