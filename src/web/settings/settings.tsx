import { Text } from '@mantine/core'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, type ReactNode } from 'react'
import { Waiting } from '#ui/columns-mark.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import css from './settings.module.css'
import { words } from './words.ts'

const places = ['site', 'team', 'voices', 'channels', 'publishing', 'duty', 'coverage', 'rules', 'pillars', 'data', 'you'] as const

export function Settings() {
  const t = useWords(words)
  const here = useRouterState({ select: (state) => state.location.pathname })
  const list = useRef<HTMLElement>(null)
  // On a phone the places lie in one line that scrolls: the one we stand on is brought into sight.
  useEffect(() => { list.current?.querySelector('[data-status=active]')?.scrollIntoView({ block: 'nearest', inline: 'center' }) }, [here])
  return (
    <div className={css.frame}>
      <nav ref={list} className={css.places} aria-label={t('title')}>
        <strong>{t('title')}</strong>
        {places.map((place) => <Link key={place} to={`/settings/${place}`}>{t(`places.${place}`)}</Link>)}
      </nav>
      <div><Suspense fallback={<Waiting />}><Outlet /></Suspense></div>
    </div>
  )
}

interface One { title: string; lead: string; acts?: ReactNode; needs?: 'manage'; children: ReactNode }

/** One page of the settings; says so when the reader may only look. */
export function SettingsPage({ title, lead, acts, needs, children }: One) {
  const t = useWords(words)
  const { may } = useSession()
  useEffect(() => { document.title = `${title} · Stoa` }, [title])
  return (
    <>
      <div className={css.head}>
        <div><h1 className={css.title}>{title}</h1><p className={css.lead}>{lead}</p></div>
        {acts}
      </div>
      {needs && !may(needs) ? <Text size="sm" c="dimmed" mb={16}>{t('readOnly')}</Text> : null}
      {children}
    </>
  )
}
