import { ActionIcon, Button, Drawer } from '@mantine/core'
import { IconArrowLeft, IconId } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import type { Check } from '#kit/pillar.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { onLive } from '#ui/live.ts'
import { usePresence } from '#ui/presence.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import type { WritingHandle } from '#ui/writing/writing-area.tsx'
import { AssignMenu, DoneButton, LaterMenu } from './act-menus.tsx'
import { AnswerBox, type Takes, type Writes } from './answer.tsx'
import { keepDraft, thread as read, type Along, type Thread } from './calls.ts'
import { ChannelMark } from './channel-mark.tsx'
import { ContactCard } from './contact-card.tsx'
import { MessageView } from './message.tsx'
import { Near } from './near.tsx'
import { MoreMenu } from './more-menu.tsx'
import { Moves, useSplit } from './moves.tsx'
import { Standing } from './duty-standing.tsx'
import { MacroMenu } from './macros.tsx'
import { begun } from './openers.tsx'
import { Ruled } from './ruled.tsx'
import { useRead } from './use-read.ts'
import css from './thread.module.css'
import type { Acts, Subject } from './use-acts.ts'
import { words } from './words/words.ts'

export interface ThreadHandle { reply(): void; note(): void; assign(): void; later(): void; tags(): void; macros(): void }
interface Given { readonly id: string; readonly checks: readonly Check[]; readonly acts: Acts; readonly onClose: () => void; readonly handle: Ref<ThreadHandle> }

/** One conversation: what was said, the answer being written, and who they are. */
export function ThreadPane({ id, ...rest }: Given) {
  const queries = useQueryClient()
  const asked = useQuery({ queryKey: ['conversations', id], queryFn: () => read(id), staleTime: 0 })
  // A note or a claim is no message; the thread hears of it all the same.
  useEffect(() => onLive((event) => {
    if (event.conversationId === id) void queries.invalidateQueries({ queryKey: ['conversations', id] })
  }), [queries, id])
  if (asked.error && !asked.data) return <div style={{ padding: 24 }}><ProblemNote error={asked.error} retry={() => void asked.refetch()} /></div>
  if (!asked.data) return <Waiting />
  return <Open key={id} thread={asked.data} {...rest} />
}

export const subjectOf = (thread: Thread): Subject => ({
  id: thread.conversation.id, name: thread.contact.name, state: thread.conversation.state, assigneeId: thread.conversation.assignee?.id ?? null, snoozedUntil: thread.conversation.snoozedUntil,
})

