import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useWords } from '#ui/words.ts'
import { picturesQuery } from '../calls.ts'
import css from './composer.module.css'
import type { Words } from './writing.ts'
import { words } from './words/words.ts'

const Article = lazy(async () => ({ default: (await import('./article.tsx')).Article }))

/** The post as it stands on the porch. */
export function Preview({ post, name }: { post: Pick<Words, 'title' | 'text' | 'lang' | 'media'>; name: string | undefined }) {
  const t = useWords(words)
  const { data } = useQuery({ ...picturesQuery, enabled: post.media.length > 0 })
  if (post.text.trim() === '' && post.title.trim() === '' && post.media.length === 0) return <p className={css.quiet}>{t('composer.previewEmpty')}</p>
  return (
    <article className={css.preview} lang={post.lang}>
      {post.title ? <h1>{post.title}</h1> : null}
      {name ? <p className={css.byline}>{name}</p> : null}
      <Suspense fallback={<p className={css.quiet}>{t('composer.previewLoading')}</p>}><Article text={post.text} lang={post.lang} /></Suspense>
      {post.media.map((one) => <img key={one.mediaId} src={data?.items.find((stored) => stored.id === one.mediaId)?.url ?? `/media/${one.mediaId}.webp`} alt={one.alt} />)}
    </article>
  )
}
