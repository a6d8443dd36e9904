import { ActionIcon, Button, CopyButton, Group, Select, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconLinkPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import type { Post } from '../../calls.ts'
import { makeReviewLink, reviewLinksQuery, revokeReviewLink, type ReviewLink } from '../calls.ts'
import side from '../composer.module.css'
import { words } from '../words/words.ts'
import css from './team.module.css'

const spans = ['1', '7', '30'] as const

/** Links with which people without an account look at a post and say yes or send it back. */
export function ReviewLinks({ post }: { post: Post }) {
  const t = useWords(words)
  const { may } = useSession()
  const { data } = useQuery(reviewLinksQuery(post.id))
  const mayMake = may('write') && (post.state === 'draft' || post.proposal !== null)
  if (!mayMake && (data?.items.length ?? 0) === 0) return null
  return (
    <section aria-label={t('review.links')}>
      <h2 className={side.sideTitle}>{t('review.links')}</h2>
      {data && data.items.length > 0 ? <ul className={css.links}>{data.items.map((one) => <Line key={one.id} one={one} postId={post.id} />)}</ul> : null}
      {mayMake ? <NewLink postId={post.id} /> : null}
    </section>
  )
}

function Line({ one, postId }: { one: ReviewLink; postId: string }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const revoke = useMutation({ mutationFn: () => revokeReviewLink(postId, one.id), onSuccess: () => queries.invalidateQueries({ queryKey: reviewLinksQuery(postId).queryKey }) })
  return (
    <li data-state={one.state}>
      <span><b>{one.forWhom || t('review.anybody')}</b> <small>{t(`review.states.${one.state}`)}{one.state === 'open' ? <> · {one.openedAt ? t('review.opened') : t('review.unopened')} · <When at={one.expiresAt} /></> : null}</small></span>
      {one.state === 'open' ? <ActionIcon aria-label={t('review.revoke', { name: one.forWhom || t('review.anybody') })} title={t('review.revokeShort')} loading={revoke.isPending} onClick={() => revoke.mutate()}><IconX size={16} stroke={1.5} aria-hidden /></ActionIcon> : null}
    </li>
  )
}

function NewLink({ postId }: { postId: string }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [forWhom, setForWhom] = useState('')
  const [days, setDays] = useState<string>('7')
  const make = useMutation({
    mutationFn: () => makeReviewLink(postId, { forWhom: forWhom.trim(), days: Number(days) }),
    onSuccess: async () => { setForWhom(''); await queries.invalidateQueries({ queryKey: reviewLinksQuery(postId).queryKey }) },
  })
  return (
    <>
      {make.data ? (
        <div className={css.made}>
          <p>{t('review.made')}</p>
          <Group gap={6} wrap="nowrap">
            <TextInput size="xs" readOnly value={make.data.url} aria-label={t('review.link')} onFocus={(event) => event.currentTarget.select()} style={{ flex: 1 }} />
            <CopyButton value={make.data.url}>{({ copied, copy }) => <Button size="xs" variant="light" onClick={copy} leftSection={copied ? <IconCheck size={16} stroke={1.5} aria-hidden /> : <IconCopy size={16} stroke={1.5} aria-hidden />}>{copied ? t('review.copied') : t('review.copy')}</Button>}</CopyButton>
          </Group>
        </div>
      ) : null}
      <form className={css.newLink} onSubmit={(event) => { event.preventDefault(); make.mutate() }}>
        <TextInput size="xs" label={t('review.forWhom')} placeholder={t('review.forWhomPlace')} maxLength={120} value={forWhom} onChange={(event) => setForWhom(event.currentTarget.value)} />
        <Select size="xs" w={96} label={t('review.span')} allowDeselect={false} value={days} onChange={(value) => setDays(value ?? '7')} data={spans.map((span) => ({ value: span, label: t('review.days', { count: Number(span) }) }))} />
        <Button size="xs" type="submit" variant="light" loading={make.isPending} leftSection={<IconLinkPlus size={16} stroke={1.5} aria-hidden />}>{t('review.make')}</Button>
      </form>
      <ProblemNote error={make.error} />
    </>
  )
}
