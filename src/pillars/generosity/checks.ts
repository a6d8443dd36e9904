import type { Both, Lang } from '#kit/lang.ts'
import type { Check } from '#kit/pillar.ts'
import { langs } from '#kit/lang.ts'
import { sayer } from '#text/say.ts'
import { asksInRow, giveAsk, selling } from './rules.ts'
import { el } from './words/el.ts'
import { en } from './words/en.ts'

const say = sayer(en, el)
const pillar = 'generosity'
const whole = [0, 0] as const

const ordinal = (n: number): Both => say(n === 2 ? 'second' : n === 3 ? 'third' : n === 4 ? 'fourth' : n === 5 ? 'fifth' : 'nth', { n })

/** A figure as it is read: one place after the point, none for a whole number. */
const figure = (value: number): Both => {
  const shown = (lang: Lang): string => value.toLocaleString(lang, { maximumFractionDigits: 1 })
  return { en: shown('en'), el: shown('el') }
}

const asksInARow: Check = {
  id: 'asks-in-a-row', about: say('rowAbout'), langs,
  look: ({ kind, intent, recent, settings, lang }) => {
    const row = asksInRow(recent) + 1
    if (kind !== 'post' || intent !== 'ask' || row <= settings.asksInRow) return []
    return [{
      pillar, rule: 'asks-in-a-row', weight: 'warn', at: whole, says: say('rowSays', { nth: ordinal(row) }),
      because: say('rowBecause', { limit: settings.asksInRow }), instead: say('rowInstead')[lang],
    }]
  },
}

// A ratio of one or two posts says nothing yet.
const enough = 3

const giveAskRatio: Check = {
  id: 'give-ask-ratio', about: say('ratioAbout'), langs,
  look: ({ kind, intent, recent, settings, lang }) => {
    if (kind !== 'post' || intent !== 'ask' || recent.length < enough) return []
    const before = giveAsk(recent)
    const after = giveAsk([{ intent }, ...recent]).perAsk ?? 0
    if (after >= settings.givePerAsk) return []
    return [{
      pillar, rule: 'give-ask-ratio', weight: after < settings.givePerAsk / 2 ? 'warn' : 'note', at: whole,
      says: say('ratioSays', { before: figure(before.perAsk ?? before.gives), after: figure(after) }),
      because: say('ratioBecause', { limit: figure(settings.givePerAsk) }), instead: say('ratioInstead')[lang],
    }]
  },
}

const asksAsGive: Check = {
  id: 'asks-as-give', about: say('sellsAbout'), langs,
  look: ({ kind, intent, text, lang }) => kind !== 'post' || intent === 'ask' ? [] : selling(text, lang).map((sale) => ({
    pillar, rule: 'asks-as-give', weight: 'warn', at: sale.at, says: say(intent === 'give' ? 'sellsGiveSays' : 'sellsTalkSays',
      { words: sale.words }),
    because: say('sellsBecause'), instead: say('sellsInstead')[sale.lang],
  })),
}

export const checks: readonly Check[] = [asksInARow, giveAskRatio, asksAsGive]
