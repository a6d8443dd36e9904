import { Button, Group, Textarea } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconHourglass, IconUserCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { may as mayDo, type Deed } from '#core/posts/approval/rules.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import type { Post } from '../../calls.ts'
import { approve } from '../calls.ts'
import side from '../composer.module.css'
import type { Saving } from '../use-saving.ts'
import { words } from '../words/words.ts'
import css from './team.module.css'

type Act = Exclude<Deed, 'change'>
const icons = { none: IconUserCheck, asked: IconHourglass, half: IconHourglass, approved: IconCheck, returned: IconArrowBackUp } as const

/** Where the approval stands, what is missing, and what this member can do about it. */
export function Approval({ post, saving }: { post: Post; saving?: Saving | undefined }) {
  const t = useWords(words)
  const { approval } = post
  const Icon = icons[approval.state]
  return (
    <section aria-label={t('approval.title')}>
      <h2 className={side.sideTitle}>{t('approval.title')}<small>{t(`approval.modes.${approval.mode}`)}</small></h2>
      <div className={css.state} data-state={approval.state} role="status">
        <Icon size={18} stroke={1.5} aria-hidden />
        <span>{t(`approval.states.${approval.state}`, { missing: approval.wanted - approval.counting })}</span>
      </div>
      {approval.steps.length > 0 ? (
        <ol className={css.steps}>
          {approval.steps.map((step) => (
            <li key={step.n}>
              <b>{step.name}</b> {t(`approval.deeds.${step.deed}`)} <When at={step.at} />
              {step.note ? <q>{step.note}</q> : null}
            </li>
          ))}
        </ol>
      ) : null}
      <Deeds post={post} saving={saving} />
    </section>
  )
}

function Deeds({ post, saving }: { post: Post; saving?: Saving | undefined }) {
  const t = useWords(words)
  const { me, may } = useSession()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [returning, setReturning] = useState(false)
  const act = useMutation({
    mutationFn: async (deed: Act) => { const now = await saving?.settled(); return approve(post.id, { do: deed, note: note.trim(), version: now?.version ?? post.version }) },
    onSuccess: (next) => { queries.setQueryData(['posts', next.id], next); setNote(''); setReturning(false) },
  })
  const { approval } = post
  const can = (deed: Act) => mayDo(deed, { memberId: me.id, linkId: null }, { steps: approval.steps, rules: { mode: approval.mode, linksCount: approval.linksCount, writers: approval.writers } })
  const isOpen = post.state === 'draft' || post.proposal !== null
  if (!isOpen) return null
  const [ask, yes, back] = [can('ask') === 'yes' && may('write'), can('approve'), can('return') === 'yes' && may('publish')]
  return (
    <>
      {ask || returning ? <Textarea size="sm" minRows={2} maxLength={1000} lang={post.lang} aria-label={t('approval.note')} placeholder={returning ? t('approval.notePlaceBack') : t('approval.notePlace')} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus={returning || undefined} /> : null}
      <Group gap={6} mt={8}>
        {ask ? <Button size="compact-sm" variant="light" loading={act.isPending} onClick={() => act.mutate('ask')}>{t('approval.ask')}</Button> : null}
        {yes === 'yes' && may('publish') && !returning ? <Button size="compact-sm" loading={act.isPending} onClick={() => act.mutate('approve')}>{t('approval.approve')}</Button> : null}
        {back && !returning ? <Button size="compact-sm" variant="default" onClick={() => setReturning(true)}>{t('approval.return')}</Button> : null}
        {returning ? <><Button size="compact-sm" disabled={note.trim() === ''} loading={act.isPending} onClick={() => act.mutate('return')}>{t('approval.returnNow')}</Button><Button size="compact-sm" variant="subtle" color="stone" onClick={() => setReturning(false)}>{t('act.cancel')}</Button></> : null}
        {can('withdraw') === 'yes' && may('write') && !returning ? <Button size="compact-sm" variant="subtle" color="stone" onClick={() => act.mutate('withdraw')}>{t('approval.withdraw')}</Button> : null}
      </Group>
      {yes === 'own-words' ? <p className={css.quiet}>{t('approval.ownWords')}</p> : null}
      <ProblemNote error={act.error} />
    </>
  )
}
