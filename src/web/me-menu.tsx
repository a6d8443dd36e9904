import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceLaptop, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Lang } from '#kit/lang.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { useSignOut, useSpeak } from './acts.ts'
import { words } from './shell-words.ts'

const languages: readonly (readonly [Lang, string])[] = [['en', 'English'], ['el', 'Ελληνικά']]
const looks = [['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceLaptop]] as const

/** What the button of one's own account opens: how things look, the language, the way out. Loaded when first asked for. */
export function MeMenu({ children, opened, setOpened }: { children: ReactNode; opened: boolean; setOpened: (opened: boolean) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const speak = useSpeak()
  const signOut = useSignOut()
  const tick = <IconCheck size={16} stroke={1.5} />
  return (
    <Menu position="top-start" width={220} withinPortal={false} withInitialFocusPlaceholder={false} opened={opened} onChange={setOpened}>
      <Menu.Target>{children}</Menu.Target>
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
