import type { Lang } from '#kit/lang.ts'
import { findAll, holds, inside, phrase, prose, quoted, scriptOf, sentenceAt } from '#text/prose.ts'
import type { Found, Place, Prose } from '#text/prose.ts'

/** A phrase that was found, and the sentence it stands in. */
export interface Spot { readonly words: string; readonly lang: Lang; readonly at: Place }

const plainNo = phrase(
  String.raw`(?<=(?:^|[.!?:;,–—\n-]|(?<!\p{L})(?:have|has|had|offer|offered|give|gave|is|be|answer|absolutely|simply|just)) *)no ` +
    String.raw`(?:further |other )?comment(?! (?:section|box|form|field|yet|so far|thread|feature|function|from you|from any|under|` +
    String.raw`below|here|button|left|needed|required|was|has|is|gets|goes|will|appears|stays|system|policy|card))`,
  String.raw`ουδεν (?:περαιτερω |αλλο )?σχολιο`,
  String.raw`(?<=(?:^|[.!?:;,·–—\n-]) *)(?:κανενα|χωρισ|ανευ) σχολι(?:ο|α|ων)(?=\s*(?:[.!…]|$|\n)|\s+(?:επι |για (?:το|τη|την|αυτο)|` +
    String.raw`προσ το παρον|απο (?:εμασ|μασ|την πλευρα)(?! ωσ| μεχρι| ακομ)))(?!\s[^.!;\n]*(?<!\p{L})δεν )`,
  String.raw`ουδεν νεωτερο[ν]?`,
)
const notNow = phrase(
  String.raw`(?<!(?:you|they|visitors|people|users|readers|guests|members|who|customers|anyone|everyone|somebody|someone|nobody) ` +
    String.raw`(?:(?:are|is|may|might|will|would) )?)(?:can ?not|can't|won't|will not|unable to|not (?:able|allowed|permitted|in a ` +
    String.raw`position) to|would rather not|prefer not to|not going to|refuse to|decline[ds]? to|declining to)(?: (?:publicly|` +
    String.raw`further|currently|possibly))? comment(?: (?:further|publicly))?(?! (?:under|below|here|on (?:the|this|that|your|our|` +
    String.raw`his|her|a) (?:post|photo|page|thread|blog|video|picture|site)))`,
  String.raw`(?:we|i) (?:do not|don't|never)(?: (?:publicly|usually|generally))? comment(?! (?:under|below|here|often|much))`,
  String.raw`δεν (?:θα |μπορουμε να |μπορω να |επιθυμουμε να |επιθυμω να |θελουμε να |προκειται να |ειμαστε σε θεση να |μασ ` +
    String.raw`επιτρεπεται να )(?:το |τα |τη |την |αυτο |κατι )?σχολιασ(?:ουμε|ω)`,
  String.raw`δεν (?:το |τα |τη |την )?σχολιαζ(?:ουμε|ω)`,
  String.raw`δεν (?:εχουμε|εχω) (?:καποιο |κανενα |περαιτερω |κατι |τιποτα )?(?:σχολιο|να σχολιασουμε|να πουμε)(?! ακομ| ωσ | μεχρι|` +
    String.raw` κατω| στην| στο| για να)`,
  String.raw`(?:αρνουμαστε|αποφευγουμε|δεν επιθυμουμε) (?:να |τον |τα |οποιονδηποτε )+σχολι(?:ασουμε|ασμο|α)`,
  String.raw`δεν προβαινουμε σε σχολια`,
)
const reason = phrase('because', 'since (?:it|we|they|the)', 'as (?:it is|the court|the case)', 'for [\\p{L} ]{0,30}reasons?', 'by law',
  'the court', 'until \\S+', 'before \\S+', 'so that', 'to protect',
  'out of respect', 'επειδη', 'γιατι', 'διοτι', 'καθωσ', 'για λογουσ', 'λογω', 'μεχρι να', 'μεχρι \\S+', 'ωσ τ[ιοη]\\S*', 'πριν \\S+',
  'απο σεβασμο', 'για να προστατ~', 'το δικαστηριο', 'ο νομοσ')
const vague = phrase('until (?:further|now)', 'before (?:now|long)', 'μεχρι (?:στιγμησ|τωρα|νεωτερασ)')

const spot = (read: Prose, found: Found): Spot => {
  const lang = scriptOf(found.text)
  const { sentence } = sentenceAt(read, lang, found.at)
  return { words: found.text.replace(/\s+/g, ' ').trim(), lang, at: [sentence.start, sentence.end] }
}

