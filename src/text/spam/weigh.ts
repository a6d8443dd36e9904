import { fold } from '../fold.ts'
import { linksBy } from '../links.ts'
import { phrases, soft, type Offer } from './phrases.ts'

/** Something in a message that speaks for spam, or (`known`, a negative weight) against it. */
export type SignName = Offer | 'links' | 'bare-link' | 'shortened' | 'referral' | 'broken-link' | 'markup' | 'contact' | 'scripts' | 'unseen' | 'capitals' | 'flattery' | 'plea' | 'repeated' | 'hurried' | 'learned' | 'known'
/** `words`: what was found, as it stands in the message. */
export interface Sign { readonly sign: SignName; readonly weight: number; readonly words: readonly string[] }
/** `doubtful`: a person should look first, and the author is told. `certain`: nobody but a person finds it, and its author is told nothing. */
export interface Verdict { readonly score: number; readonly is: 'fine' | 'doubtful' | 'certain'; readonly signs: readonly Sign[] }
/** What only the house knows of a message. */
export interface Around {
  /** How many of its author's messages stand. */
  readonly standing: number
  /** The same words were said elsewhere lately. */
  readonly repeated: boolean
  /** How many messages its author sent in the last ten minutes. */
  readonly lately: number
  /** What this house's own decisions say, from -1 (fine) to 1 (spam), and the words that say it. */
  readonly learned?: { readonly leaning: number; readonly words: readonly string[] } | undefined
}
export const stranger: Around = { standing: 0, repeated: false, lately: 1 }
export const thresholds = { doubtful: 1, certain: 2 } as const

const weights: Readonly<Record<Offer, number>> = { channel: 1, money: 1, prize: 1, premium: 1, betting: 1, adult: 1, promotion: 0.7, cure: 1, account: 1, parcel: 1 }
const most = 4_000
const shown = 60

// Letters of other scripts that look Latin, as they are used to hide a word from a reader of words.
const looksLatin = new Map('аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl мm тt вb нh кk АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЅS ЈJ'.split(' ').map((pair) => [pair[0]!, pair[1]!] as const))
const cyrillic = /\p{Script=Cyrillic}/u
const unmasked = (word: string): string => (cyrillic.test(word) && /\p{Script=Latin}/u.test(word) ? Array.from(word, (letter) => looksLatin.get(letter) ?? letter).join('') : word)
const invisible = /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/gu

