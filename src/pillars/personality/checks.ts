import type { Check, Finding } from '#kit/pillar.ts'
import { langs } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import { prose } from '#text/prose.ts'
import { sayer } from '#text/say.ts'
import { logoSpeak } from './logo-speak.ts'
import { stillSaved } from './openers.ts'
import { callName, ignoresAsker, unsigned } from './rules.ts'
import { shouting } from './shouting.ts'
import { el } from './words/el.ts'
import { en } from './words/en.ts'

const say = sayer(en, el)
const pillar = 'personality'
const better = (instead: string | undefined): { instead?: string } => (instead === undefined ? {} : { instead })

const speaksAsLogo: Check = {
  id: 'logo-speak', about: say('logoAbout'), langs,
  look: ({ text, siteName }) => logoSpeak(text, siteName).map(({ words, at, instead }): Finding => ({
    pillar, rule: 'logo-speak', weight: 'warn', at, says: say('logoSays', { words }), because: say('logoBecause'), ...better(instead),
  })),
}

const shouts: Check = {
  id: 'shouting', about: say('shoutAbout'), langs,
  look: ({ text, siteName }) => shouting(text, siteName).map(({ kind, words, at, instead }): Finding => ({
    pillar, rule: 'shouting', weight: 'warn', at, because: say('shoutBecause'), ...better(instead),
    says: kind === 'all' ? say('shoutAllSays') : say('shoutSays', { words }),
  })),
}

const nobodySigns: Check = {
  id: 'nobody-signs', about: say('signAbout'), langs,
  look: (writing) => {
    const found = unsigned(writing)
    if (found === undefined) return []
    const says = found.who === 'team' ? say('signTeamSays',
      { words: found.words }) : say(found.who === 'nobody' ? 'signNobodySays' : 'signLogoSays')
    const weight = found.who === 'nobody' && writing.kind !== 'post' ? 'stop' : 'warn'
    return [{ pillar, rule: 'nobody-signs', weight, at: found.at, says, because: say('signBecause'),
      ...better(found.who === 'team' ? found.instead : undefined) }]
  },
}

const ignoresName: Check = {
  id: 'ignores-name', about: say('nameAbout'), langs,
  look: (writing) => {
    const { answering, text, lang } = writing
    if (answering === undefined || isBlank(text) || !ignoresAsker(writing)) return []
    const first = prose(text).sentences[lang][0]
    const name = callName(answering.name, lang)
    const instead = first && name ? say('hello', { name, sentence: first.text })[lang] : undefined
    return [{
      pillar, rule: 'ignores-name', weight: 'note', at: first ? [first.start, first.end] : [0, 0],
      says: say('nameSays', { name: answering.name }), because: say('nameBecause'), ...better(instead),
    }]
  },
}

const isStillSaved: Check = {
  id: 'opener-unchanged', about: say('openerAbout'), langs,
  look: ({ text, openers }) => {
    const found = openers && stillSaved(text, openers)
    if (!found) return []
    const says = found.is === 'gap' ? say('openerGapSays', { words: found.words }) : say('openerSays')
    return [{ pillar, rule: 'opener-unchanged', weight: 'stop', at: found.at, says, because: say('openerBecause') }]
  },
}

export const checks: readonly Check[] = [speaksAsLogo, shouts, nobodySigns, ignoresName, isStillSaved]
