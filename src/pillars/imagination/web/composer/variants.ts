import { faceOn, type Face, type Variant } from '#core/posts/rules.ts'
import type { Words } from './writing.ts'

export const variantOf = (words: Words, accountId: string | undefined): Variant | undefined => words.variants.find((one) => one.accountId === accountId)

const faceFrom = ({ title, text, thread, firstComment, media, warning = '' }: Face): Face => ({ title, text, thread, firstComment, media, warning })
/** What stands on an account; without one, what all share. */
export const sheetOf = (words: Words, accountId?: string): Face => faceFrom(accountId === undefined ? words : faceOn(words, accountId))

/** Gives an account a sheet of its own, beginning with what all share. */
export function detach(words: Words, accountId: string): Pick<Words, 'variants'> {
  if (variantOf(words, accountId)) return { variants: words.variants }
  return { variants: [...words.variants, { accountId, ...faceFrom(words) }] }
}

/** Back to the sheet all share. */
export const attach = (words: Words, accountId: string): Pick<Words, 'variants'> => ({ variants: words.variants.filter((one) => one.accountId !== accountId) })

/** Writes on the sheet an account stands on: its own when it has one, else the shared one. */
export function writeOn(words: Words, accountId: string | undefined, change: Partial<Face>): Partial<Words> {
  if (!variantOf(words, accountId)) return change
  return { variants: words.variants.map((one) => (one.accountId === accountId ? { ...one, ...change } : one)) }
}

/** The accounts that stand on the shared sheet. */
export const sharing = <A extends { readonly id: string }>(words: Words, accounts: readonly A[]): readonly A[] =>
  accounts.filter((account) => words.accountIds.includes(account.id) && !variantOf(words, account.id))
