import type { Label } from '#kit/channel.ts'
import type { Lang } from '#kit/lang.ts'
import { fits, type TextLimit } from '#text/count.ts'

/** What a network without marks of its own shows above a text, in the text's language. */
const marks: Readonly<Record<Label, Readonly<Record<Lang, string>>>> = {
  sponsored: { en: '#ad · Paid partnership', el: '#διαφήμιση · Χορηγούμενο' },
  'ai-made': { en: 'Made with AI', el: 'Φτιαγμένο με τεχνητή νοημοσύνη' },
}
/** On a page of its own no sign for a tag is needed. */
const pageMarks: typeof marks = { ...marks, sponsored: { en: 'Advertisement · paid partnership', el: 'Διαφήμιση · χορηγούμενο' } }
export const labelLines = (labels: readonly Label[], lang: Lang): string => labels.map((label) => pageMarks[label][lang]).join('\n')

const order = ['labels', 'title', 'body', 'tags', 'signed'] as const
type Piece = (typeof order)[number]

interface Given { readonly text: string; readonly title: string; readonly tags: readonly string[]; readonly labels: readonly Label[]; readonly author: string | undefined; readonly lang: Lang; readonly limit: TextLimit }

/** A tag as networks write it: no spaces, no marks, Greek kept. */
export const tagName = (tag: string): string => tag.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')

/** The first short post as it goes out: the words whole, the marks of honesty, and around them what there is room for. */
export function shortText({ text, title, tags, labels, author, lang, limit }: Given): string {
  const whole = (pieces: Partial<Record<Piece, string>>) => order.map((piece) => pieces[piece] ?? '').filter(Boolean).join('\n\n')
  const named = tags.map(tagName).filter((tag) => tag !== '' && !text.toLowerCase().includes(`#${tag.toLowerCase()}`)).map((tag) => `#${tag}`).join(' ')
  const around: Partial<Record<Piece, string>> = { ...(author ? { signed: `— ${author}` } : {}), title, tags: named }
  let pieces: Partial<Record<Piece, string>> = { body: text.trim(), labels: labels.map((label) => marks[label][lang]).join('\n') }
  for (const piece of ['signed', 'title', 'tags'] as const) {
    const tried = { ...pieces, [piece]: around[piece] ?? '' }
    if (fits(whole(tried), limit)) pieces = tried
  }
  return whole(pieces)
}
