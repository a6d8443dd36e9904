import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { wholeText, type Face } from '#core/posts/rules.ts'
import type { Check, Finding } from '#kit/pillar.ts'
import { useSession } from '#ui/session.ts'
import { nameOf } from '#ui/writing/places.ts'
import { unreasoned } from '#ui/writing/review.ts'
import { groundQuery, type Post } from '../calls.ts'
import { useReview } from './use-review.ts'
import type { Words } from './writing.ts'

interface Given { readonly page: Words; readonly face: Face; readonly from: Post | undefined }

/** What the pillars say of the sheet one stands on, which of it is looked at, and the reasons given where one holds. */
export function useSaid(checks: readonly Check[], { page, face, from }: Given) {
  const { me } = useSession()
  const { data: ground } = useQuery(groundQuery)
  const [opened] = useState(() => new Date().toISOString())
  const { text } = wholeText(face)
  const here = useReview(checks, { words: { ...page, title: face.title, text }, ground, memberId: from?.authorId ?? me.id, postId: from?.id, goesOutAt: opened })
  const [held, setHeld] = useState<readonly Finding[]>([])
  const [chosen, setChosen] = useState<string>()
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const [isAsked, setAsked] = useState(false)
  // What the server held counts as long as the page itself sees nothing that holds.
  const findings = held.length > 0 && !here.some((finding) => finding.weight === 'stop') ? held : here
  return {
    ground, findings, text, chosen, setChosen, reasons, isAsked, stops: unreasoned(findings, reasons).length > 0,
    hold: (found: readonly Finding[]) => { setHeld(found); setAsked(true) },
    changed: () => setHeld([]),
    give: (rule: string, reason: string) => setReasons((before) => ({ ...before, [rule]: reason })),
    mayGo: (): boolean => {
      const first = findings.find((finding) => unreasoned([finding], reasons).length > 0)
      setAsked(true)
      if (first) setChosen(nameOf(first, text))
      return first === undefined
    },
  }
}
export type Said = ReturnType<typeof useSaid>
