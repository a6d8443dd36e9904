import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Check, Finding } from '#kit/pillar.ts'
import { isLang, type Lang } from '#kit/lang.ts'
import { review } from '#core/writing/rules.ts'
import { ranked } from '#ui/writing/places.ts'
import { writingOf } from '#ui/writing/review.ts'
import { guessLang } from '#text/lang.ts'
import { groundQuery, openersQuery, type Thread } from './calls.ts'
import { macrosQuery } from './rules-calls.ts'

const none: readonly Finding[] = []

/** What the pillars say of an answer while it is typed: the same functions the server runs before it goes out. */
export function useReview(checks: readonly Check[], given: { readonly text: string; readonly thread: Thread; readonly memberId: string }): { readonly findings: readonly Finding[]; readonly lang: Lang } {
  const { data: ground } = useQuery(groundQuery)
  const { data: openers } = useQuery(openersQuery)
  const { data: macros } = useQuery(macrosQuery)
  const text = useDeferredValue(given.text)
  const { thread, memberId } = given
  const spoken = thread.conversation.lang
  const lang: Lang = guessLang(text) ?? (isLang(spoken) ? spoken : 'en')
  const asked = thread.messages.findLast((message) => message.direction === 'in' && !message.withdrawn)
  const findings = useMemo(() => {
    if (!ground || text.trim() === '') return none
    const { holds, off } = ground.settings
    const writing = writingOf({
      kind: thread.canAnswer.kind === 'message' ? 'message' : 'reply', lang, title: '', text, intent: 'talk', format: 'story', goesOutAt: new Date().toISOString(),
      openers: [...openers?.items ?? [], ...(macros?.items ?? []).filter((macro) => macro.text !== '')], ...(asked ? { answering: { text: asked.text, name: asked.author.name } } : {}),
    }, ground, memberId)
    return ranked(review([{ id: 'all', checks }], writing, { holds, off }))
  }, [checks, ground, openers, macros, text, lang, thread.canAnswer.kind, asked, memberId])
  return { findings: text === given.text ? findings : none, lang }
}
