import { useDeferredValue, useMemo } from 'react'
import type { Check, Finding } from '#kit/pillar.ts'
import { review } from '#core/writing/rules.ts'
import { ranked } from '#ui/writing/places.ts'
import { writingOf, type WritingGround } from '#ui/writing/review.ts'
import type { Words } from './writing.ts'

const none: readonly Finding[] = []
interface Given { readonly words: Words; readonly ground: WritingGround | undefined; readonly memberId: string; readonly postId: string | undefined; readonly goesOutAt: string }

/** What the pillars say of a post while it is typed: the same functions the server runs before it goes out. */
export function useReview(checks: readonly Check[], given: Given): readonly Finding[] {
  const words = useDeferredValue(given.words)
  const { ground, memberId, postId, goesOutAt } = given
  const findings = useMemo(() => {
    if (!ground || (words.text.trim() === '' && words.title.trim() === '')) return none
    const { lang, title, text, intent, format } = words
    const writing = writingOf({ kind: 'post', lang, title, text, intent, format, goesOutAt, ...(postId ? { postId } : {}) }, ground, memberId)
    return ranked(review([{ id: 'all', checks }], writing, ground.settings))
  }, [checks, ground, memberId, postId, goesOutAt, words])
  // While the text runs ahead of the checks, places would lie beside their words.
  return words.text === given.words.text ? findings : none
}
