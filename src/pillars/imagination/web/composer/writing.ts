import { partsOf, sameWords, type Face, type PostWords } from '#core/posts/rules.ts'
import { guessLang } from '#text/lang.ts'
import type { Lang } from '#kit/lang.ts'
import type { Account, Post } from '../calls.ts'

export const formats = ['story', 'guide', 'question', 'news', 'offer', 'contest', 'promotion', 'game'] as const satisfies readonly Post['format'][]
export const intents = ['give', 'ask', 'talk'] as const satisfies readonly Post['intent'][]

/** What a writer types and chooses: the part of a post that saves itself. */
export type Words = PostWords

/** A fresh page: goes to every account that can publish, in the language of the house. */
export const blank = (lang: Lang, accounts: readonly Account[], campaignId: string | null): Words => ({
  title: '', text: '', thread: [], firstComment: '', warning: '', lang, intent: 'talk', format: 'story', tags: [], media: [], campaignId, accountIds: accounts.filter(canPublish).map((account) => account.id),
  variants: [], labels: [], card: null, late: null,
})
export const canPublish = (account: Account): boolean => account.state === 'connected' && account.kinds.includes('post')

const isBlankFace = (face: Face): boolean => face.title.trim() === '' && face.firstComment.trim() === '' && partsOf(face).every((part) => part.text.trim() === '' && part.media.length === 0)
/** A page on which nobody has written anything anywhere. */
export const isBlankPage = (words: Words): boolean => isBlankFace(words) && words.variants.every((one) => isBlankFace({ ...one, title: one.title ?? '' }))
export const same = sameWords
export { wordsOf } from '#core/posts/rules.ts'

/** The other language, when the text reads like it. */
export function otherLang(words: Pick<Words, 'title' | 'text' | 'lang'>): Lang | undefined {
  const guess = words.text.trim().length < 12 ? undefined : guessLang(`${words.title}\n${words.text}`)
  return guess === words.lang ? undefined : guess
}

/** 'rye, Πάτρα ,' → ['rye', 'Πάτρα']; each once, at most twenty. */
export function tagsFrom(typed: string): readonly string[] {
  const said = typed.split(/[,#\n]/).map((tag) => tag.trim().replace(/\s+/g, ' ').slice(0, 60)).filter(Boolean)
  return [...new Set(said)].slice(0, 20)
}

/** Gives and asks said lately, and the same with this post. */
export function balance(recent: readonly { readonly intent: Words['intent'] }[], intent: Words['intent']) {
  const count = (which: Words['intent']) => recent.filter((post) => post.intent === which).length
  const before = { give: count('give'), ask: count('ask') }
  return { before, after: { give: before.give + (intent === 'give' ? 1 : 0), ask: before.ask + (intent === 'ask' ? 1 : 0) } }
}
