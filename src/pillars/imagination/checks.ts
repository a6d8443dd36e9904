import type { Both, Lang } from '#kit/lang.ts'
import type { Check, Recent } from '#kit/pillar.ts'
import { langs } from '#kit/lang.ts'
import { prose, sentenceAt } from '#text/prose.ts'
import { sayer } from '#text/say.ts'
import { echo, sameFormat, sameOpening } from './rules.ts'
import { el } from './words/el.ts'
import { en } from './words/en.ts'

const say = sayer(en, el)
const pillar = 'imagination'

function day(at: string, zone: string): Both {
  const time = new Date(at)
  const shown = (lang: Lang): string => Number.isNaN(time.getTime()) ? at
    : new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'el', { timeZone: zone, day: 'numeric', month: 'long' }).format(time)
  return { en: shown('en'), el: shown('el') }
}

const seen = ({ id, title, text, at }: Recent) => ({ postId: id, title, text, at })

const tooLike: Check = {
  id: 'too-like', about: say('likeAbout'), langs,
  look: ({ kind, text, recent, settings, zone, lang }) => {
    const found = kind === 'post' ? echo(text, recent, settings.similarity) : undefined
    if (found === undefined) return []
    const date = day(found.post.at, zone)
    return [{
      pillar, rule: 'too-like', weight: 'warn', at: [0, 0], says: say('likeSays', { percent: Math.round(found.similarity * 100), date }),
      because: say('likeBecause'), instead: say('likeInstead', { date })[lang], see: seen(found.post),
    }]
  },
}

const opensAlike: Check = {
  id: 'same-opening', about: say('openingAbout'), langs,
  look: ({ kind, text, recent, lang }) => {
    const found = kind === 'post' ? sameOpening(text, recent) : undefined
    if (found === undefined) return []
    const { sentence } = sentenceAt(prose(text), lang, found.at)
    const at = [found.at[0], Math.max(found.at[1], sentence.end)] as const
    return [{
      pillar, rule: 'same-opening', weight: 'note', at, says: say('openingSays', { words: text.slice(...found.at) }),
      because: say('openingBecause'), instead: say('openingInstead', { sentence: text.slice(...at) })[lang], see: seen(found.post),
    }]
  },
}

const sameAgain: Check = {
  id: 'same-format', about: say('formatAbout'), langs,
  look: ({ kind, format, recent, lang }) => kind !== 'post' || !sameFormat(format, recent) ? [] : [{
    pillar, rule: 'same-format', weight: 'note', at: [0, 0], says: say('formatSays'), because: say('formatBecause'),
      instead: say('formatInstead')[lang],
  }],
}

export const checks: readonly Check[] = [tooLike, opensAlike, sameAgain]