/** Sentences that will not answer. One that gives its reason is an answer; what stands in quotes was said by others. */
export function evasions(text: string): readonly Spot[] {
  const read = prose(text)
  const apart = quoted(read)
  const open = findAll(read, notNow).filter(({ at }) => {
    const { sentence, next } = sentenceAt(read, scriptOf(text.slice(at[0], at[1])), at)
    const around = prose(`${sentence.text} ${next[0]?.text ?? ''}`).folded
    return !holds(around.replace(vague, ''), reason)
  })
  return [...findAll(read, plainNo), ...open].filter(({ at }) => !inside(apart, at)).map((found) => spot(read, found))
}

const serious = phrase(
  String.raw`(?:we|i)(?: all| always| do| really)? take (?:this|that|it|these|those|all|your|such|the|every|any|customer|food|` +
    String.raw`safety|complaints?|feedback)(?: [\p{L}'-]+){0,7}? (?:(?:very|extremely|really|so|incredibly|most) )?seriously`,
  String.raw`(?:is|are|being|was|were) (?:being )?taken (?:(?:very|extremely|really|so) )?seriously`,
  String.raw`(?:taking|take) (?:this|it|the matter|the issue)(?: [\p{L}'-]+){0,3}? (?:(?:very|extremely|really|so) )?seriously`,
  String.raw`(?:παιρνουμε|παιρνω|λαμβανουμε|αντιμετωπιζουμε|βλεπουμε)(?: [\p{L}]+){0,7}? (?:(?:πολυ|ιδιαιτερα|τοσο|εξαιρετικα) ` +
    String.raw`)?(?:στα )?σοβαρα(?: υποψη)?`,
  String.raw`(?:αντιμετωπιζουμε|βλεπουμε|εξεταζουμε|χειριζομαστε)(?: [\p{L}]+){0,7}? με (?:(?:τη|την|ολη|καθε|κατα|μεγαλη|απολυτη|` +
    String.raw`δεουσα|ιδιαιτερη|πασα) )*σοβαροτητα`,
)
const dated = phrase(String.raw`[\p{L}]*\d[\p{L}\d:.,%]*`,
  'today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening|week|month)|within|by (?:mon|tues|wednes|thurs|fri|satur|' +
    'sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day',
  'σημερα|αποψε|αυριο|χθεσ|χτεσ|εχθεσ|μεσα σε|(?:τη|την|ωσ|μεχρι|το) (?:δευτερα|τριτη|τεταρτη|πεμπτη|παρασκευη|σαββατο|κυριακη)|' +
    'αυτη την εβδομαδα')
const done = phrase(String.raw`(?:we|i|[\p{L}]+ and i)(?: have|'ve| had)?(?: already| now| just| also)? (?!committed|dedicated|` +
  String.raw`devoted|needed|wanted|valued|strived|believed)(?:[\p{L}]+ed|took|threw|sent|spoke|found|gave|made|put|brought|held|` +
  String.raw`wrote|told|went|began|shut|taken|thrown|spoken|given|written)`,
  String.raw`(?:we|i)(?:'ll| will|'re going to| are going to) (?!do (?:our|my|everything|all)|look into|continue|always|strive|take|` +
    String.raw`keep|work|try|be|not|investigate|review|ensure|make sure)[\p{L}]+`,
  String.raw`[\p{L}]{3,}(?:σαμε|ξαμε|ψαμε|ηκαμε|λαμε)(?<!θελαμε|σφαλαμε|μιλαμε|κανταλαμε)`,
  'βγαλαμε|πηραμε|βρηκαμε|ειδαμε|ειπαμε|δωσαμε|καναμε|φεραμε|βαλαμε|πηγαμε',
  String.raw`θα (?!κανουμε|φροντισουμε|συνεχισουμε|εξετασουμε|προσπαθησουμε|διερευνησουμε|ερευνησουμε|ειμαστε|παραμεινουμε)(?:σασ |` +
    String.raw`σου |το |τα |τη |την |τουσ |τισ )?(?!δουμε)[\p{L}]{2,}(?:ουμε|θουμε)`)

/** “We take this seriously” where neither its sentence nor the next two say what, when or who. */
export function emptySeriousness(text: string): readonly Spot[] {
  const read = prose(text)
  const apart = quoted(read)
  return findAll(read, serious).filter(({ at }) => {
    if (inside(apart, at)) return false
    const { sentence, next } = sentenceAt(read, scriptOf(text.slice(at[0], at[1])), at)
    const rest = text.slice(at[1], Math.max(at[1], sentence.end))
    const after = prose([text.slice(sentence.start, at[0]), rest, ...next.slice(0, 2).map((piece) => piece.text)].join(' ')).folded
    return !holds(after, dated) && !holds(after, done)
  }).map((found) => spot(read, found))
}

