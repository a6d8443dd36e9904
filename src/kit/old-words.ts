import { createHash } from 'node:crypto'

/** Which system a forum was kept by before. */
export type OldSystem = 'discourse' | 'nodebb'
export interface OldPerson { readonly id: string; readonly name: string; readonly email?: string | undefined }
export interface OldTopic {
  readonly id: string; readonly title: string; readonly openedAt: string; readonly locked: boolean; readonly pinned: boolean; readonly tags: readonly string[]
  readonly category: { readonly id: string; readonly name: string; readonly about: string }
  readonly author: OldPerson
  /** What was said first, and what helped, by the ids of their words. */
  readonly opener: string; readonly accepted?: string | undefined
}
/** Something said in a forum that another system kept, as its export tells it. Ids are that system's own. */
export interface OldWord {
  readonly system: OldSystem; readonly topic: OldTopic; readonly id: string; readonly author: OldPerson
  readonly at: string; readonly editedAt?: string | undefined; readonly markdown: string; readonly thanks: number
}

/** A word as it stands now. `id` and `opener` are ours; `url` is where it is read. */
export interface BroughtWord {
  readonly id: string; readonly opener: string; readonly personId: string; readonly html: string; readonly lang: string; readonly url: string
  readonly is: 'new' | 'known'
}
/** What became of each word, in their order; `other`: it belongs to another forum than the one its number is known of. */
export type Brought = BroughtWord | 'other'

/** The id that something of an old system has here: the same each time, so that an old address finds it and bringing it twice is bringing it once. */
export function oldId(workspaceId: string, system: OldSystem, name: string): string {
  const hex = createHash('sha256').update(`${workspaceId} ${system} ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
