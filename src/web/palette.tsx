import '@mantine/spotlight/styles.layer.css'
import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconExternalLink, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { useSignOut, useSpeak } from './acts.ts'
import { places } from './rail.ts'
import { words } from './shell-words.ts'

const [store, spotlight] = createSpotlight()
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().replaceAll('ς', 'σ')
const size = { size: 20, stroke: 1.5 }

/** Ctrl or ⌘ and K: go anywhere, do anything, by typing its name. */
export function Palette({ close, help }: { close: () => void; help: () => void }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const { lang } = useLang()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const speak = useSpeak()
  const signOut = useSignOut()
  useEffect(() => { spotlight.open() }, [])
  const other = lang === 'en' ? 'el' : 'en'
  const actions: SpotlightActionGroupData[] = [
    { group: t('palette.screens'), actions: [
      ...places.map((place) => ({ id: place.to, label: t(`rail.${place.word}`), leftSection: <place.icon {...size} />, onClick: () => void navigate({ to: place.to }) })),
      { id: 'porch', label: t('porch'), leftSection: <IconExternalLink {...size} />, onClick: () => void window.open('/', '_blank', 'noreferrer') },
    ] },
    { group: t('palette.acts'), actions: [
      { id: 'look', label: `${t('look.label')}: ${t(colorScheme === 'dark' ? 'look.light' : 'look.dark')}`, leftSection: <IconMoon {...size} />, onClick: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark') },
      { id: 'language', label: `${t('language')}: ${other === 'el' ? 'Ελληνικά' : 'English'}`, leftSection: <IconLanguage {...size} />, onClick: () => speak(other) },
      { id: 'help', label: t('help'), leftSection: <IconKeyboard {...size} />, onClick: help },
      { id: 'sign-out', label: t('signOut'), leftSection: <IconLogout {...size} />, onClick: () => void signOut() },
    ] },
  ]
  return (
    <Spotlight title={t('palette.ask')} styles={{ header: { display: 'none' } }} store={store} actions={actions} shortcut={null} scrollable maxHeight={420} nothingFound={t('palette.nothing')} onSpotlightClose={close}
      filter={(asked, all) => all.flatMap((group) => 'actions' in group ? [{ ...group, actions: group.actions.filter((action) => plain(action.label ?? '').includes(plain(asked))) }] : []).filter((group) => group.actions.length > 0)}
      searchProps={{ placeholder: t('palette.ask'), 'aria-label': t('palette.ask'), leftSection: <IconSearch {...size} /> }} />
  )
}