const sorry = 'sorry|apologi[sz]e|apologies|regret'
const conditional = phrase(
  String.raw`(?:${sorry})(?: [\p{L}']+){0,5}? if (?:anyone|anybody|someone|somebody|any|you|this|that|it|we|our|people|some|` +
    String.raw`they)(?: [\p{L}']+){0,7}? (?:offen~|upset|hurt|felt|feel|inconvenienc~|misunder~|disappoint~|bothered|confus~|harm)`,
  String.raw`(?:${sorry})(?: that)? (?:you|some|some people|people|anyone|they)(?: [\p{L}']+)? ?(?:feel|felt|were offended|was ` +
    String.raw`offended|are offended|are upset|were upset|took it|took this|misunderstood)(?! (?:ill|sick|down|cold|faint))`,
  String.raw`(?:${sorry}) to (?:anyone|those|anybody) (?:who )?(?:was|were|may|might|feels?|felt)(?: [\p{L}']+){0,3}? (?:offended|` +
    String.raw`upset|hurt)`,
  String.raw`(?:mistakes|errors) (?:were|may have been|might have been|have been) made(?! by (?:us|me|our))`,
  String.raw`(?:συγγνωμη|λυπουμαστε|λυπομαστε|απολογουμαστε|συγχωρεση)(?: [\p{L}]+){0,6}?,? (?:αν|εαν|σε περιπτωση που)(?: ` +
    String.raw`[\p{L}]+){0,7}? (?:προσβ~|προσεβ~|θιξ~|εθιξ~|θιχτ~|θιγ~|ενοχλ~|στενοχωρ~|στεναχωρ~|παρεξηγ~|πληγω~|πειραξ~|αισθαν~|` +
    String.raw`ενιωσ~|νιωσ~|δυσαρεστ~|ταλαιπωρ~)`,
  String.raw`συγγνωμη (?:σε|απο) οσουσ (?:τυχον |ισωσ )?(?:προσβ~|θιχτ~|θιγ~|ενοχλ~|ενιωσ~|παρεξηγ~|δυσαρεστ~)`,
  String.raw`λυπουμαστε που (?:το )?(?:αισθανεστε|νιωθετε|παρεξηγησατε|το πηρατε|ενοχληθηκατε)(?: ετσι)?`,
  String.raw`(?:εγιναν|εχουν γινει|υπηρξαν|μπορει να εγιναν) (?:καποια |μερικα |ορισμενα |και )?λαθη(?! (?:απο εμασ|μασ|εκ μερουσ μασ))`,
)
const trouble = phrase(
  String.raw`(?:${sorry})(?: [\p{L}']+){0,4}? (?:for )?(?:any|the|possible) (?:possible |temporary )?inconvenience`,
  String.raw`(?:συγγνωμη|λυπουμαστε|απολογουμαστε)(?: [\p{L}]+){0,4}? (?:για )?(?:την |τη |τισ )?(?:οποια(?:δηποτε)?|τυχον|` +
    String.raw`ενδεχομενη|πιθανη|οποιεσ)(?: [\p{L}]+)? (?:ταλαιπωρια|αναστατωση|ενοχληση|δυσαρεσκεια)`,
)
const cause = phrase('because', 'due to', 'after (?:a|the|our)', 'broke~', 'fail~', 'fault', 'mistake', 'error',
  'we (?:forgot|sold|mixed|missed|sent|closed|moved|ran|left|lost|burn~|wrote)', 'our (?:oven|van|supplier|till|line|phone|site)',
  'repair~', 'power cut', 'επειδη', 'γιατι', 'διοτι', 'καθωσ', 'λογω', 'εξαιτιασ', 'χαλασε', 'βλαβη', 'λαθοσ μασ', 'καναμε λαθοσ',
  'ξεχασαμε', 'μπερδεψαμε', 'στειλαμε', 'κλεισαμε', 'διακοπη', 'φταιξαμε', 'φταιμε', 'εργασιεσ', 'καψαμε')

/** Apologies on a condition, in the passive, or for “any inconvenience” without a cause. */
export function nonApologies(text: string): readonly Spot[] {
  const read = prose(text)
  const apart = quoted(read)
  const bare = holds(read.folded, cause) ? [] : findAll(read, trouble)
  return [...findAll(read, conditional), ...bare].filter(({ at }) => !inside(apart, at)).map((found) => spot(read, found))
}

