import type { Lang } from '#kit/lang.ts'
import type { Recent, Writing } from '#kit/pillar.ts'
import { guessLang } from '#text/lang.ts'
import { findAll, holds, inside, phrase, prose, quoted } from '#text/prose.ts'
import { isQuestion, questions } from '#text/question.ts'
import { stems } from '#text/stem.ts'
import { words } from '#text/words.ts'

const call = phrase(
  "(?<!(?:don't|never|not|they|who|people|customers|always|often|will|they'll) )(?:tell|ask|write|show|send|email|e-mail|message|call|text|teach)(?: it)?(?: to)? (?:us|me)(?: (?:here|below|about|what|how|which|your|in|if|whether|anything|where|when|why|a|at))?",
  'let (?:us|me) know', 'drop (?:us |me )?a (?:line|comment|note|word)',
  '(?:leave|write|post) (?:us |me )?(?:a|your) (?:comment|answer|reply|question|idea|thought|story|note)s?',
  '(?:comment|reply|answer|write|vote|guess) (?:below|here|with|and|by)',
  "(?:we|i)(?:'d| would)? (?:love|like|want|be (?:happy|glad)) to (?:hear|read|know|see|learn)",
  '(?:share|send|give|bring) (?:with us |us )?your', '(?:we|i) (?:look forward|are curious|am curious|wonder)', 'in the comments?',
  'talk to (?:us|me)',
  'your (?:turn|thoughts|opinion|guess|answers?|ideas|questions|stories|favou?rite)(?: (?:is|are|here|below|please|welcome))?',
  '(?:πειτε|πεσ|γραψτε|γραψε|ρωτηστε|ρωτα|ρωτησε|στειλτε|στειλε|δειξτε|δειξε|μαθετε|απαντηστε|απαντησε|τηλεφωνηστε|διηγηθειτε) ' +
    '(?:μασ|μου|το|τα|τη|την|εδω|στα|με|ποιο|ποια|πωσ|τι|ο,τι)',
  'στειλτε|σχολιαστε|σχολιασε|ψηφιστε|ψηφισε|μαντεψτε|μαντεψε|μοιραστειτε|μοιρασου|απαντηστε|προτεινετε',
  'στα σχολια', '(?:περιμενουμε|περιμενω) (?:τισ?|τα|τη|την|το|να|νεα) [\\p{L} ]{0,30}(?:σασ|σου|ακουσ~|διαβασ~|μαθ~)',
  'θα (?:χαρουμε|χαρω|θελαμε|θελα) (?:πολυ )?να (?:μασ |σασ )?(?:ακουσ~|διαβασ~|μαθ~|πειτε|δουμε|γραψετε)',
  '(?:τη|η|τισ|οι|τα|το|ποια ειναι η) (?:γνωμη|ιδεεσ|ερωτησεισ|ιστοριεσ|σχολια|απορια|αποριεσ) σ(?:ασ|ου)',
  'εσεισ (?:τι|πωσ|που|ποι~|ποτε|γιατι)', 'η δικη σασ', 'η σειρα σασ', 'ρωτηστε|ρωτατε',
)
const denied = /(?<!\p{L})(?:not|never|don't|didn't|nobody|who|μη|μην|δεν|κανεισ)\s+(?:\p{L}+\s+){0,2}$/u

/** Does it ask the reader something, or call on them to say something? */
export function invites(text: string, lang: Lang): boolean {
  const read = prose(text)
  const apart = quoted(read)
  // A question whose mark stands inside quotes was asked by somebody else.
  const asks = questions(text, guessLang(text) ?? lang).some(({ text: said, start, end }) => {
    const mark = start + said.search(/[?;\u037e][^?;\u037e]*$/)
    return mark < start ? !inside(apart, [start, end]) : !inside(apart, [mark, mark + 1])
  })
  if (asks) return true
  return findAll(read, call).some(({ at, match }) => !inside(apart, at) && !denied.test(read.folded.slice(Math.max(0, match.index - 40),
    match.index)))
}

