import { ActionIcon, Anchor, Button, Popover, Text } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconClock, IconDots, IconExternalLink, IconNote } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { walk } from './act-menus.tsx'
import { ChannelMark } from './channel-mark.tsx'
import { SafeHtml } from './html.tsx'
import { ModerateDialog } from './moderate.tsx'
import type { Message, Publication, Verdict } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

interface Given { readonly message: Message; readonly mayModerate: boolean; readonly onAgain: (text: string) => void }

/** One utterance: who, where, when, and what became of it. */
export function MessageView({ message, mayModerate, onAgain }: Given) {
  const t = useWords(words)
  const [asked, setAsked] = useState<Verdict>()
  const isOut = message.direction === 'out'
  const isHeld = message.moderation === 'held'
  const look = [css.message, isOut ? css.ours : '', message.direction === 'note' ? css.note : '', message.moderation !== 'shown' ? css.faded : '', message.withdrawn ? css.withdrawn : '']
  return (
    <li className={look.join(' ')} data-message={message.id}>
      <Face name={message.author.name} picture={message.author.picture} size={32} />
      <div className={`${css.body} ${isHeld ? css.held : ''}`}>
        <div className={css.line}>
          <b>{message.author.name}</b>
          {message.direction === 'note' ? <><IconNote size={14} stroke={1.5} aria-hidden />{t('thread.noteOf')}</> : <ChannelMark channel={message.channel} size={14} />}
          <When at={message.at} />
          {message.url ? <Anchor href={message.url} target="_blank" rel="noreferrer" aria-label={t('thread.open')} lh={0}><IconExternalLink size={14} stroke={1.5} aria-hidden /></Anchor> : null}
          {message.publication ? <SendingState publication={message.publication} onAgain={() => onAgain(message.text)} /> : null}
          {mayModerate && message.direction === 'in' && !isHeld && !message.withdrawn ? <Moderate message={message} onAsk={setAsked} /> : null}
        </div>
        <Standing message={message} />
        <Words message={message} />
        {isHeld && mayModerate ? <HeldActs onAsk={setAsked} /> : null}
      </div>
      {asked ? <ModerateDialog message={message} to={asked} onClose={() => setAsked(undefined)} /> : null}
    </li>
  )
}

function Words({ message }: { message: Message }) {
  const t = useWords(words)
  const lang = message.lang ?? undefined
  if (message.withdrawn && message.text === '') return <div className={css.text}>{t('thread.withdrawn')}</div>
  return message.html
    ? <SafeHtml className={`${css.text} ${css.html}`} lang={lang} html={message.html} />
    : <div className={css.text} lang={lang}>{message.text}</div>
}

const reasons = ['links', 'honeypot', 'no_proof', 'webmention'] as const

/** Why nobody outside sees it, where that is so. */
function Standing({ message }: { message: Message }) {
  const t = useWords(words)
  if (message.withdrawn && message.text !== '') return <p className={css.why}>{t('thread.withdrawn')}</p>
  if (message.moderation === 'shown') return null
  const known = reasons.find((reason) => reason === message.heldBecause)
  const because = known ? t(`thread.heldFor.${known}`) : message.heldBecause ? t('thread.heldOther', { because: message.heldBecause }) : ''
  return <p className={css.why}><b className={message.moderation === 'held' ? css.bad : undefined}>{t(`thread.${message.moderation}Title`)}</b> {because}</p>
}

function HeldActs({ onAsk }: { onAsk: (to: Verdict) => void }) {
  const t = useWords(words)
  return (
    <Button.Group mt={8}>
      <Button size="xs" variant="default" onClick={() => onAsk('shown')}>{t('thread.show')}</Button>
      <Button size="xs" variant="default" onClick={() => onAsk('hidden')}>{t('thread.hide')}</Button>
      <Button size="xs" variant="default" onClick={() => onAsk('spam')}>{t('thread.spam')}</Button>
    </Button.Group>
  )
}

function Moderate({ message, onAsk }: { message: Message; onAsk: (to: Verdict) => void }) {
  const t = useWords(words)
  return (
    <Popover position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target><ActionIcon size="sm" aria-label={t('thread.more')}><IconDots size={16} stroke={1.5} aria-hidden /></ActionIcon></Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('thread.moderate')} onKeyDown={walk}>
        {message.moderation !== 'shown' ? <button type="button" className={css.menuItem} onClick={() => onAsk('shown')}>{t('thread.show')}</button> : null}
        {message.moderation !== 'hidden' ? <button type="button" className={css.menuItem} onClick={() => onAsk('hidden')}>{t('thread.hide')}</button> : null}
        {message.moderation !== 'spam' ? <button type="button" className={css.menuItem} onClick={() => onAsk('spam')}>{t('thread.spam')}</button> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

const states = ['scheduled', 'sending', 'retry-wait', 'unknown', 'needs-person', 'auth-needed', 'confirmed', 'refused', 'cancelled', 'gone'] as const

/** What became of an answer; when it was not sent, why and what to do. */
function SendingState({ publication, onAgain }: { publication: Publication; onAgain: () => void }) {
  const t = useWords(words)
  const { pick } = useLang()
  const state = states.find((known) => known === publication.state) ?? 'unknown'
  if (state === 'confirmed') return <span className={css.state}><IconCheck size={14} stroke={1.5} aria-hidden />{t('sending.confirmed')}</span>
  const needsLook = state === 'needs-person' || state === 'auth-needed' || state === 'refused'
  if (!needsLook) return <span className={css.state}><IconClock size={14} stroke={1.5} aria-hidden />{t(`sending.${state}`)}</span>
  return (
    <Popover width={300} position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button size="compact-xs" variant="light" color="terracotta" leftSection={<IconAlertCircle size={14} stroke={1.5} aria-hidden />}>{t(`sending.${state}`)}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" fw={600}>{t('sending.why')}</Text>
        {publication.why ? <><Text size="sm" mt={4}>{pick(publication.why.says)}</Text><Text size="sm" c="dimmed" mt={4}>{pick(publication.why.next)}</Text></> : null}
        <Button size="xs" variant="light" mt={10} {...(state === 'auth-needed' ? { component: Link, to: '/settings' } : { onClick: onAgain })}>
          {state === 'auth-needed' ? t('sending.openAccounts') : t('sending.again')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
