import type { Intent } from '#kit/events.ts'
import type { Lang } from '#kit/lang.ts'
import { findAll, inside, phrase, prose, quoted, scriptOf, sentenceAt } from '#text/prose.ts'
import type { Place } from '#text/prose.ts'

interface Meant { readonly intent: Intent }
export interface GiveAsk {
  readonly gives: number; readonly asks: number
  /** Gives for each ask; without an ask there is nothing to divide by. */
  readonly perAsk: number | undefined
}

/** How much was given and asked; talk is neither. */
export function giveAsk(posts: readonly Meant[]): GiveAsk {
  const gives = posts.filter((post) => post.intent === 'give').length
  const asks = posts.filter((post) => post.intent === 'ask').length
  return { gives, asks, perAsk: asks === 0 ? undefined : gives / asks }
}

/** How many of the newest posts ask, one right after another. Newest first. */
export function asksInRow(recent: readonly Meant[]): number {
  const other = recent.findIndex((post) => post.intent !== 'ask')
  return other < 0 ? recent.length : other
}

const sales = phrase(
  "buy (?:it|one|yours|them|two|some|a [\\p{L}]+|our [\\p{L}]+)? ?(?:now|today|here|online)", 'buy one,? get one',
  'order (?:(?:yours?|it|online|a [\\p{L}]+) )?(?:now|today)', 'order yours?', 'shop (?:now|online|today)',
  'get (?:yours|it|them) (?:now|today|here|while)',
  "\\d+ ?% (?:off|discount|cheaper)", '(?:discount|sale) (?:of )?\\d+ ?%',
  '(?:now|are|is|all|everything|big|summer|winter|easter) on sale', 'on sale (?:now|today|until)',
  '(?:special|limited|exclusive)(?:[ -]time)? (?:offer|deal|price)s?', 'offer (?:ends|valid|expires)',
  'while (?:stocks?|supplies) lasts?',
  "(?:don't|do not) miss (?:out|this|our (?:offer|sale|deal))", 'use (?:the |my |our )?(?:promo )?code [\\p{L}\\d]+', 'promo code',
  'add to cart', '(?:book|subscribe|sign up|reserve|pre-?order) (?:now|today|yours)',
  '(?:for )?only (?:€ ?\\d[\\d.,]*|\\d[\\d.,]* ?(?:€|euros?))', 'best prices?', 'half price', 'free shipping', 'hurry', 'last chance',
  'αγοραστε(?: (?:το|τα|τη|την|τον|τισ|τωρα|σημερα|online|εδω))?', 'αγορασε (?:τωρα|το|τα|σημερα)',
  'παραγγειλτε(?: (?:τωρα|σημερα|online|το|τα|εδω))?', 'παραγγειλε (?:τωρα|σημερα|το|τα)', 'προλαβετε', 'προλαβε',
  'αποκτηστε (?:το|τα|τη|την|τωρα)', '(?:με |-)?\\d+ ?% (?:εκπτωση|φθηνοτερα|φτηνοτερα)', 'εκπτωση (?:εωσ |ωσ |μεχρι )?\\d+ ?%?',
  '(?:ειδικη|μοναδικη|χαμηλη) (?:τιμη|προσφορα)', '(?:σε|μεγαλη|μεγαλεσ|νεα|νεεσ|σουπερ|μοναδικεσ|εβδομαδιαια) (?:προσφορα|προσφορεσ)',
  '(?:οι )?προσφορ(?:α|εσ) (?:τησ|μασ|μονο|για λιγο|ισχυ~)', 'μονο (?:με )?(?:€ ?\\d[\\d.,]*|\\d[\\d.,]* ?(?:€|ευρω|λεπτα))',
  'μη(?:ν)? (?:χασετε|χασεισ|το χασετε|τα χασετε)(?: την (?:προσφορα|ευκαιρια))?',
  'μεχρι εξαντλησεωσ', 'οσο υπαρχει αποθεμα', '(?:κλειστε|κανετε κρατηση|γραφτειτε|εγγραφειτε) (?:τωρα|σημερα)', 'κωδικοσ? εκπτωσησ',
  'δωρεαν μεταφορικα', 'τελευταια ευκαιρια', 'στη μιση τιμη', 'καλυτερεσ τιμεσ',
)
// “−20 %” at the head of a word, not “8-20 %” of something.
const minus = /(?<![\p{L}\p{N}])[-−–]\s?\d{1,2}\s?%/gu
const denied = /(?:(?<!\p{L})(?:no|not|never|nothing|without|don't|do\s+not|you\s+need|needn't|δεν|μην|χωρισ|ουτε|ποτε)(?!\p{L}))[^.!?;\n]{0,25}$/u

export interface Sale { readonly words: string; readonly lang: Lang; readonly at: Place }

/** Words that sell, unless they are denied, asked about or quoted. */
export function selling(text: string, lang: Lang): readonly Sale[] {
  const read = prose(text)
  const apart = quoted(read)
  const found = [...findAll(read, sales), ...findAll(read, minus)].filter(({ at, match }) => {
    const before = read.folded.slice(Math.max(0, match.index - 40), match.index)
    const warns = /^(?:don't|do not|μη)/.test(match[0])
    return !inside(apart, at) && (warns || !denied.test(before)) && !/[?;\u037e]\s*$/.test(sentenceAt(read, scriptOf(text),
      at).sentence.text)
  })
  const places = found.map((piece): Sale => {
    const spoken = /\p{L}/u.test(piece.text) ? scriptOf(piece.text) : lang
    const { sentence } = sentenceAt(read, spoken, piece.at)
    return { words: piece.text.replace(/\s+/g, ' ').trim(), lang: spoken, at: [sentence.start, sentence.end] }
  })
  return places.filter((sale, place) => places.findIndex(({ at }) => at[0] === sale.at[0]) === place).toSorted((a, b) => a.at[0] - b.at[0])
}
