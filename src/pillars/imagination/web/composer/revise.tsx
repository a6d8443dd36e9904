import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Check, Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { Findings } from '#ui/writing/findings.tsx'
import { takenUp } from '#ui/writing/places.ts'
import { unreasoned } from '#ui/writing/review.ts'
import { WritingArea, type WritingHandle } from '#ui/writing/writing-area.tsx'
import { edit, groundQuery, type Post } from '../calls.ts'
import { forget, keep, kept } from './backup.ts'
import css from './composer.module.css'
import { Pictures, usePictures } from './pictures.tsx'
import { useReview } from './use-review.ts'
import { wordsOf, type Words } from './writing.ts'
import { words } from './words/words.ts'

interface Given { readonly post: Post; readonly checks: readonly Check[]; readonly onDone: (post: Post) => void; readonly onStop: () => void }

/** New words for what is out already, with the public note that tells readers what changed. */
export function Revise({ post, checks, onDone, onStop }: Given) {
  const t = useWords(words)
  const queries = useQueryClient()
  const shelf = `edit.${post.id}`
  const [page, setPage] = useState<Words>(() => kept(shelf)?.words ?? wordsOf(post))
  const [note, setNote] = useState('')
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const [held, setHeld] = useState<readonly Finding[]>([])
  const [chosen, setChosen] = useState<string>()
  const area = useRef<WritingHandle>(null)
  const { data: ground } = useQuery(groundQuery)
  const [opened] = useState(() => new Date().toISOString())
  const here = useReview(checks, { words: page, ground, memberId: post.authorId, postId: post.id, goesOutAt: opened })
  const findings = held.length > 0 ? held : here
  const write = (change: Partial<Words> | ((before: Words) => Partial<Words>)) => setPage((before) => {
    const next = { ...before, ...(typeof change === 'function' ? change(before) : change) }
    keep(shelf, { words: next, at: new Date().toISOString(), version: post.version })
    return next
  })
  const taking = usePictures((change) => write((before) => ({ media: change(before.media) })))
  const save = useMutation({
    mutationFn: () => edit(post.id, { version: post.version, title: page.title, text: page.text, media: page.media, note: note.trim(), reasons }),
    onSuccess: async (now) => { forget(shelf); told(t('after.edited')); onDone(now); await queries.invalidateQueries({ queryKey: ['posts'] }) },
    onError: (error) => { if (error instanceof Problem && error.code === 'held_by_check') setHeld((error.extra['findings'] as readonly Finding[] | undefined) ?? []) },
  })
  const isReady = note.trim() !== '' && page.text.trim() !== '' && unreasoned(findings, reasons).length === 0
  return (
    <>
      <div className={css.main}>
        <div className={css.page}>
          <div className={css.column}>
            <textarea className={css.title} rows={1} value={page.title} maxLength={200} aria-label={t('composer.title')} placeholder={t('composer.titlePlace')} lang={page.lang} onChange={(event) => write({ title: event.currentTarget.value.replace(/\n/g, ' ') })} />
            <WritingArea handle={area} className={css.text} text={page.text} findings={findings} chosen={chosen} lang={page.lang} maxLength={60_000} aria-label={t('composer.text')} onText={(text) => { setHeld([]); write({ text }) }} onFinding={setChosen} />
            <Pictures media={page.media} taking={taking} onMedia={(change) => write((before) => ({ media: change(before.media) }))} />
          </div>
        </div>
        <aside className={css.side}>
          <TextInput label={t('after.note')} placeholder={t('after.notePlace')} maxLength={500} value={note} lang={page.lang} onChange={(event) => setNote(event.currentTarget.value)} />
          <Findings
            findings={findings} text={page.text} lang={page.lang} chosen={chosen} reasons={reasons} onReason={(rule, reason) => setReasons((before) => ({ ...before, [rule]: reason }))}
            onGoTo={(finding) => area.current?.goTo(finding.at)} onUse={(finding) => write({ text: takenUp(page.text, finding).text })}
          />
        </aside>
      </div>
      <div className={css.bar}>
        <ProblemNote error={save.error instanceof Problem && save.error.code === 'held_by_check' ? null : save.error} />
        <span className={css.push} />
        <Button variant="default" onClick={() => { forget(shelf); onStop() }}>{t('after.editCancel')}</Button>
        <Button loading={save.isPending} disabled={!isReady} onClick={() => save.mutate()}>{t('after.saveEdit')}</Button>
      </div>
    </>
  )
}
