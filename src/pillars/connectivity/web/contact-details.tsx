import { CloseButton, Group, Select, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { changePerson } from './calls.ts'
import { words } from './contact-words.ts'
import css from './thread.module.css'

interface Known { readonly id: string; readonly tags: readonly string[]; readonly lang: string | null }

function useChange(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (json: Parameters<typeof changePerson>[1]) => changePerson(id, json),
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['contacts'] }), queries.invalidateQueries({ queryKey: ['conversations'] })]),
  })
}

/** The tags of a person; whoever answers may put them on and take them off. */
export function Tags({ contact }: { contact: Known }) {
  const t = useWords(words)
  const { may } = useSession()
  const [typed, setTyped] = useState('')
  const change = useChange(contact.id)
  const add = () => {
    const tag = typed.trim()
    if (tag && !contact.tags.includes(tag)) change.mutate({ tags: [...contact.tags, tag] })
    setTyped('')
  }
  return (
    <div>
      <p className={css.label}>{t('tags.title')}</p>
      {contact.tags.length === 0 ? <Text size="sm" c="dimmed">{t('tags.none')}</Text> : (
        <Group gap={6}>
          {contact.tags.map((tag) => (
            <Group key={tag} gap={2} style={{ border: '1px solid var(--line-strong)', borderRadius: 6, padding: '1px 4px 1px 8px' }}>
              <span>{tag}</span>
              {may('answer') ? <CloseButton size="xs" aria-label={t('tags.remove', { tag })} onClick={() => change.mutate({ tags: contact.tags.filter((one) => one !== tag) })} /> : null}
            </Group>
          ))}
        </Group>
      )}
      {may('answer') && contact.tags.length < 20 ? (
        <form onSubmit={(event) => { event.preventDefault(); add() }}>
          <TextInput size="xs" mt={6} maxLength={60} aria-label={t('tags.add')} placeholder={t('tags.add')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onBlur={add} />
        </form>
      ) : null}
      <ProblemNote error={change.error} />
    </div>
  )
}

/** The language somebody is answered in. */
export function Language({ contact }: { contact: Known }) {
  const t = useWords(words)
  const { may } = useSession()
  const change = useChange(contact.id)
  const own = contact.lang !== null && !['en', 'el'].includes(contact.lang) ? [{ value: contact.lang, label: contact.lang }] : []
  return (
    <div>
      <Select
        size="xs" label={t('lang.title')} value={contact.lang ?? ''} disabled={!may('answer')} allowDeselect={false} styles={{ label: { fontSize: 12, color: 'var(--soft)' } }}
        data={[{ value: '', label: t('lang.unknown') }, { value: 'en', label: t('lang.en') }, { value: 'el', label: t('lang.el') }, ...own]} onChange={(lang) => change.mutate({ lang: lang === '' ? null : lang })}
      />
      <ProblemNote error={change.error} />
    </div>
  )
}
