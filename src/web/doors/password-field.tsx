import { PasswordInput } from '@mantine/core'
import { useWords } from '#ui/words.ts'
import { words } from '../shell-words.ts'
import { shortest, strengthOf } from './strength.ts'

interface Field { value: string; known: readonly string[]; error?: string | undefined; onChange: (value: string) => void }

/** A new password, which can be shown, and how strong it is, in words. */
export function NewPassword({ value, known, error, onChange }: Field) {
  const t = useWords(words)
  const strength = strengthOf(value, known)
  const says = strength === 'short' ? t('strength.short', { count: shortest - Array.from(value).length }) : t(`strength.${strength}`)
  const colour = strength === 'weak' ? 'var(--terracotta)' : strength === 'good' || strength === 'fair' ? 'var(--leaf)' : 'var(--soft)'
  return (
    <PasswordInput required label={t('form.password')} autoComplete="new-password" value={value} error={error} onChange={(event) => onChange(event.currentTarget.value)}
      description={<span aria-live="polite" style={{ color: colour }}>{says}</span>} inputWrapperOrder={['label', 'input', 'description', 'error']}
      visibilityToggleButtonProps={{ 'aria-label': t('form.show'), tabIndex: 0 }} />
  )
}
