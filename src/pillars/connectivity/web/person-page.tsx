import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconArrowLeft, IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Waiting } from '#ui/columns-mark.tsx'
import { Page, Section } from '#ui/page.tsx'
import { Face } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { changePerson, person as read, type Contact } from './calls.ts'
import type { Person } from './contact-calls.ts'
import { ContactNote, Identities } from './contact-card.tsx'
import { Consents } from './contact-consents.tsx'
import { Language, Tags } from './contact-details.tsx'
import { Erased, TheirOwn } from './contact-own.tsx'
import { Merges, SamePerson } from './contact-same.tsx'
import { Timeline } from './contact-timeline.tsx'
import { words as ours } from './contact-words.ts'
import css from './people.module.css'
import { words } from './words/words.ts'

/** One person: who they are, what they gave, and every conversation with them. */
export function PersonPage() {
  const t = useWords(words)
  const { id } = useParams({ from: '/inside/people/$id' })
  const asked = useQuery({ queryKey: ['contacts', id], queryFn: () => read(id) })
  if (asked.error) return <Page title={t('people.title')}><ProblemNote error={asked.error} retry={() => void asked.refetch()} /></Page>
  if (!asked.data) return <Waiting />
  const contact = asked.data
  if (contact.erasure) return <Page title={t('people.title')} head={<Gone />}><Erased person={contact} /></Page>
  return (
    <Page title={contact.name} head={<Head key={contact.name} contact={contact} />}>
      <div className={css.page}>
        <div>
          <Gave contact={contact} />
          <Timeline id={contact.id} />
        </div>
        <aside className={css.side} aria-label={t('people.details')}>
          <Identities contact={contact} />
          <SamePerson contact={contact} />
          <ContactNote key={contact.id} contact={contact} />
          <Tags contact={contact} />
          <Language contact={contact} />
          <Consents person={contact} />
          <Merges person={contact} />
          <TheirOwn person={contact} />
        </aside>
      </div>
    </Page>
  )
}

const back = { display: 'inline-flex', gap: 4, alignItems: 'center', fontSize: 13, marginBottom: 8 } as const
function Gone() {
  const [t, own] = [useWords(words), useWords(ours)]
  return (
    <div>
      <Link to="/people" style={back}><IconArrowLeft size={16} stroke={1.5} aria-hidden />{t('people.back')}</Link>
      <h1 className={css.name}>{own('own.gone')}</h1>
    </div>
  )
}

function Head({ contact }: { contact: Contact }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const [name, setName] = useState<string>()
  const save = useMutation({
    mutationFn: (next: string) => changePerson(contact.id, { name: next }),
    onSuccess: async () => { setName(undefined); await queries.invalidateQueries({ queryKey: ['contacts'] }) },
  })
  return (
    <div>
      <Link to="/people" style={back}><IconArrowLeft size={16} stroke={1.5} aria-hidden />{t('people.back')}</Link>
      <div className={css.head}>
        <Face name={contact.name} picture={contact.identities.find((one) => one.picture)?.picture} size={56} />
        {name === undefined ? (
          <>
            <h1 className={css.name}>{contact.name}</h1>
            {may('answer') ? <ActionIcon aria-label={t('people.edit')} onClick={() => setName(contact.name)}><IconPencil size={18} stroke={1.5} aria-hidden /></ActionIcon> : null}
          </>
        ) : (
          <form onSubmit={(event) => { event.preventDefault(); if (name.trim()) save.mutate(name.trim()) }}>
            <Group gap={8}>
              <TextInput autoFocus aria-label={t('people.name')} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
              <Button type="submit" loading={save.isPending}>{t('people.save')}</Button>
              <Button variant="default" onClick={() => setName(undefined)}>{t('people.cancel')}</Button>
            </Group>
          </form>
        )}
      </div>
      <ProblemNote error={save.error} />
    </div>
  )
}

function Gave({ contact }: { contact: Person }) {
  const [t, own] = [useWords(words), useWords(ours)]
  const { lang } = useLang()
  const { exchange, counts: { conversations, messages, answers, likes, shares } } = contact
  const figures = [['conversations', conversations], ['messages', messages], ['answers', answers], ['likes', likes], ['shares', shares]] as const
  return (
    <Section title={t('card.counts')}>
      <dl className={css.figures}>
        {figures.map(([name, value]) => <div key={name} className={css.figure}><dt>{t(`people.gave.${name}`)}</dt><dd>{value.toLocaleString(lang)}</dd></div>)}
        {exchange.rating === null ? null : <div className={css.figure}><dt>{own('story.rated')}</dt><dd title={own('story.ratings', { rating: exchange.rating.toFixed(1), count: exchange.ratings })}>{exchange.rating.toLocaleString(lang, { maximumFractionDigits: 1 })}</dd></div>}
      </dl>
    </Section>
  )
}