function Open({ thread, checks, acts, onClose, handle }: Omit<Given, 'id'> & { thread: Thread }) {
  const t = useWords(words)
  const [mode, setMode] = useState<Writes>('answer')
  const [menu, setMenu] = useState<'assign' | 'later' | 'more' | 'macros'>()
  const [again, setAgain] = useState(0)
  const [card, setCard] = useState(false)
  const writing = useRef<WritingHandle>(null)
  const takes = useRef<Takes>(null)
  const queries = useQueryClient()
  const { me, may } = useSession()
  const near = usePresence(thread.conversation, me.id)
  const { saySeen } = near
  const newest = thread.messages.at(-1)?.id
  useEffect(() => { saySeen() }, [saySeen, newest])
  const focus = (next: Writes) => { setMode(next); requestAnimationFrame(() => writing.current?.focus()) }
  useImperativeHandle(handle, () => ({ reply: () => focus('answer'), note: () => focus('note'), assign: () => setMenu('assign'), later: () => setMenu('later'), tags: () => setMenu('more'), macros: () => setMenu('macros') }), [])
  const subject = subjectOf(thread)
  useRead(thread)
  const beginWith = (text: string) => { setMode('answer'); requestAnimationFrame(() => takes.current?.take(begun(text, thread.contact.name))) }
  // The text comes back as this member's draft, and the box opens anew with it.
  const writeAgain = async (text: string, files: readonly Along[]) => {
    await keepDraft(subject.id, text, files)
    await queries.invalidateQueries({ queryKey: ['conversations', subject.id] })
    setAgain((count) => count + 1)
  }
  return (
    <div className={css.thread}>
      <section className={css.talk} aria-label={t('thread.label', { name: thread.contact.name })}>
        <header className={css.head}>
          <ActionIcon className={css.onlyPhone} onClick={onClose} aria-label={t('inbox.back')}><IconArrowLeft size={20} stroke={1.5} aria-hidden /></ActionIcon>
          <Who thread={thread} />
          <div className={css.acts}>
            <Button className={css.onlyNarrow} size="xs" variant="default" px={8} aria-label={t('thread.showCard', { name: thread.contact.name })} onClick={() => setCard(true)}><IconId size={16} stroke={1.5} aria-hidden /></Button>
            {may('answer') ? (
              <>
                <AssignMenu subject={subject} acts={acts} holder={thread.conversation.assignee?.name} opened={menu === 'assign'} onOpened={(opened) => setMenu(opened ? 'assign' : undefined)} />
                <LaterMenu subject={subject} acts={acts} opened={menu === 'later'} onOpened={(opened) => setMenu(opened ? 'later' : undefined)} />
                <MacroMenu id={subject.id} opened={menu === 'macros'} onOpened={(opened) => setMenu(opened ? 'macros' : undefined)} onText={beginWith} />
                <MoreMenu thread={thread} opened={menu === 'more'} onOpened={(opened) => setMenu(opened ? 'more' : undefined)} onLeft={onClose} />
                <DoneButton subject={subject} acts={acts} />
              </>
            ) : null}
          </div>
        </header>
        <Standing id={subject.id} />
        <Ruled id={subject.id} />
        <Moves thread={thread} />
        <Messages thread={thread} onAgain={(text, files) => void writeAgain(text, files).catch((error: unknown) => wrong(error, t('act.failed')))} />
        <Near near={near} contact={thread.contact.name} />
        <AnswerBox key={again} thread={thread} checks={checks} mode={mode} onMode={focus} handle={writing} takes={takes} onTyping={near.sayTyping} />
      </section>
      <ContactCard contact={thread.contact} conversationId={subject.id} />
      <Drawer opened={card} onClose={() => setCard(false)} title={t('card.title')} size={340} closeButtonProps={{ 'aria-label': t('thread.cancel') }}>
        <div className={css.inDrawer}><ContactCard contact={thread.contact} conversationId={subject.id} /></div>
      </Drawer>
    </div>
  )
}

function Who({ thread }: { thread: Thread }) {
  const t = useWords(words)
  const { post, conversation } = thread
  return (
    <div className={css.who}>
      <h2 className={css.whoName}>{thread.contact.name}</h2>
      <div className={css.whoUnder}>
        <ChannelMark channel={conversation.channel} size={14} />
        <span>{t(`thread.${conversation.visibility}`)}</span>
        {thread.conversation.tags.map((tag) => <Link key={tag} to="/inbox" search={{ view: 'all', q: `tag:${/\s/.test(tag) ? `"${tag}"` : tag}` }} className={css.tag}>{tag}</Link>)}
        {post ? <span>{t('thread.under')} {post.url ? <a href={post.url} target="_blank" rel="noreferrer">{post.title}</a> : <Link to="/calendar" search={{ post: post.id }}>{post.title}</Link>}</span> : null}
      </div>
    </div>
  )
}

/** The messages, the newest in sight; whoever has scrolled up to read is left there. */
function Messages({ thread, onAgain }: { thread: Thread; onAgain: (text: string, files: readonly Along[]) => void }) {
  const t = useWords(words)
  const { may } = useSession()
  const box = useRef<HTMLUListElement>(null)
  const atEnd = useRef(true)
  const count = thread.messages.length
  const onSplit = useSplit(thread.conversation.id)
  useLayoutEffect(() => { if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight }) }, [count])
  return (
    <ul
      ref={box} className={css.messages} aria-label={t('thread.messages')} tabIndex={0}
      onScroll={({ currentTarget: list }) => { atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 80 }}
    >
      {thread.messages.map((message, place) => (
        <MessageView
          key={message.id} message={message} mayModerate={may('moderate')} onAgain={onAgain} openAt={may('answer') ? thread.canAnswer.openAt : undefined}
          onSplit={place > 0 && may('answer') && message.direction === 'in' ? onSplit : undefined}
        />
      ))}
    </ul>
  )
}
