import { useWords } from '#ui/words.ts'
import type { Post } from '../../calls.ts'
import type { Saving } from '../use-saving.ts'
import { words } from '../words/words.ts'
import { Approval } from './approval.tsx'
import { Comments } from './comments.tsx'
import { ReviewLinks } from './review-links.tsx'
import css from './team.module.css'
import { Versions } from './versions.tsx'

/** What the team says and decides about a post, and how it came to be. `saving` is there while it is being written. */
export function Team({ post, saving }: { post: Post | undefined; saving?: Saving }) {
  const t = useWords(words)
  if (!post) return <p className={css.quiet}>{t('team.later')}</p>
  return (
    <>
      <Approval post={post} saving={saving} />
      <ReviewLinks post={post} />
      <Comments post={post} />
      <Versions post={post} saving={saving} />
    </>
  )
}
