import { useQuery } from '@tanstack/react-query'
import { useWords } from '#ui/words.ts'
import { membersQuery, openersQuery } from './calls.ts'
import type { Act } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text)

/** An act of a rule or a macro in a few words. */
export function useActSays(): (act: Act) => string {
  const t = useWords(rulesWords)
  const { data: team } = useQuery(membersQuery)
  const { data: openers } = useQuery(openersQuery)
  const member = (id: string) => team?.items.find((one) => one.id === id)?.name ?? t('acts.gone')
  return (act) => {
    switch (act.do) {
      case 'assign': return t('acts.assign', { name: member(act.memberId) })
      case 'tag': return t('acts.tag', { tag: act.tag })
      case 'untag': return t('acts.untag', { tag: act.tag })
      case 'priority': return t('acts.priority', { level: t(`levels.${act.to}`) })
      case 'snooze': return t('acts.snooze', { hours: act.hours })
      case 'note': return t('acts.note', { text: short(act.text) })
      case 'notify': return t('acts.notify', { name: member(act.memberId), text: short(act.text) })
      case 'suggest': return t('acts.suggest', { name: openers?.items.find((one) => one.id === act.openerId)?.name ?? t('acts.gone') })
      case 'assign-me': case 'route': case 'done': return t(`acts.${act.do}`)
    }
  }
}
