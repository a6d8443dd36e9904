import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import type { Lang } from '#kit/lang.ts'
import { Mark } from '#ui/columns-mark.tsx'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { words } from '../shell-words.ts'
import css from './door.module.css'

interface Frame { title: string; lead: string; broad?: boolean; children: ReactNode; onSpeak?: (lang: Lang) => void }

/** The frame of the pages before one is inside: the mark, a title, and the choice of language and look. */
export function Door({ title, lead, broad = false, children, onSpeak }: Frame) {
  const t = useWords(words)
  const { lang, speak } = useLang()
  const { setColorScheme } = useMantineColorScheme()
  const look = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const other = lang === 'en' ? 'el' : 'en'
  useEffect(() => { document.title = `${title} · Stoa` }, [title])
  return (
    <div className={css.frame}>
      <div className={css.top}>
        <Button variant="subtle" color="stone" lang={other} onClick={() => { speak(other); onSpeak?.(other) }}>{other === 'el' ? 'Ελληνικά' : 'English'}</Button>
        <ActionIcon size={36} aria-label={t(look === 'dark' ? 'look.light' : 'look.dark')} onClick={() => setColorScheme(look === 'dark' ? 'light' : 'dark')}>
          {look === 'dark' ? <IconSun size={20} stroke={1.5} /> : <IconMoon size={20} stroke={1.5} />}
        </ActionIcon>
      </div>
      <main className={`${css.inner} ${broad ? css.broad : ''}`}>
        <Mark size={56} />
        <h1 className={css.title}>{title}</h1>
        <p className={css.lead}>{lead}</p>
        {children}
      </main>
    </div>
  )
}
