import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconMessagePlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import type { Lang } from '#kit/lang.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { guessLang } from '#text/lang.ts'
import { walk } from './act-menus.tsx'
import { dropOpener, openersQuery, saveOpener, type Opener } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

interface Given { readonly text: string; readonly lang: Lang; readonly name: string; readonly onTake: (text: string) => void }

/** "Hello {name}": the name is filled in; what else stands in braces is the writer's to fill. */
export const begun = (opener: string, name: string): string => opener.replaceAll(/\{(?:name|όνομα)\}/giu, name.trim().split(/\s+/)[0] || '…')

/** A beginning after what is written already. */
export const joined = (text: string, more: string): string => `${text.trim() ? `${text.trimEnd()}\n\n` : ''}${more}`

/** Beginnings to start from, those in the language of the talk first, and a way to keep what is written as one. */
export function OpenersButton({ text, lang, name, onTake }: Given) {
  const t = useWords(words)
  const { may } = useSession()
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(openersQuery)
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['inbox-openers'] })
  const items = (data?.items ?? []).toSorted((a, b) => Number(b.lang === lang) - Number(a.lang === lang))
  const take = (opener: Opener) => { setOpened(false); onTake(joined(text, begun(opener.text, name))) }
  const drop = (id: string) => void dropOpener(id).then(again).catch((error: unknown) => wrong(error, t('act.failed')))
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" width={320} trapFocus>
      <Popover.Target>
        <ActionIcon size={28} aria-label={t('openers.label')} title={t('openers.label')} aria-expanded={opened} onClick={() => setOpened(!opened)}><IconMessagePlus size={18} stroke={1.5} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('openers.label')} onKeyDown={walk}>
        <p className={css.menuLabel}>{t('openers.about')}</p>
        {items.map((one) => (
          <div key={one.id} className={css.openerRow}>
            <button type="button" className={css.menuItem} onClick={() => take(one)}><span className={css.clip} lang={one.lang}><b>{one.name}</b> {one.text}</span></button>
            {!one.shared || may('moderate') ? <ActionIcon size="sm" onClick={() => drop(one.id)} aria-label={t('openers.drop', { name: one.name })}><IconX size={14} stroke={1.5} aria-hidden /></ActionIcon> : null}
          </div>
        ))}
        {text.trim() ? <Keep text={text} lang={guessLang(text) ?? lang} onKept={again} /> : items.length === 0 ? <p className={css.menuLabel}>{t('openers.none')}</p> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function Keep({ text, lang, onKept }: { text: string; lang: Lang; onKept: () => Promise<void> }) {
  const t = useWords(words)
  const { may } = useSession()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const keep = useMutation({ mutationFn: () => saveOpener({ name, text, lang, shared }), onSuccess: async () => { setName(''); field.current?.focus(); await onKept() } })
  const submit = (event: FormEvent) => { event.preventDefault(); if (name.trim()) keep.mutate() }
  return (
    <form onSubmit={submit} className={css.keepOpener}>
      <TextInput ref={field} size="xs" label={t('openers.keep')} placeholder={t('openers.name')} value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
      {may('moderate') ? <Checkbox size="xs" mt={6} label={t('saved.forTeam')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} /> : null}
      <ProblemNote error={keep.error} />
      <Button type="submit" size="xs" mt={8} disabled={!name.trim()} loading={keep.isPending}>{t('saved.save')}</Button>
    </form>
  )
}
