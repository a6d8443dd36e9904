import { Menu, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconDeviceLaptop, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Lang } from '#kit/lang.ts'
import { ask } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import css from './shell.module.css'
import { words } from './shell-words.ts'

const languages: readonly (readonly [Lang, string])[] = [['en', 'English'], ['el', 'Ελληνικά']]
const looks = [['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceLaptop]] as const

/** Switches the language of the screen at once and remembers it for the member. */
export function useSpeak() {
  const { speak } = useLang()
  const keep = useMutation({ mutationFn: (lang: Lang) => ask('PATCH', '/me', { lang }) })
  return (lang: Lang) => { speak(lang); keep.mutate(lang) }
}

export function useSignOut() {
  const queries = useQueryClient()
  const router = useRouter()
  return async () => {
    await ask('DELETE', '/session')
    queries.clear()
    await router.invalidate()
  }
}

export function MeMenu() {
  const t = useWords(words)
  const { me } = useSession()
  const { lang } = useLang()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const speak = useSpeak()
  const signOut = useSignOut()
  const tick = <IconCheck size={16} stroke={1.5} />
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.place}>
          <Face name={me.voice?.name ?? me.name} size={22} />
          <span>{me.name}</span>
          <VisuallyHidden>. {t('me')}</VisuallyHidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('look.label')}</Menu.Label>
        {looks.map(([look, Sign]) => (
          <Menu.Item key={look} closeMenuOnClick={false} leftSection={<Sign size={16} stroke={1.5} />} rightSection={colorScheme === look ? tick : null} onClick={() => setColorScheme(look)}>{t(`look.${look}`)}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('language')}</Menu.Label>
        {languages.map(([code, name]) => (
          <Menu.Item key={code} lang={code} closeMenuOnClick={false} leftSection={<IconLanguage size={16} stroke={1.5} />} rightSection={lang === code ? tick : null} onClick={() => speak(code)}>{name}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.5} />} onClick={() => void signOut()}>{t('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
