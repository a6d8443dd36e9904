import { Alert, Button, Group, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Problem } from '#ui/api.ts'
import { Mark, Waiting } from '#ui/columns-mark.tsx'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { exact } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { decide, reviewQuery, type Reviewed } from './calls.ts'
import css from './review-page.module.css'
import { ReviewedFace } from './reviewed-face.tsx'
import { words } from './words/words.ts'

const langNames = { en: 'English', el: 'Ελληνικά' } as const

/** What somebody without an account sees of a post, and their yes or their word on what should change. */
export function ReviewPage({ token }: { token: string }) {
  const t = useWords(words)
  const { lang, speak } = useLang()
  const other = lang === 'en' ? 'el' : 'en'
  const found = useQuery(reviewQuery(token))
  useEffect(() => { document.title = `${t('review.page.title')} · Stoa` }, [t])
  return (
    <div className={css.frame}>
      <header className={css.top}>
        <Mark size={28} />
        <b lang={found.data?.site.lang}>{found.data?.site.name ?? 'Stoa'}</b>
        <Button size="compact-sm" variant="subtle" color="stone" lang={other} onClick={() => speak(other)}>{langNames[other]}</Button>
      </header>
      <main className={css.main}>
        {found.isPending ? <Waiting /> : null}
        {found.error ? <><h1>{t('review.page.bad')}</h1><ProblemNote error={found.error} /></> : null}
        {found.data ? <Review token={token} given={found.data} /> : null}
      </main>
    </div>
  )
}

function Review({ token, given }: { token: string; given: Reviewed }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { zone } = given.site
  return (
    <>
      <h1>{t('review.page.title')}</h1>
      <p className={css.lead}>{t('review.page.lead', { site: given.site.name, who: given.forWhom || t('review.page.you') })}</p>
      <p className={css.facts}>
        {given.author ? <span>{t('review.page.by', { name: given.author })}</span> : null}
        {given.dueAt ? <span>{t('review.page.due', { time: exact(new Date(given.dueAt), lang, zone) })}</span> : null}
        <span>{t('review.page.until', { time: exact(new Date(given.expiresAt), lang, zone) })}</span>
      </p>
      {given.isProposal ? <p className={css.lead}>{t('review.page.proposal', { note: given.note })}</p> : null}
      <h2 className={css.places}>{t('review.page.places')}</h2>
      <div className={css.faces}>{given.faces.map((face) => <ReviewedFace key={face.accountId} face={face} given={given} />)}</div>
      <Verdict token={token} given={given} />
    </>
  )
}

/** One decision: yes, or back with a word on why. */
function Verdict({ token, given }: { token: string; given: Reviewed }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [name, setName] = useState(given.forWhom)
  const [note, setNote] = useState('')
  const [isBare, setBare] = useState(false)
  const act = useMutation({
    mutationFn: (deed: 'approve' | 'return') => decide(token, { do: deed, name: name.trim(), note: note.trim(), version: given.version }),
    onError: (error) => { if (error instanceof Problem && error.code === 'changed_meanwhile') void queries.invalidateQueries({ queryKey: ['review', token] }) },
  })
  if (act.data) return <Alert role="status" color="leaf" variant="light" mt={24}>{t(act.data.done === 'approve' ? 'review.page.approved' : 'review.page.returned')}</Alert>
  if (!given.open) return <Alert role="status" color="sea" variant="light" mt={24}>{t('review.page.closed')}</Alert>
  const isChanged = act.error instanceof Problem && act.error.code === 'changed_meanwhile'
  const sendBack = () => { if (note.trim() === '') setBare(true); else act.mutate('return') }
  return (
    <form className={css.verdict} onSubmit={(event) => { event.preventDefault(); if (name.trim()) act.mutate('approve') }}>
      {isChanged ? <Alert role="alert" color="sea" variant="light">{t('review.page.changed')}</Alert> : <ProblemNote error={act.error} />}
      <TextInput required label={t('review.page.name')} maxLength={120} autoComplete="name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea label={t('review.page.note')} placeholder={t('review.page.notePlace')} maxLength={2000} minRows={3} value={note} error={isBare && note.trim() === '' ? t('review.page.needNote') : undefined} onChange={(event) => setNote(event.currentTarget.value)} />
      <Group gap={8}>
        <Button type="submit" disabled={name.trim() === ''} loading={act.isPending}>{t('review.page.approve')}</Button>
        <Button variant="default" disabled={name.trim() === ''} loading={act.isPending} onClick={sendBack}>{t('review.page.return')}</Button>
      </Group>
    </form>
  )
}
