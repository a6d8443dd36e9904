import { Button, Group, Modal, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Piece } from '#text/diff.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import type { Post } from '../../calls.ts'
import { restore, versionQuery, versionsQuery, type VersionLine } from '../calls.ts'
import side from '../composer.module.css'
import type { Saving } from '../use-saving.ts'
import { words } from '../words/words.ts'
import css from './team.module.css'

const few = 6

/** How a post came to be: each version, what changed since, and the way back. */
export function Versions({ post, saving }: { post: Post; saving?: Saving | undefined }) {
  const t = useWords(words)
  const { data } = useQuery({ ...versionsQuery(post.id), staleTime: 0 })
  const [looking, setLooking] = useState<VersionLine>()
  const [isAll, setAll] = useState(false)
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-label={t('versions.title')}>
      <h2 className={side.sideTitle}>{t('versions.title')}</h2>
      <ul className={css.versions}>
        {(isAll ? items : items.slice(0, few)).map((one) => (
          <li key={one.n}>
            <button type="button" onClick={() => setLooking(one)}>
              <IconHistory size={16} stroke={1.5} aria-hidden />
              <span><b>{t(`versions.why.${one.why}`)}</b> {one.by?.name} · <When at={one.at} /><small lang={post.lang}>{one.excerpt}</small></span>
            </button>
          </li>
        ))}
      </ul>
      {items.length > few && !isAll ? <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>{t('versions.all', { count: items.length })}</Button> : null}
      {looking ? <Version post={post} line={looking} saving={saving} onClose={() => setLooking(undefined)} /> : null}
    </section>
  )
}

function Version({ post, line, saving, onClose }: { post: Post; line: VersionLine; saving: Saving | undefined; onClose: () => void }) {
  const t = useWords(words)
  const { may } = useSession()
  const queries = useQueryClient()
  const { data, isPending, error } = useQuery({ ...versionQuery(post.id, line.n), staleTime: 0 })
  const back = useMutation({
    mutationFn: async () => { const now = await saving?.settled(); return restore(post.id, line.n, now?.version ?? post.version) },
    onSuccess: (next) => { saving?.adopt(next); queries.setQueryData(['posts', next.id], next); told(t('versions.restored')); onClose() },
  })
  const mayGoBack = saving !== undefined && post.state === 'draft' && may('write')
  return (
    <Modal opened onClose={onClose} size="lg" title={t('versions.of', { why: t(`versions.why.${line.why}`) })} closeButtonProps={{ 'aria-label': t('act.cancel') }}>
      <Text size="sm" c="dimmed" mb={12}>{line.by?.name} · <When at={line.at} /> · {t('versions.key')}</Text>
      {isPending ? <Waiting /> : null}
      <ProblemNote error={error ?? back.error} />
      {data?.diff ? <div className={css.diff} lang={post.lang} tabIndex={0}>{data.diff.title.length > 0 ? <h3><Diff pieces={data.diff.title} /></h3> : null}<p><Diff pieces={data.diff.text} /></p></div> : null}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onClose}>{t('act.close')}</Button>
        {mayGoBack ? <Button loading={back.isPending} onClick={() => back.mutate()}>{t('versions.restore')}</Button> : null}
      </Group>
    </Modal>
  )
}

function Diff({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map((piece, place) => (piece.does === 'stays' ? piece.text : piece.does === 'goes' ? <del key={place}>{piece.text}</del> : <ins key={place}>{piece.text}</ins>))}</>
}