const where = "in (?:the |all |our )?(?:town|city|world|country|market|greece|patras|athens|europe|area|neighbourhood|neighborhood|region)|on the market|on earth|ever|around|anywhere"
const absolute = phrase(
  String.raw`the (?:very )?(?:best|finest|greatest|cheapest|freshest|tastiest)(?: [\p{L}-]+){0,3}? (?:${where})`,
  String.raw`(?:we|ours|it|this|that|they|these|bread|product|products|service|prices)(?:'s|'re| is| are| have| has| make| makes| ` +
    String.raw`bake| sell| offer| serve)(?: simply| just| only)? the (?:very )?best(?! (?:we|i|you|way|time|part|of luck|thing|` +
    String.raw`possible|kept|before|moment|day|place|option|for (?:me|us)|news|reason|gift|example))`,
  String.raw`(?:number one|no\.? ?1|nr\.? ?1|#1)(?! (?:question|reason|rule|thing|tip|request|mistake|step|oven|bus|problem|in the ` +
    String.raw`(?:list|photo|picture)))(?<!(?:step|bus|line|oven|photo|chapter|part|table|question|tip|rule|house|street|batch|door|` +
    String.raw`post) (?:number one|no\.? ?1|nr\.? ?1|#1))`,
  String.raw`100 ?% (?:guarantee~|satisf~|safe|perfect~|effective|risk)`,
  String.raw`(?:world|nation|city|town|country|greece)'s (?:best|finest|leading|favou?rite|number one)`,
  'unbeatable', 'second to none', 'unrivall?ed', 'unmatched', 'world[- ]class', 'market[- ]leading', 'best[- ]in[- ]class',
  String.raw`(?:ο|η|το|τα|οι|τη|την|τον|τουσ|τισ) (?:πιο )?(?:καλυτερ~|κορυφαι~|φθηνοτερ~|φτηνοτερ~|νοστιμοτερ~|φρεσκοτερ~)(?: ` +
    String.raw`[\p{L}]+){0,3}? (?:τησ πολησ|τησ πατρασ|τησ περιοχησ|τησ γειτονιασ|στον κοσμο|του κοσμου|στην ελλαδα|τησ ελλαδασ|` +
    String.raw`στην πολη|στην πατρα|στην αγορα|τησ αγορασ|που υπαρχ~|που εχετε)`,
  String.raw`ειμαστε (?:απλωσ |απλα |παντα )?(?:οι|ο|η|το) (?:καλυτερ~|κορυφαι~|νουμερο)`,
  String.raw`(?:εχουμε|φτιαχνουμε|ψηνουμε|πουλαμε|προσφερουμε|σερβιρουμε|ειναι) (?:απλωσ |απλα )?(?:το|τα|τη|την|τον|τισ|τουσ|η|οι|` +
    String.raw`ο) (?:καλυτερ~|κορυφαι~)(?! (?:δυνατ~|που μπορ~|μασ|ωρα|στιγμη|τροποσ|σασ|φιλ~|ιδεα|μερα|επιλογη|για (?:εμασ|` +
    String.raw`μενα)))(?= \p{L}| *[!.…]| *$)`,
  String.raw`(?<!(?:λεωφορειο|γραμμη|βημα|φωτογραφια|αριθμοσ|τραπεζι|συμβουλη|κανονασ|παρτιδα|φουρνοσ|οδοσ|σελιδα|κεφαλαιο) )(?:νο|` +
    String.raw`no|νουμερο)\.? ?(?:1|ενα)(?! (?:ερωτηση|λαθοσ|λογοσ|κανονασ|συμβουλη|βημα))`,
  String.raw`100 ?% (?:εγγυη~|ασφαλ~|αποτελεσματικ~|ικανοποι~)`, 'ασυναγωνιστ~', 'αξεπεραστ~', 'αχτυπητ~', 'δεν υπαρχει καλυτερ~',
)

/** Claims nobody can check. A question about the best, or somebody else’s praise in quotes, claims nothing. */
export function absoluteClaims(text: string): readonly Spot[] {
  const read = prose(text)
  const apart = quoted(read)
  return findAll(read, absolute).filter(({ at }) => {
    const { sentence } = sentenceAt(read, scriptOf(text.slice(at[0], at[1])), at)
    return !inside(apart, at) && !/[?;\u037e]\s*$/.test(sentence.text)
  }).map((found) => spot(read, found))
}
