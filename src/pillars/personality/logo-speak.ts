import type { Lang } from '#kit/lang.ts'
import { fold } from '#text/fold.ts'
import { findAll, inside, phrase, prose, quoted } from '#text/prose.ts'
import type { Found, Place } from '#text/prose.ts'

export interface Spoken { readonly words: string; readonly at: Place; readonly instead: string | undefined }

// The third person of a verb and the first.
const english: Readonly<Record<string, string>> = {
  is: 'are', has: 'have', was: 'were', does: 'do', announces: 'announce', regrets: 'regret', wishes: 'wish', apologises: 'apologise',
    apologizes: 'apologize', thanks: 'thank',
  offers: 'offer', believes: 'believe', strives: 'strive', values: 'value', informs: 'inform', reserves: 'reserve', takes: 'take',
    invites: 'invite', presents: 'present',
  welcomes: 'welcome', supports: 'support', makes: 'make', wants: 'want', cares: 'care', loves: 'love', bakes: 'bake', will: 'will',
    would: 'would', can: 'can', cannot: 'cannot',
}
const greek: Readonly<Record<string, string>> = {
  ανακοινωνει: 'ανακοινώνουμε', ευχεται: 'ευχόμαστε', ενημερωνει: 'ενημερώνουμε', ευχαριστει: 'ευχαριστούμε', προσκαλει: 'προσκαλούμε',
    καλει: 'καλούμε', παρουσιαζει: 'παρουσιάζουμε',
  προσφερει: 'προσφέρουμε', ζητα: 'ζητάμε', ζηταει: 'ζητάμε', λυπαται: 'λυπόμαστε', ειναι: 'είμαστε', εχει: 'έχουμε',
    δεσμευεται: 'δεσμευόμαστε', πιστευει: 'πιστεύουμε', διαθετει: 'διαθέτουμε',
  επιθυμει: 'θέλουμε', φροντιζει: 'φροντίζουμε', στηριζει: 'στηρίζουμε', λειτουργει: 'δουλεύουμε', διατηρει: 'κρατάμε',
    γιορταζει: 'γιορτάζουμε', μπορει: 'μπορούμε',
}
const verbsOf = (table: Readonly<Record<string, string>>): string => Object.keys(table).join('|')
const formal = 'announces|regrets|wishes|apologi[sz]es|informs|reserves|values|strives|thanks|believes|(?:is|was)(?= (?:very |so ' +
  ')?(?:pleased|proud|happy|delighted|committed|excited|sorry|thrilled|honou?red))|would(?= like)'
const formalGreek = 'ανακοινωνει|ευχεται|ενημερωνει|λυπαται|δεσμευεται|επιθυμει|ευχαριστει|ζηταει|ζητα|πιστευει|ειναι(?= (?:στην|' +
  'υπερηφανη|περηφανη))'

const company = phrase(String.raw`our (?:company|business|firm|organi[sz]ation|enterprise|brand) (${verbsOf(english)})`,
  `the (?:company|business|firm|organi[sz]ation|management|brand) (${formal})`)
const companyGreek = phrase(String.raw`(?:η|και η) (?:εταιρε?ια|επιχειρηση|φιρμα|διοικηση) μασ (?:σασ |σου )?(${verbsOf(greek)})`,
  `η (?:εταιρε?ια|επιχειρηση|φιρμα|διοικηση) (?:σασ |σου )?(${formalGreek})`)

/** A phrase and, where it can stand in its place as it is, a better one. */
const stock: readonly (readonly [RegExp, string | undefined])[] = [
  [phrase('dear (?:valued |esteemed |loyal )?(?:customers?|clients?|consumers?|guests)'), 'Hello'],
  [phrase('(?:valued|esteemed) (?:customers?|clients?|guests?|consumers?)'), 'friends'],
  [phrase('by our company', 'at our company'), undefined],
  [phrase("our company's"), 'our'],
  [phrase('η (?:εταιρε?ια|επιχειρηση|φιρμα) μασ(?! (?:(?:σασ|σου) )?(?:' + verbsOf(greek) + ')(?!\\p{L}))'), 'εμείς'],
  [phrase('ειμαστε στην ευχαριστη θεση να σασ (?:ανακοινωσουμε|ενημερωσουμε|γνωστοποιησουμε|πουμε)'), 'Με χαρά σας λέμε'],
  [phrase('στην ευχαριστη θεση'), undefined],
  [phrase('(?:αγαπητοι|αξιοτιμοι|εκλεκτοι|αγαπητε|αξιοτιμε) (?:μασ )?(?:πελατεσ|πελατη|καταναλωτεσ|καταναλωτη)(?: μασ)?'), 'Γεια σας'],
  [phrase('(?:το )?(?:καταναλωτικο|αγοραστικο) κοινο', '(?:του )?(?:καταναλωτικου|αγοραστικου) κοινου', '(?:εκλεκτη|αξιοτιμη) πελατεια'),
  undefined],
  [phrase('προσ ενημερωση του κοινου'), 'Για να ξέρετε'],
]

const capital = (words: string,
  like: string): string => (/^\p{Lu}/u.test(like) ? words[0]!.toUpperCase() + words.slice(1) : words[0]!.toLowerCase() + words.slice(1))

function firstPerson(found: Found, lang: Lang): string | undefined {
  const verb = found.match.slice(1).find((group) => group !== undefined)
  const own = verb === undefined ? undefined : (lang === 'en' ? english : greek)[verb]
  if (own === undefined) return undefined
  const whom = /\s(σας|σου)\s/iu.exec(found.text)?.[1]?.toLowerCase()
  return capital(lang === 'en' ? `we ${own}` : whom === undefined ? own : `${whom} ${own}`, found.text)
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\~]/g, '\\$&')

function ownName(siteName: string): readonly (readonly [RegExp, Lang])[] {
  const name = escape(fold(siteName).replaceAll('’', "'").trim())
  if (name === '') return []
  return [
    [phrase(`(?:the )?${name} (${formal}|offers|invites|presents|welcomes|supports)`), 'en'],
    [phrase(`(?:ο |η |το |τα )?${name} (?:σασ |σου )?(${verbsOf(greek).replace('|ειναι|', '|ειναι(?= (?:στην|περηφαν|υπερηφαν))|').replace('|μπορει', '').replace('|εχει|', '|')})`),
    'el'],
  ]
}

/** Where the brand speaks of itself in the third person, or of its readers as a clientele. */
export function logoSpeak(text: string, siteName: string): readonly Spoken[] {
  const read = prose(text)
  const apart = quoted(read).filter(([start, end]) => fold(text.slice(start + 1, end - 1)) !== fold(siteName))
  const selves: readonly (readonly [RegExp, Lang])[] = [[company, 'en'], [companyGreek, 'el'], ...ownName(siteName)]
  const third = selves.flatMap(([pattern, lang]) => findAll(read, pattern).map((found) => ({ found, instead: firstPerson(found, lang) })))
  const set = stock.flatMap(([pattern, better]) => findAll(read, pattern).map((found) => ({ found, instead: better && capital(better,
    found.text) })))
  return [...third, ...set].filter(({ found }) => !inside(apart, found.at))
    .map(({ found, instead }) => ({ words: found.text.replace(/\s+/g, ' ').trim(), at: found.at, instead }))
    .filter((spoken, place, all) => all.findIndex(({ at }) => at[0] < spoken.at[1] && spoken.at[0] < at[1]) === place)
    .toSorted((a, b) => a.at[0] - b.at[0])
}
