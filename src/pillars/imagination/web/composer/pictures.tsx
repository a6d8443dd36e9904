import { ActionIcon, Button, FileButton, Group, Progress, Textarea } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconPhotoPlus, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem, ProblemNote } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { picturesQuery, upload, type Picture } from '../calls.ts'
import css from './composer.module.css'
import { words } from './words/words.ts'

const taken = 'image/jpeg,image/png,image/webp,image/gif,image/avif'
const most = 10
interface Coming { readonly name: string; readonly share: number; readonly error?: unknown }
interface Given { readonly media: readonly Picture[]; readonly onMedia: (change: (media: readonly Picture[]) => readonly Picture[]) => void }

/** Takes files that were chosen, dropped or pasted, one after the other. */
export function usePictures(onMedia: Given['onMedia']) {
  const queries = useQueryClient()
  const [coming, setComing] = useState<readonly Coming[]>([])
  const say = (name: string, change: Partial<Coming>) => setComing((all) => all.map((one) => (one.name === name ? { ...one, ...change } : one)))
  const take = async (files: readonly File[]) => {
    const images = files.filter((file) => file.type.startsWith('image/'))
    setComing((all) => [...all.filter((one) => !one.error), ...images.map((file) => ({ name: file.name, share: 0 }))])
    for (const file of images) {
      try {
        const made = await upload(file, (share) => say(file.name, { share }))
        queries.setQueryData(picturesQuery.queryKey, (all) => ({ items: [made, ...(all?.items ?? [])] }))
        onMedia((media) => (media.length < most ? [...media, { mediaId: made.id, alt: '' }] : media))
        setComing((all) => all.filter((one) => one.name !== file.name))
      } catch (error) {
        say(file.name, { error })
      }
    }
  }
  return { coming, take }
}
export type Taking = ReturnType<typeof usePictures>

/** The pictures of a post, each with what it shows. */
export function Pictures({ media, onMedia, taking }: Given & { taking: Taking }) {
  const t = useWords(words)
  const { data } = useQuery({ ...picturesQuery, enabled: media.length > 0 })
  const change = (place: number, how: (one: Picture) => Picture) => onMedia((all) => all.map((one, at) => (at === place ? how(one) : one)))
  const move = (place: number, by: number) => onMedia((all) => {
    const next = [...all]
    const [one] = next.splice(place, 1)
    return one ? next.toSpliced(place + by, 0, one) : all
  })
  const missing = media.filter((one) => one.alt.trim() === '').length
  return (
    <section aria-label={t('composer.pictures')}>
      {media.length > 0 ? (
        <div className={css.pictures}>
          {media.map((one, place) => (
            <figure key={one.mediaId} className={css.picture} style={{ margin: 0 }}>
              <img src={data?.items.find((stored) => stored.id === one.mediaId)?.url ?? `/media/${one.mediaId}.webp`} alt={one.alt} />
              <div>
                <Textarea size="xs" minRows={2} label={t('composer.alt')} placeholder={t('composer.altPlace')} maxLength={1500} value={one.alt} onChange={(event) => { const alt = event.currentTarget.value; change(place, (kept) => ({ ...kept, alt })) }} />
                <Group gap={2} mt={6} justify="flex-end">
                  {place > 0 ? <ActionIcon aria-label={t('composer.earlier')} onClick={() => move(place, -1)}><IconArrowLeft size={16} stroke={1.5} aria-hidden /></ActionIcon> : null}
                  {place < media.length - 1 ? <ActionIcon aria-label={t('composer.later')} onClick={() => move(place, 1)}><IconArrowRight size={16} stroke={1.5} aria-hidden /></ActionIcon> : null}
                  <ActionIcon aria-label={t('composer.removePicture')} onClick={() => onMedia((all) => all.filter((_, at) => at !== place))}><IconTrash size={16} stroke={1.5} aria-hidden /></ActionIcon>
                </Group>
              </div>
            </figure>
          ))}
        </div>
      ) : null}
      <div className={css.drop}>
        <FileButton accept={taken} multiple onChange={(files) => void taking.take(files)}>
          {(props) => <Button {...props} size="xs" variant="default" leftSection={<IconPhotoPlus size={16} stroke={1.5} aria-hidden />}>{t('composer.addPicture')}</Button>}
        </FileButton>
        {missing > 0 ? <span role="status" className={css.bad}>{t('composer.altMissing', { count: missing })}</span> : null}
      </div>
      {taking.coming.map((one) => (one.error
        ? <ProblemNote key={one.name} error={asProblem(one.error)}>{t('composer.uploadFailed', { name: one.name })}</ProblemNote>
        : <div key={one.name} style={{ marginTop: 12 }}><span className={css.quiet}>{t('composer.uploading', { name: one.name })}</span><Progress value={one.share * 100} size={6} aria-label={one.name} /></div>))}
    </section>
  )
}
