import { VisuallyHidden } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, type ComponentProps } from 'react'
import { Mark, Waiting } from '#ui/columns-mark.tsx'
import { useKeys, type Key } from '#ui/keys.ts'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { places } from './rail.ts'
import css from './shell.module.css'
import { words } from './shell-words.ts'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const MeMenu = lazy(async () => ({ default: (await import('./me-menu.tsx')).MeMenu }))
const ChannelsAlarm = lazy(async () => ({ default: (await import('./settings/channels-alarm.tsx')).ChannelsAlarm }))
const Calling = lazy(async () => ({ default: (await import('./calling.tsx')).Calling }))
const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))

/** The frame of every screen: the rail, the keys that work everywhere, the palette and the help. */
export function Shell() {
  const t = useWords(words)
  const { workspace, me } = useSession()
  const { keepTime, adopt } = useLang()
  const [shown, setShown] = useState<'palette' | 'help'>()
  useEffect(() => keepTime(me.zone), [keepTime, me.zone])
  useEffect(() => adopt(me.lang), [adopt, me.lang])
  useGlobalKeys(setShown)
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">{t('skip')}</a>
      <nav className={css.rail} aria-label={t('rail.label')}>
        <Link to="/" className={css.brand}>
          <Mark size={30} />
          <span className={css.brandName} lang={workspace.lang}>{workspace.name}</span>
        </Link>
        <Places />
        <div className={css.foot}>
          <a className={`${css.place} ${css.onlyWide}`} href={`${workspace.origin}/`} target="_blank" rel="noreferrer"><IconExternalLink size={20} stroke={1.5} aria-hidden />{t('porch')}</a>
          <Me />
        </div>
      </nav>
      <main id="content" className={css.main} tabIndex={-1}>
        <Suspense fallback={<Waiting />}><Outlet /></Suspense>
      </main>
      <Suspense>
        <Calling />
        {shown === 'palette' ? <Palette close={() => setShown(undefined)} help={() => setShown('help')} /> : null}
        {shown === 'help' ? <Help close={() => setShown(undefined)} /> : null}
      </Suspense>
    </div>
  )
}

function Me() {
  const [asked, setAsked] = useState(false)
  const [opened, setOpened] = useState(false)
  const button = <MeButton onClick={() => { setAsked(true); setOpened(!opened) }} />
  return asked ? <Suspense fallback={button}><MeMenu opened={opened} setOpened={setOpened}><MeButton /></MeMenu></Suspense> : button
}

function MeButton(given: ComponentProps<'button'>) {
  const t = useWords(words)
  const { me } = useSession()
  return (
    <button type="button" {...given} className={css.place}>
      <Face name={me.voice?.name ?? me.name} picture={me.voice?.picture} size={22} />
      <span>{me.name}</span>
      <VisuallyHidden>. {t('me')}</VisuallyHidden>
    </button>
  )
}

function Places() {
  const t = useWords(words)
  return (
    <ul className={css.places}>
      {places.map((place) => (
        <li key={place.to}>
          <Link to={place.to} className={css.place} activeOptions={{ exact: place.to === '/', includeSearch: false }}>
            <place.icon size={20} stroke={1.5} aria-hidden />
            <span>{t(`rail.${place.word}`)}</span>
            {place.to === '/settings' ? <Suspense><ChannelsAlarm className={css.count} /></Suspense> : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function useGlobalKeys(show: (what: 'palette' | 'help') => void) {
  const t = useWords(words)
  const { may } = useSession()
  const navigate = useNavigate()
  const goes = places.map((place): Key => ({ keys: `g ${place.key}`, says: t(`rail.${place.word}`), run: () => void navigate({ to: place.to }) }))
  useKeys([
    ...goes,
    ...(may('write') ? [{ keys: 'c', says: t('rail.compose'), run: () => void navigate({ to: '/calendar', search: { post: 'new' } }) }] : []),
    { keys: 'mod+k', says: t('palette.ask'), run: () => show('palette') },
    { keys: '?', says: t('help'), run: () => show('help') },
  ], 'everywhere')
}
