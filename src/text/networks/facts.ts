import type { Limits } from '#kit/channel.ts'
import type { TextLimit } from '../count.ts'
import type { MentionKind, TagKind } from '../tags.ts'

/** `aspect`: width ÷ height of a picture must lie between these. */
export type MediaLimits = NonNullable<Limits['media']> & { readonly aspect?: { readonly min: number; readonly max: number } }

/**
 * What one network takes, as it was read on `asOf` in the places named. Where a network tells its limits itself, its channel reads
 * them there and these are what holds until then; `notes` say what two sources tell differently and what nobody could verify.
 */
export interface NetworkFacts {
  readonly id: string; readonly name: string
  readonly asOf: string; readonly sources: readonly string[]
  readonly text: TextLimit
  readonly title?: { readonly max: number; readonly unit: TextLimit['unit'] }
  /** The text under a picture, where it is another than that of a post without. */
  readonly caption?: TextLimit
  readonly comment?: TextLimit
  readonly media?: MediaLimits
  readonly hashtags?: { readonly kind: TagKind; readonly max?: number }
  readonly mentions?: { readonly kind: MentionKind; readonly max?: number }
  readonly notes: readonly string[]
}