const streak = 5

/** The last five posts only told, and this one does too. */
export function oneWay(text: string, lang: Lang, recent: readonly Pick<Recent, 'text'>[]): boolean {
  return recent.length >= streak && !invites(text, lang) && recent.slice(0, streak).every((post) => !invites(post.text, lang))
}

const takesUp = phrase(
  "(?:i|we) (?:do not|don't|didn't|am not|'m not|are not|aren't)(?: yet| really)? (?:know|sure|certain)",
  "(?:i|we)(?:'ll| will| am going to| can) (?:find|look|ask|check|call|write|get back|let you|tell|see|send)", 'get back to you',
  'let (?:me|us) (?:check|look|ask|find)', 'not sure', 'no idea', 'depends', 'good question', 'could you (?:tell|send|say|write)',
  'which (?:one|of)',
  'yes|yeah|yep|no|nope|not yet|of course|sure|certainly|absolutely|indeed|unfortunately|afraid|exactly|always|never|every(?:day| ' +
    'day)|sometimes|today|tomorrow|tonight|soon|until|because|it is|they are|there (?:is|are)|here (?:is|are)|it does|we do|we did|' +
    'you can',
  'δεν (?:το |τα )?(?:ξερ|γνωριζ|ειμαι σιγουρ|ειμαστε σιγουρ)~',
  'θα (?:το |τα |σασ |σου |σε )*(?:μαθ|ρωτησ|δω|δουμε|κοιταξ|ψαξ|πω|πουμε|ενημερωσ|απαντησ|γραψ|στειλ|παρω|παρουμε|καλεσ)~',
  'να (?:το )?(?:ρωτησ|δω|κοιταξ|ψαξ)~', 'εξαρταται', 'καλη ερωτηση',
  'ναι|οχι|βεβαιωσ|βεβαια|φυσικα|σιγουρα|ασφαλωσ|μαλιστα|αμε|δυστυχωσ|ακομα|ακομη|ποτε|παντα|καποτε|σημερα|αυριο|αποψε|συντομα|καθε ' +
    '(?:μερα|πρωι|μεσημερι|βραδυ)|ωσ|μεχρι|γιατι|επειδη|ειναι|υπαρχει|υπαρχουν|μπορειτε|μπορεισ|γινεται|εχουμε|κανουμε|εδω|εκει',
)
const figures = phrase('one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|half',
  'μια|μιαμιση|δυο|τρεισ|τρια|τεσσερισ|τεσσερα|πεντε|εξι|επτα|εφτα|οκτω|οχτω|εννεα|εννια|δεκα|εντεκα|δωδεκα|μεσημερι|μισο')
// Why, how and where can be answered in words that share nothing with the question.
const open = phrase('why|how (?:do|does|did|can|come|is|are|would|should)|where|who|which', 'γιατι|πωσ|που|ποιοσ|ποια|ποιο|ποιοι|ποιεσ')
const short = /^\s*(?:(?:we|i|it|they|that) (?:are|do|have|did|am|is|was|does)|ειμαστε|εχουμε|κανουμε|εχει|ηταν)\s*[,.!]/u
const concrete = /\d|https?:\/\/|www\.|@/

/** A question was asked, and the answer holds no word of it, no yes or no, no figure, and no “I will find out”. */
export function leavesUnanswered({ kind, text, answering, lang }: Pick<Writing, 'kind' | 'text' | 'answering' | 'lang'>): boolean {
  if (kind !== 'reply' || answering === undefined || words(text).length < 3 || !isQuestion(answering.text)) return false
  const asked = stems(answering.text)
  if (new Set(asked).size < 2 || (guessLang(answering.text) ?? lang) !== (guessLang(text) ?? lang)) return false
  const said = prose(text).folded
  if (concrete.test(text) || /[?;\u037e]/.test(text) || [takesUp, figures, short].some((pattern) => holds(said, pattern))) return false
  if (holds(prose(answering.text).folded, open)) return false
  return !stems(text).some((stem) => asked.includes(stem))
}