/** The message as a reader sees it: no hidden signs, no dressed-up letters, no letter in another's place; small, without marks. */
export const readable = (text: string): string => fold(text.slice(0, most).normalize('NFKC').replace(invisible, '').replace(/[\p{L}\p{M}]+/gu, unmasked)).replace(/[’‘`]/g, "'").replace(/\s+/g, ' ')

const cut = (words: string): string => { const line = words.replace(/\s+/g, ' ').trim(); return line.length <= shown ? line : `${line.slice(0, shown - 1).toWellFormed()}…` }
const sign = (name: SignName, weight: number, words: readonly string[] = []): Sign => ({ sign: name, weight, words: [...new Set(words.map(cut))].filter(Boolean).slice(0, 5) })

const shorteners = /^(?:bit\.ly|tinyurl\.com|goo\.gl|t\.me|wa\.me|is\.gd|ow\.ly|buff\.ly|cutt\.ly|rebrand\.ly|shorturl\.at|rb\.gy|adf\.ly|linktr\.ee|linkbucks\.com|hyperurl\.co|lnkd\.in|chat\.whatsapp\.com|discord\.gg|tsu\.co)$/
const refers = /[?&#](?:ref|refid|aff|affid|affiliate\w*|rrid|partner|referr?er|friend|invite|promo|coupon|rb|r|tag)=|\/(?:ref|aff|invite|affiliates?|partners?)\//i
const hostOf = (link: string): string => link.replace(/^https?:\/\//i, '').split(/[/?#:]/)[0]!.toLowerCase().replace(/^www\d*\./, '')

const common = /\.(?:com|net|org|gr|eu|info|biz|io|co|ru|xyz|online|shop|club|uk|de|fr|es|tv|ly|gl|cc|site|store|top|app|link|click|live|space|website|pro|vip|bet|casino|loan|win|work)$/
/** The links a reader would take for links: a full stop forgotten between two words is none. */
function linksIn(text: string): string[] {
  const all = linksBy('twitter', text).map(({ start, end }) => text.slice(start, end))
  return all.filter((link) => /^https?:|^www\d*\./i.test(link) || (link.includes('/') && common.test(hostOf(link))) || (common.test(hostOf(link)) && !/\.[A-Z]/.test(link)))
}

function ofLinks(text: string, plain: string): Sign[] {
  const links = linksIn(text)
  if (links.length === 0) return ofBroken(plain)
  const around = links.reduce((rest, link) => rest.replace(link, ' '), text)
  const letters = around.match(/\p{L}/gu)?.length ?? 0
  // Whoever explains at length names sources; whoever sows links writes little around them.
  const each = letters / links.length >= 80 ? 0.1 : 0.3
  const found = [sign('links', Math.min(1.2, 0.3 + each * (links.length - 1)), links.map(hostOf))]
  // A link and a word or two is a notice on a wall, not a part of a talk.
  if (letters < 30) found.push(sign('bare-link', 0.8, links.map(hostOf)))
  const short = links.filter((link) => shorteners.test(hostOf(link)))
  if (short.length > 0) found.push(sign('shortened', 0.5, short))
  const referring = links.filter((link) => refers.test(link))
  if (referring.length > 0) found.push(sign('referral', 0.6, referring))
  return found
}

/** An address taken apart so that no program finds it. */
function ofBroken(plain: string): Sign[] {
  const found = /\b[a-z0-9-]{3,40} ?(?:\. | \.|\(dot\)|\[dot\]| dot ) ?(?:com|net|org|gr|info|biz|io|co|ru|xyz|online|shop|club)\b/.exec(plain) ?? /(?:^| )\/?watch\?v=[\w-]{6,}/.exec(plain)
  return found ? [sign('broken-link', 0.8, [found[0]])] : []
}

function ofMarkup(text: string): Sign[] {
  const found = /\[url[=\]]|\[\/url\]|<a\s[^>]{0,200}href|\[link=/i.exec(text)
  return found ? [sign('markup', 1, [found[0]])] : []
}

function ofOffers(plain: string): Sign[] {
  const found = new Map<Offer, string[]>()
  for (const { offer, says } of phrases) {
    const words = says.exec(plain)?.[0]
    if (words !== undefined) found.set(offer, [...(found.get(offer) ?? []), words])
  }
  return [...found].map(([offer, words]) => sign(offer, weights[offer], words))
}

const brief = 300
/** A notice: somebody asks all for something, with their own wares or a link beside it. */
function ofNotice(plain: string, linked: boolean): Sign[] {
  if (plain.length > brief) return []
  const [wares, plea] = [soft.wares.exec(plain)?.[0], soft.pleas.exec(plain)?.[0]]
  if (linked) return wares ?? plea ? [sign('plea', 0.7, [wares ?? '', plea ?? ''])] : []
  return wares && plea ? [sign('plea', 1, [wares, plea])] : []
}

function ofLetters(text: string): Sign[] {
  const found: Sign[] = []
  const words = text.slice(0, most).match(/[\p{L}\p{M}]{3,}/gu) ?? []
  const masked = words.filter((word) => cyrillic.test(word) && /\p{Script=Latin}/u.test(word))
  const dressed = text.slice(0, most).match(/[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\u24b6-\u24e9\uff21-\uff5a]{3,}/gu) ?? []
  if (masked.length + dressed.length > 0) found.push(sign('scripts', 0.8, [...masked, ...dressed]))
  const hidden = text.slice(0, most).match(/\p{L}[\u00ad\u200b\u2060\ufeff]+(?=\p{L})/gu) ?? []
  if (hidden.length > 1) found.push(sign('unseen', 0.6))
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters >= 30 && (text.match(/\p{Lu}/gu)?.length ?? 0) / letters > 0.7) found.push(sign('capitals', 0.3))
  return found
}

const reach = /(?:\+|\b00)\d[\d ().-]{7,18}\d|\b(?:69\d{8}|2[1-8]\d{8})\b|\b0\d{9,11}\b|\b(?:whats ?app|viber|telegram|βαιμπερ|τηλ(?:εφωνο)?)\b ?[:.]? ?\+?\d{5,}|[\w.+-]{1,64}@(?:gmail|yahoo|hotmail|outlook|proton|protonmail|mail)\.\w{2,5}/
function ofReach(plain: string): Sign[] {
  const found = reach.exec(plain)
  return found ? [sign('contact', 0.3, [found[0]])] : []
}

const praise = /\b(?:great|nice|awesome|amazing|excellent|informative|wonderful|helpful|good|fantastic) (?:post|article|blog|content|info|information|site|website|read|job|work|share)\b|\bthanks? (?:you )?for (?:sharing|posting|this (?:great|nice|post|article|info))|\bkeep (?:it up|up the good)|(?:ωραιο|πολυ καλο|φοβερο|τελειο|εξαιρετικο|ενδιαφερον) (?:αρθρο|αναρτηση|post|blog|site|κειμενο)/
function ofPraise(plain: string, linked: boolean): Sign[] {
  const found = linked ? praise.exec(plain) : null
  return found ? [sign('flattery', 0.5, [found[0]])] : []
}

function ofAround({ standing, repeated, lately, learned }: Around): Sign[] {
  const found: Sign[] = []
  if (repeated) found.push(sign('repeated', 1))
  if (lately > 4) found.push(sign('hurried', 0.3))
  if (learned && Math.abs(learned.leaning) >= 0.5) found.push(sign('learned', learned.leaning, learned.words))
  if (standing >= 2) found.push(sign('known', standing >= 10 ? -1.2 : -0.6))
  return found
}

/** Reads a message from outside and says how much it looks like spam, and why. Takes time in proportion to the text. */
export function weigh(text: string, around: Around = stranger): Verdict {
  const plain = readable(text)
  const links = ofLinks(text.slice(0, most), plain)
  const offers = ofOffers(plain)
  const signs = [...links, ...ofMarkup(text), ...offers, ...(offers.some((one) => one.sign === 'channel') ? [] : ofNotice(plain, links.length > 0)), ...ofLetters(text), ...ofReach(plain), ...ofPraise(plain, links.length > 0), ...ofAround(around)]
  const score = Math.round(signs.reduce((sum, one) => sum + one.weight, 0) * 100) / 100
  return { score, is: score >= thresholds.certain ? 'certain' : score >= thresholds.doubtful ? 'doubtful' : 'fine', signs }
}
