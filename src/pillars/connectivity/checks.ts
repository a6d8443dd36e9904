import type { Both } from '#kit/lang.ts'
import type { Check, Finding, Writing } from '#kit/pillar.ts'
import { langs } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import { lastSentence, prose } from '#text/prose.ts'
import { sayer } from '#text/say.ts'
import { onDuty, onWatch } from '#core/duty/rules.ts'
import { invites, leavesUnanswered, oneWay } from './rules.ts'
import { el } from './words/el.ts'
import { en } from './words/en.ts'

const say = sayer(en, el)
const pillar = 'connectivity'

/** The place of the last sentence, and that sentence with another after it. */
function andThen({ text, lang }: Pick<Writing, 'text' | 'lang'>, more: string): Pick<Finding, 'at' | 'instead'> {
  const last = lastSentence(prose(text), lang)
  return last === undefined ? { at: [0, 0], instead: more } : { at: [last.start, last.end],
    instead: `${text.slice(last.start, last.end)} ${more}` }
}

const invitesNobody: Check = {
  id: 'invites-nobody', about: say('inviteAbout'), langs,
  look: (writing) => writing.kind !== 'post' || isBlank(writing.text) || invites(writing.text, writing.lang) ? [] : [{
    pillar, rule: 'invites-nobody', weight: 'note', says: say('inviteSays'), because: say('inviteBecause'), ...andThen(writing,
      say('inviteInstead')[writing.lang]),
  }],
}

function when({ day, minute, date }: { readonly day: number; readonly minute: number; readonly date?: string }): Both {
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  return date === undefined ? say(`onDay${day}` as keyof typeof en, { time }) : say('onDate', { date, time })
}

const nobodyOnDuty: Check = {
  id: 'nobody-on-duty', about: say('dutyAbout'), langs,
  look: ({ kind, goesOutAt, zone, duty, watch, lang }) => {
    const found = kind === 'post' ? (watch && onWatch(goesOutAt, zone, watch)) ?? onDuty(goesOutAt, zone, duty) : undefined
    if (found === undefined || found.somebody) return []
    const common = { pillar, rule: 'nobody-on-duty', weight: 'warn', at: [0, 0], because: say('dutyBecause') } as const
    if (found.next === undefined) return [{ ...common, says: say('dutyNeverSays') }]
    const next = when(found.next)
    return [{ ...common, says: say('dutySays', { next }), instead: say('dutyInstead', { next })[lang] }]
  },
}

const oneWayStreak: Check = {
  id: 'one-way-streak', about: say('streakAbout'), langs,
  look: (writing) => writing.kind !== 'post' || isBlank(writing.text) || !oneWay(writing.text, writing.lang, writing.recent) ? [] : [{
    pillar, rule: 'one-way-streak', weight: 'warn', says: say('streakSays'), because: say('streakBecause'), ...andThen(writing,
      say('streakInstead')[writing.lang]),
  }],
}

const unansweredQuestion: Check = {
  id: 'unanswered-question', about: say('unansweredAbout'), langs,
  look: (writing) => writing.answering === undefined || !leavesUnanswered(writing) ? [] : [{
    pillar, rule: 'unanswered-question', weight: 'warn', says: say('unansweredSays', { name: writing.answering.name }),
      because: say('unansweredBecause'),
    ...andThen(writing, say('unansweredInstead')[writing.lang]),
  }],
}

export const checks: readonly Check[] = [invitesNobody, nobodyOnDuty, oneWayStreak, unansweredQuestion]
