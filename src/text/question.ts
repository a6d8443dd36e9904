import type { Lang } from '#kit/lang.ts'
import { fold } from './fold.ts'
import { guessLang } from './lang.ts'
import { blankMarkup } from './markup.ts'
import { sentences } from './words.ts'

const asksEnglish = new RegExp([
  String.raw`^(?:(?:hi|hello|hey|so|and|but|ok|please|sorry|excuse me)\W+(?:\w+\W+)?)?(?:how (?:do|does|did|can|could|much|many|` +
    String.raw`long|often|far|old|are|is|would|should)`,
  String.raw`what (?:time|is|are|do|does|did|kind|about|if|would|should|happened|happens|size|day)(?! more)\b`,
  String.raw`when (?:do|does|did|is|are|will|can|would)|where (?:do|does|did|can|is|are|could)`,
  String.raw`who (?:is|can|do|should|are|will)|why (?:is|do|does|did|are|don't|not|can't|was)|which (?:one|of|is|are)`,
  String.raw`(?:do|did|are|have|can|could|will|would) you|(?:does|did|has|is|can|could|do|will|would) (?:any(?:one|body)|some(?:one|` +
    String.raw`body)|it|there|the|that|this|they)`,
  String.raw`(?:can|could|may|should|shall|do|did) (?:i|we)|(?:is|are|was|were) (?:there|you|the|your|it|this|that)|any (?:idea|` +
    String.raw`chance|news|update)|anyone (?:know|here|else)`,
].join('|') + ')\\b')
const asksEnglishAnywhere = new RegExp(String.raw`\b(?:(?:does|do|can|could|would|has|is|did) (?:any|some)(?:one|body)|any(?:one|` +
  String.raw`body) knows?|(?:i was )?wondering (?:if|whether|how|when|what)|(?:can|could) you (?:please )?(?:tell|let|say)|i(?:'d| ` +
  String.raw`would) like to know)\b`)

const asksGreek = new RegExp([
  String.raw`^(?:(?:γεια(?: σασ| σου)?|καλημερα(?: σασ)?|καλησπερα(?: σασ)?|παιδια|συγγνωμη|και|μα|ναι|οχι)[\s,!.]+)?(?:μηπωσ|αραγε|` +
    String.raw`τι (?:ωρα|ωραριο|ωρεσ|ειναι|κανετε|κανει|εχετε|εχει|τιμη|γινεται|θα|εγινε|συμβαινει|λετε|κοστιζει|ειδουσ|αλλο|μερα)`,
  String.raw`ποσο (?:κανει|κανουν|κοστιζ|εχει|πρεπει|κραταει|αντεχει|ειναι|καιρο|μακρια|κοντα|συχνα)|ποσ[αεηο][ισν]? (?:ευρω|κιλα|` +
    String.raw`ωρεσ|μερεσ|ατομα|κοστιζ|εχει)`,
  String.raw`ποι(?:οσ|α|ο|οι|εσ|ον|ουσ|αν) (?:ειναι|θα|εχει|απο|μερα|ωρα|κανει|μπορει|ξερει|ηταν)|ποτε (?:ανοιγ|κλειν|θα|ειναι|εχει|` +
    String.raw`βγαιν|ξεκιν|εχετε|ερχ)|που (?:ειναι|βρισκ|ειστε|μπορ|θα|εχετε|παρκαρ)`,
  String.raw`πωσ (?:μπορ|θα|γινεται|να|κανω|κανετε|παραγγελν|φτιαχν|ερχ)|(?:εχετε|κανετε|μπορειτε|μπορω|μπορουμε|γινεται|υπαρχει ` +
    String.raw`περιπτωση|θα (?:εχετε|ειστε|ανοιξετε)|ξερει κανεισ|ξερετε|εχει κανεισ) (?!δικιο|απολυτο|καθε )`,
].join('|') + ')')
const asksGreekAnywhere = new RegExp(String.raw`(?:^|[\s,])(?:ξερει κανεισ|γνωριζει κανεισ|εχει κανεισ|μπορει καποιοσ|ξερετε (?:αν|` +
  String.raw`ποτε|που|πωσ|τι|ποσο)|θα ηθελα να (?:μαθω|ρωτησω)|ηθελα να (?:μαθω|ρωτησω)|μηπωσ (?:εχετε|ξερετε|μπορ|υπαρχει|ειναι|θα|` +
  String.raw`γινεται))`)
const asksGreeklish = new RegExp(String.raw`(?:^|[\s,])(?:poso (?:kanei|exei|kostiz)|pote (?:anoig|tha|klein|exete)|ti (?:ora|wra|` +
  String.raw`orario|exete|kanete)|mipos|mhpws|kserei kaneis|xerei kanis|xerei kaneis|pou eiste)`)

const closers = /[)\]»”’"'*_\s]+$/
const hasGreek = /\p{Script=Greek}/u

function asks(sentence: string, lang: Lang): boolean {
  const end = sentence.replace(closers, '')
  if (/\?!?$|\?+[.…]*$|\u037e!?$/.test(end)) return true
  if (/;[!;]*$/.test(end)) return lang === 'el' || hasGreek.test(end)
  if (/!$/.test(end)) return false
  const told = end.endsWith('.')
  const folded = fold(end).replace(/^(?:@[\w.@-]+[\s,:]+)+/, '').replaceAll('’', "'")
  if (hasGreek.test(folded)) return (!told && asksGreek.test(folded)) || asksGreekAnywhere.test(folded)
  return (!told && asksEnglish.test(folded)) || asksEnglishAnywhere.test(folded) || (lang === 'el' && asksGreeklish.test(folded))
}

/** Does the text ask something? Its own language counts; `lang` decides only where it does not tell. */
export function isQuestion(text: string, lang?: Lang): boolean {
  const spoken = guessLang(text) ?? lang ?? 'en'
  return sentences(blankMarkup(text.slice(0, 20_000)), spoken).some((sentence) => asks(sentence.text, spoken))
}

/** The sentences that ask, with their places. */
export function questions(text: string, lang: Lang): ReturnType<typeof sentences> {
  return sentences(blankMarkup(text), lang).filter((sentence) => asks(sentence.text, lang))
}
