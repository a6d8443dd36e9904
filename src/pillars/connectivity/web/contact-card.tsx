import { Anchor, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { day, When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { changePerson, others, person, type Contact } from './calls.ts'
import { useChannelName } from '#ui/channel-name.ts'
import { ChannelMark } from './channel-mark.tsx'
import { Consents } from './contact-consents.tsx'
import { Language, Tags } from './contact-details.tsx'
import { SamePerson } from './contact-same.tsx'
import css from './thread.module.css'
import { words } from './words/words.ts'

/** Who they are, what passed between us, and what the team should know. */
export function ContactCard({ contact, conversationId }: { contact: Contact; conversationId: string }) {
  const t = useWords(words)
  return (
    <aside className={css.card} aria-label={t('card.title')}>
      <div className={css.cardHead}>
        <Face name={contact.name} picture={contact.identities.find((one) => one.picture)?.picture} size={44} />
        <h3 className={css.cardTitle}>{contact.name}</h3>
      </div>
      <Identities contact={contact} />
      <Between contact={contact} />
      <SamePerson contact={contact} />
      <ContactNote key={contact.id} contact={contact} />
      <Tags contact={contact} />
      <Language contact={contact} />
      <Agreed id={contact.id} />
      <Others contact={contact} conversationId={conversationId} />
      <Anchor renderRoot={(props) => <Link to="/people/$id" params={{ id: contact.id }} {...props} />} size="sm">{t('card.openPage', { name: contact.name })}</Anchor>
    </aside>
  )
}

function Agreed({ id }: { id: string }) {
  const { data } = useQuery({ queryKey: ['contacts', id], queryFn: () => person(id) })
  return data ? <Consents person={data} /> : null
}

export function Identities({ contact }: { contact: Contact }) {
  const t = useWords(words)
  const channelName = useChannelName()
  return (
    <div>
      <p className={css.label}>{t('card.on')}</p>
      <ul className={css.plain}>
        {contact.identities.map((one, place) => (
          <li key={place}>
            <ChannelMark channel={one.channel} size={16} />
            {one.url ? <Anchor href={one.url} target="_blank" rel="noreferrer" size="sm">{one.handle || channelName(one.channel)}</Anchor> : <span>{one.handle || channelName(one.channel)}</span>}
          </li>
        ))}
        {contact.email ? <li><ChannelMark channel="email" size={16} /><Anchor href={`mailto:${contact.email}`} size="sm">{contact.email}</Anchor></li> : null}
      </ul>
    </div>
  )
}

export function Between({ contact }: { contact: Contact }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const { conversations, messages, answers, likes, shares, follows } = contact.counts
  const said = [t('card.conversations', { count: conversations }), t('card.messages', { count: messages }), t('card.answers', { count: answers })]
  const gave = [likes > 0 ? t('card.likes', { count: likes }) : '', shares > 0 ? t('card.shares', { count: shares }) : '', follows ? t('card.follows') : ''].filter(Boolean)
  return (
    <div>
      <p className={css.label}>{t('card.counts')}</p>
      <Text size="sm">{said.join(' · ')}</Text>
      {gave.length > 0 ? <Text size="sm">{gave.join(' · ')}</Text> : null}
      <Text size="xs" c="dimmed" mt={4}>{t('card.since', { date: day(new Date(contact.firstSeen), lang, zone) })}</Text>
    </div>
  )
}

const pauseMs = 700

/** A note the whole team sees; saves itself. */
export function ContactNote({ contact }: { contact: Contact }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const [text, setText] = useState(contact.note)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const save = useMutation({
    mutationFn: (note: string) => changePerson(contact.id, { note }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  })
  const waiting = useRef<string>(undefined)
  const keep = useRef(() => undefined as void)
  keep.current = () => {
    if (waiting.current === undefined) return
    const note = waiting.current
    waiting.current = undefined
    save.mutate(note)
  }
  useEffect(() => () => { clearTimeout(timer.current); keep.current() }, [])
  const write = (note: string) => {
    setText(note)
    waiting.current = note
    clearTimeout(timer.current)
    timer.current = setTimeout(() => keep.current(), pauseMs)
  }
  return (
    <div>
      <Textarea
        size="sm" label={t('card.note')} placeholder={t('card.notePlace')} value={text} minRows={2} maxRows={10} readOnly={!may('answer')} maxLength={10_000}
        onChange={(event) => write(event.currentTarget.value)} onBlur={() => keep.current()} styles={{ label: { fontSize: 12, color: 'var(--soft)' } }}
      />
      <Text size="xs" c="dimmed" role="status" mih={17}>{save.isPending ? t('card.noteSaving') : save.isSuccess ? t('card.noteSaved') : ''}</Text>
      <ProblemNote error={save.error} retry={() => save.mutate(text)} />
    </div>
  )
}

function Others({ contact, conversationId }: { contact: Contact; conversationId: string }) {
  const t = useWords(words)
  const { data } = useQuery({ queryKey: ['conversations', 'of', contact.id], queryFn: () => others(contact.id) })
  const rest = (data?.items ?? []).filter((row) => row.id !== conversationId).slice(0, 12)
  return (
    <div>
      <p className={css.label}>{t('card.others')}</p>
      {rest.length === 0 ? <Text size="sm" c="dimmed">{t('card.noOthers')}</Text> : (
        <ul className={css.plain}>
          {rest.map((row) => (
            <li key={row.id}>
              <Link to="/inbox" search={(before) => ({ ...before, c: row.id })} className={css.otherLink}>
                <span lang={row.lang ?? undefined} style={{ display: 'block' }}>{row.lastText}</span>
                <small><When at={row.lastAt} /></small>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
