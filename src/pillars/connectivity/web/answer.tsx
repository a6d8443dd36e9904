import { Alert, Button, SegmentedControl, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import type { Check, Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { modKey } from '#ui/keys.ts'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { Findings } from '#ui/writing/findings.tsx'
import { takenUp } from '#ui/writing/places.ts'
import { unreasoned } from '#ui/writing/review.ts'
import { WritingArea, type WritingHandle } from '#ui/writing/writing-area.tsx'
import { countText, type TextLimit } from '#text/count.ts'
import { AlongPlace, useAlong } from './along.tsx'
import { AnswerFoot } from './answer-foot.tsx'
import type { Thread } from './calls.ts'
import css from './thread.module.css'
import { MentionList } from './mention-list.tsx'
import { joined, OpenersButton } from './openers.tsx'
import { Suggested } from './ruled.tsx'
import { useAnswer } from './use-answer.ts'
import { useClaim } from './use-claim.ts'
import { useDraft } from './use-draft.ts'
import { useReview } from './use-review.ts'
import { words } from './words/words.ts'

export type Writes = 'answer' | 'note'
/** Takes up a beginning, after what is written already. */
export interface Takes { take(text: string): void }
interface Given {
  readonly thread: Thread; readonly checks: readonly Check[]
  readonly mode: Writes; readonly onMode: (mode: Writes) => void
  readonly handle: Ref<WritingHandle>
  readonly takes: Ref<Takes>
  /** Says to the others, and to the window on the other side, that somebody writes. */
  readonly onTyping: () => void
}

/** Where an answer is written: as a person, with the pillars beside it, kept with every key. */
export function AnswerBox({ thread, checks, mode, onMode, handle, takes, onTyping }: Given) {
  const t = useWords(words)
  const { me, may } = useSession()
  const { pick } = useLang()
  const tabs = (
    <div className={css.tabs}>
      <SegmentedControl size="xs" aria-label={t('answer.tabs')} value={mode} onChange={(value) => onMode(value as Writes)} data={[{ value: 'answer', label: t('answer.tabAnswer') }, { value: 'note', label: t('answer.tabNote') }]} />
      {mode === 'answer' && me.voice ? <span className={css.voice}>{me.voice.signOff ? t('answer.asSigned', { name: me.voice.name, sign: me.voice.signOff.replace(/^[\s–—-]+/, '') }) : t('answer.as', { name: me.voice.name })}</span> : null}
    </div>
  )
  if (!may('answer')) return <div className={css.answer}><Text size="sm" c="dimmed">{t('answer.viewer')}</Text></div>
  return (
    <section className={css.answer} aria-label={t('answer.label')}>
      {thread.claim && thread.claim.memberId !== me.id ? <div className={css.typing} role="status"><i className={css.typingDot} aria-hidden />{t('answer.claimedLong', { name: thread.claim.name })}</div> : null}
      <div className={`${css.box} ${mode === 'note' ? css.isNote : ''}`}>
        {tabs}
        {mode === 'note' ? <NoteForm thread={thread} handle={handle} /> : !thread.canAnswer.ok
          ? <Text size="sm" c="dimmed" px={14} py={12}>{thread.canAnswer.because ? pick(thread.canAnswer.because) : t('answer.cannot')}</Text>
          : me.voice ? <AnswerForm thread={thread} checks={checks} handle={handle} takes={takes} onTyping={onTyping} /> : <NoVoice />}
      </div>
    </section>
  )
}

function NoVoice() {
  const t = useWords(words)
  return <Text size="sm" px={14} py={12}>{t('answer.noVoice')} <Link to="/settings">{t('answer.makeVoice')}</Link></Text>
}

function NoteForm({ thread, handle }: { thread: Thread; handle: Ref<WritingHandle> }) {
  const t = useWords(words)
  const [text, setText] = useState('')
  const own = useRef<WritingHandle>(null)
  const { jot } = useAnswer(thread, { onGone: () => setText(''), onBack: setText })
  const keep = () => { if (text.trim()) jot.mutate(text) }
  return (
    <>
      <WritingArea className={css.area} handle={(made) => { own.current = made; join(handle, made) }} text={text} findings={[]} onText={setText} placeholder={t('answer.notePlace')} aria-label={t('answer.tabNote')} onKeyDown={onSendKey(keep)} />
      <MentionList text={text} onText={(next) => { setText(next); own.current?.focus() }} />
      <ProblemNote error={jot.error} />
      <div className={css.below}>
        <span />
        <Button className={css.push} size="xs" variant="default" onClick={keep} disabled={!text.trim()} loading={jot.isPending}>{t('answer.sendNote')}</Button>
      </div>
    </>
  )
}

function AnswerForm({ thread, checks, handle, takes, onTyping }: Pick<Given, 'thread' | 'checks' | 'handle' | 'takes' | 'onTyping'>) {
  const t = useWords(words)
  const { me, may } = useSession()
  const own = useRef<WritingHandle>(null)
  const draft = useDraft(thread.conversation.id, thread.draft)
  const claim = useClaim(thread.conversation.id, may('answer'))
  const [chosen, setChosen] = useState<string>()
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const { findings: here, lang } = useReview(checks, { text: draft.text, thread, memberId: me.id })
  const { send, held } = useAnswer(thread, { onGone: draft.clear, onBack: (text, files) => { draft.write(text); draft.attach(() => files) } })
  const along = useAlong(thread, draft)
  const findings = held.length > 0 && here.every((finding) => finding.weight !== 'stop') ? held : here
  const [isAsked, setAsked] = useState(false)
  const take = (text: string) => { draft.write(text); claim.touch(); own.current?.focus() }
  useImperativeHandle(takes, () => ({ take: (text) => take(joined(draft.text, text)) }))
  const open = unreasoned(findings, reasons)
  const over = overBy(draft.text, thread.canAnswer.limit)
  const go = () => {
    if (!draft.text.trim() || send.isPending || over > 0 || along.busy) return
    if (open.length > 0) return setAsked(true)
    setAsked(false)
    send.mutate({ text: draft.text, reasons, ...along.given }, { onSuccess: () => { setReasons({}); claim.release() } })
  }
  const use = (finding: Finding) => {
    const { text, from, to } = takenUp(draft.text, finding)
    draft.write(text)
    requestAnimationFrame(() => own.current?.goTo([from, to]))
  }
  return (
    <AlongPlace along={along}>
      <WritingArea
        className={css.area} handle={(made) => { own.current = made; join(handle, made) }} text={draft.text} findings={findings} chosen={chosen} lang={lang} placeholder={t('answer.place', { name: thread.contact.name })}
        aria-label={t('answer.label')} onText={(text) => { draft.write(text); claim.touch(); if (text) onTyping() }} onFocus={claim.touch} onFinding={setChosen} onKeyDown={onSendKey(go)}
      />
      {along.list}
      {draft.text === '' ? <Suggested id={thread.conversation.id} name={thread.contact.name} onTake={take} /> : null}
      <AnswerFoot kept={draft.kept} limit={thread.canAnswer.limit} text={draft.text} until={thread.canAnswer.until}>
        {along.button}
        <OpenersButton text={draft.text} lang={lang} name={thread.contact.name} onTake={take} />
        <Button size="xs" onClick={go} disabled={!draft.text.trim() || over > 0 || along.busy} loading={send.isPending} title={t('answer.sendKey', { key: modKey() })}>
          {isAsked && open.length === 0 && findings.some((finding) => finding.weight === 'stop') ? t('answer.sendWith') : thread.canAnswer.byHand ? t('byHand.make') : t('answer.send')}
        </Button>
      </AnswerFoot>
      <div style={{ padding: '0 12px' }}>
        <WhyNot error={send.error} onAgain={go} />
        {isAsked && open.length > 0 ? <Alert color="terracotta" variant="light" role="alert" mb={8} p={10}><Text size="sm">{t('answer.held')}</Text></Alert> : null}
        {findings.length > 0 ? (
          <details className={css.findings} open={isAsked || findings.some((finding) => finding.weight === 'stop') || undefined}>
            <summary>{t('answer.checks', { count: findings.length })}</summary>
            <Findings
              findings={findings} text={draft.text} lang={lang} chosen={chosen} onUse={use} onGoTo={(finding) => own.current?.goTo(finding.at)}
              reasons={reasons} {...(isAsked || held.length > 0 ? { onReason: (rule: string, reason: string) => setReasons((before) => ({ ...before, [rule]: reason })) } : {})}
            />
          </details>
        ) : null}
      </div>
    </AlongPlace>
  )
}

function join(handle: Ref<WritingHandle>, made: WritingHandle | null): void {
  if (typeof handle === 'function') handle(made)
  else if (handle) handle.current = made
}

/** A refusal said gently: some of them are only news. */
function WhyNot({ error, onAgain }: { error: Error | null; onAgain: () => void }) {
  const t = useWords(words)
  if (!(error instanceof Problem)) return <ProblemNote error={error} />
  if (error.code === 'held_by_check') return null
  if (error.code === 'answered_meanwhile') {
    return (
      <Alert color="sea" variant="light" role="alert" mb={8} title={error.title}>
        <Text size="sm">{error.detail}</Text>
        <Button size="xs" mt={8} variant="default" onClick={onAgain}>{t('answer.sendStill')}</Button>
      </Alert>
    )
  }
  if (error.code === 'claim_held') return <Alert color="sea" variant="light" role="alert" mb={8} title={error.title}><Text size="sm">{error.detail}</Text></Alert>
  return <ProblemNote error={error} retry={onAgain} />
}

const onSendKey = (send: () => void) => (event: KeyboardEvent<HTMLTextAreaElement>) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send() }
  if (event.key === 'Escape') event.currentTarget.blur()
}

function overBy(text: string, limit: Thread['canAnswer']['limit']): number {
  return limit ? countText(text, limit as TextLimit) - limit.max : 0
}
