import { useQuery } from '@tanstack/react-query'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { fold } from '#text/fold.ts'
import { membersQuery } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

const typed = /(?:^|[\s(])@([\p{L}]*)$/u

/** While "@" is being typed in a note: the members it may mean. A press writes the whole name. */
export function MentionList({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useWords(words)
  const { me } = useSession()
  const { data } = useQuery(membersQuery)
  const begun = typed.exec(text)?.[1]
  if (begun === undefined) return null
  const found = (data?.items ?? []).filter((one) => one.leftAt === null && one.id !== me.id && fold(one.name).startsWith(fold(begun))).slice(0, 6)
  if (found.length === 0) return null
  return (
    <div className={css.mentions} role="group" aria-label={t('mentions.label')}>
      {found.map((one) => <button key={one.id} type="button" onClick={() => onText(`${text.slice(0, text.length - begun.length)}${one.name} `)}>@{one.name}</button>)}
    </div>
  )
}
