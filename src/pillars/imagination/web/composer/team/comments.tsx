import { Button, Checkbox, Group, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Face } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import type { Post } from '../../calls.ts'
import { commentsQuery, membersQuery, resolve, say, type Comment } from '../calls.ts'
import side from '../composer.module.css'
import { words } from '../words/words.ts'
import css from './team.module.css'

/** What the team says about a post; nobody outside ever sees it. */
export function Comments({ post }: { post: Post }) {
  const t = useWords(words)
  const { may } = useSession()
  const { data } = useQuery(commentsQuery(post.id))
  const [isAll, setAll] = useState(false)
  const done = data?.items.filter((one) => one.resolved).length ?? 0
  const shown = data?.items.filter((one) => isAll || !one.resolved) ?? []
  return (
    <section aria-label={t('comments.title')}>
      <h2 className={side.sideTitle}>{t('comments.title')}<small>{t('comments.inside')}</small></h2>
      {shown.length > 0 ? <ul className={css.comments}>{shown.map((one) => <Thread key={one.id} one={one} postId={post.id} />)}</ul> : null}
      {done > 0 ? <Button size="compact-xs" variant="subtle" color="stone" onClick={() => setAll(!isAll)}>{isAll ? t('comments.hideDone') : t('comments.showDone', { count: done })}</Button> : null}
      {may('write') ? <Say postId={post.id} threadId={null} /> : null}
    </section>
  )
}

function Thread({ one, postId }: { one: Comment; postId: string }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const [isAnswering, setAnswering] = useState(false)
  const close = useMutation({
    mutationFn: (isDone: boolean) => resolve(postId, one.id, isDone),
    onSuccess: async (all) => { queries.setQueryData(commentsQuery(postId).queryKey, all); await queries.invalidateQueries({ queryKey: ['posts', postId], exact: true }) },
  })
  return (
    <li data-done={one.resolved ? true : undefined}>
      <Said of={one} />
      {one.answers.map((answer) => <div key={answer.id} className={css.answer}><Said of={answer} /></div>)}
      {may('write') ? (
        <Group gap={10} mt={4}>
          <Button size="compact-xs" variant="subtle" onClick={() => setAnswering(!isAnswering)}>{t('comments.answer')}</Button>
          <Checkbox size="xs" label={t('comments.done')} checked={one.resolved !== null} onChange={(event) => close.mutate(event.currentTarget.checked)} />
        </Group>
      ) : null}
      {isAnswering ? <Say postId={postId} threadId={one.id} onSaid={() => setAnswering(false)} /> : null}
    </li>
  )
}

function Said({ of: { by, text, mentions, at } }: { of: Pick<Comment, 'by' | 'text' | 'mentions' | 'at'> }) {
  const t = useWords(words)
  const name = by?.name ?? t('comments.left')
  return (
    <div className={css.saying}>
      <Face name={name} size={24} />
      <div>
        <div className={css.sayer}><b>{name}</b> <When at={at} /></div>
        <p>{text}</p>
        {mentions.length > 0 ? <small>{t('comments.told', { names: mentions.map((one) => one.name).join(', ') })}</small> : null}
      </div>
    </div>
  )
}

const calling = /(?:^|\s)@([\p{L}\p{M}]*)$/u

function Say({ postId, threadId, onSaid }: { postId: string; threadId: string | null; onSaid?: () => void }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const { data: team } = useQuery(membersQuery)
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () => say(postId, { text: text.trim(), threadId }),
    onSuccess: async ({ items }) => { queries.setQueryData(commentsQuery(postId).queryKey, { items }); setText(''); onSaid?.(); await queries.invalidateQueries({ queryKey: ['posts', postId], exact: true }) },
  })
  const called = calling.exec(text)?.[1]?.toLocaleLowerCase()
  const offered = called === undefined ? [] : (team?.items ?? []).filter((one) => one.name.toLocaleLowerCase().startsWith(called)).slice(0, 4)
  const take = (name: string) => { setText(text.replace(/@[\p{L}\p{M}]*$/u, () => `@${name} `)); box.current?.focus() }
  return (
    <form className={css.say} onSubmit={(event) => { event.preventDefault(); if (text.trim()) send.mutate() }}>
      <Textarea
        ref={box} size="sm" minRows={2} maxLength={5000} aria-label={threadId ? t('comments.answerText') : t('comments.text')} placeholder={t('comments.place')} value={text} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); if (text.trim()) send.mutate() } }}
      />
      {offered.length > 0 ? <Group gap={4} mt={6} role="group" aria-label={t('comments.call')}>{offered.map((one) => <Button key={one.id} size="compact-xs" variant="light" leftSection={<Face name={one.name} size={16} />} onClick={() => take(one.name)}>{one.name}</Button>)}</Group> : null}
      <Group justify="flex-end" mt={6}><Button size="compact-sm" type="submit" variant="light" loading={send.isPending} disabled={text.trim() === ''}>{t('comments.say')}</Button></Group>
      <ProblemNote error={send.error} />
    </form>
  )
}
