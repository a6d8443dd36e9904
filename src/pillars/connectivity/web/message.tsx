import { ActionIcon, Anchor, Button, Popover } from '@mantine/core'
import { IconCheck, IconDots, IconExternalLink, IconNote } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { signWords } from '#text/spam/words.ts'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { walk } from './act-menus.tsx'
import { Attachments } from './attachments.tsx'
import { ChannelMark } from './channel-mark.tsx'
import { WentTo } from './copies.tsx'
import { HandOver } from './hand-over.tsx'
import { SafeHtml } from './html.tsx'
import { MailRest } from './mail-rest.tsx'
import { ModerateDialog } from './moderate.tsx'
import { SendingState } from './sending-state.tsx'
import type { Along, Message, Verdict } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

interface Given { readonly message: Message; readonly mayModerate: boolean; readonly onAgain: (text: string, files: readonly Along[]) => void
  /** Where to post what was handed over; undefined: nobody here may. */
  readonly openAt?: string | null | undefined
  readonly onSplit?: ((messageId: string) => void) | undefined
}

/** One utterance: who, where, when, and what became of it. */
export function MessageView({ message, mayModerate, onAgain, openAt, onSplit }: Given) {
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
          {message.publication ? <SendingState messageId={message.id} publication={message.publication} onAgain={() => onAgain(message.text, message.attachments ?? [])} /> : null}
          {message.byHand === 'posted' ? <span className={css.state}><IconCheck size={14} stroke={1.5} aria-hidden />{t('byHand.posted')}</span> : null}
          {mayModerate && message.direction === 'in' && !isHeld && !message.withdrawn ? <Moderate message={message} onAsk={setAsked} onSplit={onSplit} /> : null}
        </div>
        <Standing message={message} />
        <Words message={message} />
        <MailRest message={message} />
        {message.attachments ? <Attachments files={message.attachments} /> : null}
        <WentTo copies={message.copies} />
        {message.byHand === 'waiting' && openAt !== undefined ? <HandOver message={message} openAt={openAt} onAgain={(text) => onAgain(text, message.attachments ?? [])} /> : null}
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
    : <div className={css.text} lang={lang}><WithMentions text={message.text} mentions={message.mentions} /></div>
}

function WithMentions({ text, mentions }: Pick<Message, 'text' | 'mentions'>) {
  if (mentions.length === 0) return <>{text}</>
  const last = mentions.at(-1)!
  return <>{mentions.map((one, place) => <Fragment key={one.start}>{text.slice(mentions[place - 1]?.end ?? 0, one.start)}<b>{text.slice(one.start, one.end)}</b></Fragment>)}{text.slice(last.end)}</>
}

const reasons = ['links', 'honeypot', 'no_proof', 'webmention', 'every', 'first', 'repeated', 'shouting', 'filter', 'spam', 'appeal'] as const

/** Why nobody outside sees it, where that is so. */
function Standing({ message }: { message: Message }) {
  const t = useWords(words)
  if (message.withdrawn && message.text !== '') return <p className={css.why}>{t('thread.withdrawn')}</p>
  if (message.moderation === 'shown') return null
  const known = reasons.find((reason) => reason === message.heldBecause)
  const because = known ? t(`thread.heldFor.${known}`) : message.heldBecause ? t('thread.heldOther', { because: message.heldBecause }) : ''
  return (
    <>
      <p className={css.why}><b className={message.moderation === 'held' ? css.bad : undefined}>{t(`thread.${message.moderation}Title`)}</b> {because}</p>
      {message.appeal ? <p className={css.why}>{t('thread.appeal')} «{message.appeal}»</p> : null}
      {(message.heldSigns ?? []).length > 0 ? <Signs signs={message.heldSigns ?? []} /> : null}
    </>
  )
}

/** What the filter found, in the message's own words where there are any. */
function Signs({ signs }: { signs: NonNullable<Message['heldSigns']> }) {
  const { lang } = useLang()
  return <ul className={css.signs}>{signs.map((one) => <li key={one.sign}>{signWords[one.sign][lang]}{one.words.length > 0 ? <>: <q>{one.words.join(' · ')}</q></> : null}</li>)}</ul>
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

function Moderate({ message, onAsk, onSplit }: { message: Message; onAsk: (to: Verdict) => void; onSplit: Given['onSplit'] }) {
  const t = useWords(words)
  return (
    <Popover position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target><ActionIcon size="sm" aria-label={t('thread.more')}><IconDots size={16} stroke={1.5} aria-hidden /></ActionIcon></Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('thread.moderate')} onKeyDown={walk}>
        {message.moderation !== 'shown' ? <button type="button" className={css.menuItem} onClick={() => onAsk('shown')}>{t('thread.show')}</button> : null}
        {message.moderation !== 'hidden' ? <button type="button" className={css.menuItem} onClick={() => onAsk('hidden')}>{t('thread.hide')}</button> : null}
        {message.moderation !== 'spam' ? <button type="button" className={css.menuItem} onClick={() => onAsk('spam')}>{t('thread.spam')}</button> : null}
        {onSplit ? <button type="button" className={css.menuItem} onClick={() => onSplit(message.id)}>{t('moves.splitHere')}</button> : null}
      </Popover.Dropdown>
    </Popover>
  )
}
