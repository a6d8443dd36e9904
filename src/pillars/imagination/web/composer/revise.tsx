import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { placeIn, wholeText, wordsOf, type Face } from '#core/posts/rules.ts'
import type { Check, Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { Findings } from '#ui/writing/findings.tsx'
import type { WritingHandle } from '#ui/writing/writing-area.tsx'
import { edit, loose, type Account, type Post } from '../calls.ts'
import { byStrictness } from '../room.ts'
import { forget, keep, kept } from './backup.ts'
import css from './composer.module.css'
import { takenInto, TitleLine, withMedia } from './desk.tsx'
import { Faces } from './faces.tsx'
import { useUploads } from './media/use-uploads.ts'
import { goToIn, Sheet } from './sheet.tsx'
import { Staying } from './staying.tsx'
import { useSaid } from './use-said.ts'
import { sharing, sheetOf, variantOf, writeOn } from './variants.ts'
import { words } from './words/words.ts'
import type { Words } from './writing.ts'

interface Given { readonly post: Post; readonly accounts: readonly Account[]; readonly checks: readonly Check[]; readonly onDone: (post: Post) => void; readonly onStop: () => void }

/** New words for what is out already, with the public note that tells readers what changed. */
export function Revise({ post, accounts, checks, onDone, onStop }: Given) {
  const t = useWords(words)
  const [shelf, page, write] = useRevision(post)
  const [at, setAt] = useState<string>()
  const [note, setNote] = useState('')
  const face = sheetOf(page, at)
  const said = useSaid(checks, { page, face, from: post })
  const areas = useRef<(WritingHandle | null)[]>([])
  const going = byStrictness(accounts.filter((account) => page.accountIds.includes(account.id)))
  const onFace = (change: Partial<Face> | ((face: Face) => Partial<Face>)) => { said.changed(); write((before) => writeOn(before, at, typeof change === 'function' ? change(sheetOf(before, at)) : change)) }
  const uploads = useUploads(shelf, (media, place) => write((before) => withMedia(before, place, media.id)))
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => edit(post.id, loose({ version: post.version, title: page.title, text: page.text, media: page.media, thread: page.thread, firstComment: page.firstComment, warning: page.warning, variants: wordsOf(page).variants, note: note.trim(), reasons: said.reasons })),
    onSuccess: async (now) => { forget(shelf); told(t(now.proposal ? 'after.proposedNow' : 'after.edited')); onDone(now); await queries.invalidateQueries({ queryKey: ['posts'] }) },
    onError: (error) => { if (error instanceof Problem && error.code === 'held_by_check') said.hold((error.extra['findings'] as readonly Finding[] | undefined) ?? []) },
  })
  const isReady = note.trim() !== '' && page.text.trim() !== '' && !said.stops
  return (
    <>
      <div className={css.main}>
        <div className={css.page}>
          <div className={css.column}>
            {going.length > 1 ? <Faces page={page} going={going} at={at} onAt={setAt} onPage={write} /> : null}
            <TitleLine title={face.title} lang={page.lang} onTitle={(title) => onFace({ title })} onDown={() => areas.current[0]?.focus()} />
            <Sheet face={face} lang={page.lang} said={said} accounts={at === undefined ? sharing(page, going) : going.filter((account) => account.id === at)} uploads={uploads} name={variantOf(page, at)?.accountId ?? ''} at={going.length > 1 ? at : undefined} areas={areas} onFace={onFace} />
          </div>
        </div>
        <aside className={css.side}>
          <div className={css.stack}>
            <Staying post={post} />
            <TextInput label={t('after.note')} placeholder={t('after.notePlace')} maxLength={500} value={note} lang={page.lang} onChange={(event) => setNote(event.currentTarget.value)} />
            <Findings
              findings={said.findings} text={said.text} lang={page.lang} chosen={said.chosen} reasons={said.reasons} onReason={said.give}
              onGoTo={(finding) => goToIn(areas, placeIn(wholeText(face), finding.at))} onUse={(finding) => onFace(takenInto(face, finding, () => undefined))}
            />
          </div>
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

type Change = Partial<Words> | ((before: Words) => Partial<Words>)

/** The new words, kept by the browser until they are published or given up. */
function useRevision(post: Post): readonly [shelf: string, page: Words, write: (change: Change) => void] {
  const shelf = `edit.${post.id}`
  const [page, setPage] = useState<Words>(() => kept(shelf)?.words ?? wordsOf(post))
  const write = (change: Change) => setPage((before) => {
    const next = { ...before, ...(typeof change === 'function' ? change(before) : change) }
    keep(shelf, { words: next, at: new Date().toISOString(), version: post.version })
    return next
  })
  return [shelf, page, write]
}
