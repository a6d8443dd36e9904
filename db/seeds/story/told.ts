import type { Intent } from '#kit/events.ts'
import type { Lang } from '#kit/lang.ts'
import type { Format } from '#core/posts/tables.ts'
import type { Drawing } from './drawings.ts'

export type Teammate = 'eleni' | 'maria' | 'nikos'

/** Something the bakery says. `day` counts back from today (0), or ahead of it when negative; `at` is a time of day in Patras. */
export interface ToldPost {
  readonly key: string; readonly day: number; readonly at: string
  readonly by: Teammate; readonly lang: Lang; readonly intent: Intent; readonly format: Format
  readonly campaign?: true; readonly tags: readonly string[]
  readonly picture?: { readonly drawing: Drawing; readonly alt: string }
  readonly title: string; readonly text: string
  readonly likes?: number; readonly shares?: number
}

/** One turn of a conversation: who speaks, how many hours after what came before, and what they say. */
export interface Turn { readonly by: string; readonly after: number; readonly says: string; readonly hold?: string
  /** Why it went out although a rule held it. */
  readonly reasons?: Readonly<Record<string, string>> }
export interface ToldTalk { readonly under: string; readonly on: 'porch' | 'fediverse'; readonly turns: readonly Turn[]; readonly done?: true; readonly tags?: readonly string[] }
