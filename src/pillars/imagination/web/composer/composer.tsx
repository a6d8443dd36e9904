import { ActionIcon, Button, Modal } from '@mantine/core'
import { IconTrash, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Check } from '#kit/pillar.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { accountsQuery, create, groundQuery, post as read, remove, type Account, type Post } from '../calls.ts'
import { forget } from './backup.ts'
import css from './composer.module.css'
import { Pause } from './pause.tsx'
import { Revise } from './revise.tsx'
import { Standing } from './standing.tsx'
import { blank, wordsOf } from './writing.ts'
import { Writer } from './writer.tsx'
import { words } from './words/words.ts'

interface Given {
  readonly id: string; readonly on: string | undefined; readonly campaign: string | undefined; readonly checks: readonly Check[]
  readonly onClose: () => void; readonly onId: (id: string, how?: { readonly replace: boolean }) => void
}

/** The sheet over the calendar: a page being written, or a post and where it stands. */
export function Composer({ id, on, campaign, checks, onClose, onId }: Given) {
  const t = useWords(words)
  // A page that was just made on the server keeps its desk: only another post opens another one.
  const [desk, setDesk] = useState({ id, made: undefined as string | undefined, turn: 0 })
  if (desk.id !== id && desk.made !== id) setDesk({ id, made: undefined, turn: 0 })
  const isNew = desk.id === 'new'
  const post = useQuery({ queryKey: ['posts', isNew ? desk.made : desk.id], queryFn: () => read(isNew ? desk.made ?? '' : desk.id), enabled: !isNew || desk.made !== undefined, staleTime: 0 })
  const accounts = useQuery(accountsQuery)
  const onCreated = (made: string) => { setDesk((before) => ({ ...before, made })); onId(made, { replace: true }) }
  const isReady = accounts.data !== undefined && (isNew || post.data !== undefined)
  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ duration: 120, transition: 'slide-up' }} closeOnEscape trapFocus>
      <Modal.Content aria-label={t(`composer.${headOf(isNew ? undefined : post.data)}`)} radius={0}>
        <div className={css.sheet}>
          <Head post={post.data} isNew={isNew} onClose={onClose} onId={onId} />
          <Pause />
          {post.error ? <div style={{ padding: 24 }}><ProblemNote error={post.error} retry={() => void post.refetch()} /></div> : null}
          {accounts.error ? <div style={{ padding: 24 }}><ProblemNote error={accounts.error} retry={() => void accounts.refetch()} /></div> : null}
          {isReady ? <Body key={`${desk.id} ${desk.turn}`} post={post.data} isNew={isNew} on={on} campaign={campaign} checks={checks} accounts={accounts.data.items} onCreated={onCreated} onId={onId} onDraft={(back) => setDesk((before) => ({ id: back, made: undefined, turn: before.turn + 1 }))} /> : post.error || accounts.error ? null : <Waiting />}
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

const heads = { draft: 'editTitle', scheduled: 'scheduledTitle', published: 'publishedTitle', withdrawn: 'withdrawnTitle' } as const
const headOf = (post: Post | undefined) => (post ? heads[post.state] : 'newTitle')

function Head({ post, isNew, onClose, onId }: Pick<Given, 'onClose' | 'onId'> & { post: Post | undefined; isNew: boolean }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const throwAway = (draft: Post) => {
    onClose()
    forget(draft.id)
    const gone = remove(draft.id).then(() => queries.invalidateQueries({ queryKey: ['posts'] }))
    gone.catch((error: unknown) => wrong(error, t('act.failed')))
    undoable({
      says: t('after.deleted', { title: draft.title || t('untitled') }), undoLabel: t('after.undo'),
      undo: () => void gone.then(() => create(wordsOf(draft))).then((made) => onId(made.id)).catch((error: unknown) => wrong(error, t('act.failed'))),
    })
  }
  return (
    <div className={css.head}>
      <ActionIcon size="lg" onClick={onClose} aria-label={t('composer.close')}><IconX size={20} stroke={1.5} aria-hidden /></ActionIcon>
      <h1 className={css.headTitle}>{t(`composer.${headOf(isNew && post?.state === 'draft' ? undefined : post)}`)}</h1>
      <span className={css.push} />
      {post?.state === 'draft' && may('write') ? <Button size="xs" variant="subtle" color="stone" leftSection={<IconTrash size={16} stroke={1.5} aria-hidden />} onClick={() => throwAway(post)}>{t('after.delete')}</Button> : null}
    </div>
  )
}

interface Desk extends Pick<Given, 'on' | 'campaign' | 'checks' | 'onId'> { readonly post: Post | undefined; readonly isNew: boolean; readonly accounts: readonly Account[]; readonly onCreated: (id: string) => void
  /** It came back among the drafts: the page opens anew with what the server has. */
  readonly onDraft: (id: string) => void
}

function Body({ post, isNew, on, campaign, checks, accounts, onCreated, onId, onDraft }: Desk) {
  const { workspace, may } = useSession()
  const queries = useQueryClient()
  const { data } = useQuery(groundQuery)
  const [revising, setRevising] = useState(false)
  // What the page began with: later reads of the same draft do not move the words under somebody's hands.
  const [from] = useState(isNew ? undefined : post)
  const [start] = useState(() => (post ? wordsOf(post) : blank(workspace.lang, accounts, campaign ?? null)))
  const take = (next: Post) => {
    queries.setQueryData(['posts', next.id], next)
    setRevising(false)
    if (next.state === 'draft') onDraft(next.id)
  }
  const voice = data?.voices.find((one) => one.memberId === post?.authorId)
  if (post && post.state !== 'draft') {
    return revising
      ? <Revise post={post} accounts={accounts} checks={checks} onDone={take} onStop={() => setRevising(false)} />
      : <Standing post={post} accounts={accounts} voice={voice} onEdit={() => setRevising(true)} onPost={take} onOpen={onId} />
  }
  if (!may('write')) return post ? <Standing post={post} accounts={accounts} voice={voice} onEdit={() => undefined} onPost={take} onOpen={onId} /> : null
  const now = from?.state === 'draft' || isNew ? from : post
  return <Writer key={now?.state === 'draft' || isNew ? 'page' : 'again'} from={now} start={now ? wordsOf(now) : start} post={post} on={on} checks={checks} accounts={accounts} onCreated={onCreated} onOut={take} />
}
