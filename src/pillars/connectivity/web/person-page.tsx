import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconArrowLeft, IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Waiting } from '#ui/columns-mark.tsx'
import { List } from '#ui/list.tsx'
import { Card, Page, Section } from '#ui/page.tsx'
import { Face } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { When } from '#ui/when.tsx'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { changePerson, others, person as read, type Contact, type Row } from './calls.ts'
import { ChannelMark } from './channel-mark.tsx'
import { ContactNote, Identities } from './contact-card.tsx'
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
  return (
    <Page title={contact.name} head={<Head key={contact.name} contact={contact} />}>
      <div className={css.page}>
        <div>
          <Gave contact={contact} />
          <Talks contact={contact} />
        </div>
        <aside className={css.side} aria-label={t('people.details')}>
          <Identities contact={contact} />
          <ContactNote key={contact.id} contact={contact} />
        </aside>
      </div>
    </Page>
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
      <Link to="/people" style={{ display: 'inline-flex', gap: 4, alignItems: 'center', fontSize: 13, marginBottom: 8 }}><IconArrowLeft size={16} stroke={1.5} aria-hidden />{t('people.back')}</Link>
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

function Gave({ contact }: { contact: Contact }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { conversations, messages, answers, likes, shares } = contact.counts
  const figures = [['conversations', conversations], ['messages', messages], ['answers', answers], ['likes', likes], ['shares', shares]] as const
  return (
    <Section title={t('card.counts')}>
      <dl className={css.figures}>
        {figures.map(([name, value]) => <div key={name} className={css.figure}><dt>{t(`people.gave.${name}`)}</dt><dd>{value.toLocaleString(lang)}</dd></div>)}
      </dl>
    </Section>
  )
}

function Talks({ contact }: { contact: Contact }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const { data, error } = useQuery({ queryKey: ['conversations', 'of', contact.id], queryFn: () => others(contact.id) })
  const rows = data?.items ?? []
  const open = (row: Row) => void navigate({ to: '/inbox', search: { view: row.state === 'done' ? 'done' : 'all', c: row.id } })
  return (
    <Section title={t('people.timeline')}>
      <ProblemNote error={error} />
      {data && rows.length === 0 ? <p>{t('people.emptyTimeline')}</p> : null}
      {rows.length > 0 ? <Card padded={false}><List items={rows} id={(row) => row.id} label={t('people.timeline')} open={open} row={(row) => <Talk row={row} />} /></Card> : null}
    </Section>
  )
}

function Talk({ row }: { row: Row }) {
  const t = useWords(words)
  return (
    <Link to="/inbox" search={{ view: row.state === 'done' ? 'done' : 'all', c: row.id }} className={css.talk}>
      <ChannelMark channel={row.channel} size={16} />
      <div>
        <div className={css.talkText} lang={row.lang ?? undefined}>{row.lastText}</div>
        <small>{[row.postTitle ? `${t('thread.under')} ${row.postTitle}` : '', row.state === 'done' ? t('row.done') : row.state === 'snoozed' ? t('row.snoozed') : ''].filter(Boolean).join(' · ')}</small>
      </div>
      <small><When at={row.lastAt} /></small>
    </Link>
  )
}
