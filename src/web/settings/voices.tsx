import { Voices as People } from '#pillars/personality/web/voices.tsx'
import { words as voices } from '#pillars/personality/web/words.ts'
import { useWords } from '#ui/words.ts'
import { SettingsPage } from './settings.tsx'

export function Voices() {
  const t = useWords(voices)
  return <SettingsPage title={t('title')} lead={t('lead')}><People /></SettingsPage>
}
