import type { Lang } from '#kit/lang.ts'

// What the server of the chat and the visitor's browser say to each other.

export interface Face { readonly name: string; readonly picture: string | null; readonly langs: readonly string[] }
export interface Greeting { readonly text: string; readonly afterSeconds: number }
/** Who is there. */
export interface Duty {
  readonly open: boolean
  /** Honest, from recent answers; null when unknown. */
  readonly waitMinutes: number | null
  readonly faces: readonly Face[]
  readonly texts: { readonly welcome: string; readonly away: string }
}
export interface Hello extends Duty {
  readonly key: string; readonly name: string; readonly lang: Lang
  readonly greeting: Greeting | null
  /** Whether the conversation can go on by e-mail. */
  readonly email: boolean
  readonly files: { readonly maxBytes: number; readonly maxPerMessage: number; readonly accept: string }
  readonly textMax: number
}
export interface ChatFile {
  readonly id: string; readonly name: string; readonly type: string; readonly bytes: number; readonly url: string
  readonly width: number | null; readonly height: number | null
}
export interface Line {
  readonly seq: number; readonly id: string; readonly from: 'visitor' | 'team'; readonly clientId: string | null
  readonly text: string; readonly html: string | null; readonly lang: string | null; readonly at: string
  readonly author: { readonly name: string; readonly picture: string | null } | null
  readonly files: readonly ChatFile[]
}
/** `lines` is the seq of the last line; `rated` what the visitor gave the conversation. */
export interface Standing {
  readonly lines: number; readonly readByTeam: number; readonly readByVisitor: number
  readonly email: string | null; readonly verified: boolean; readonly name: string | null
  readonly canRate: boolean; readonly rated: number | null
}
export interface Transcript { readonly lines: readonly Line[]; readonly cursor: number; readonly more: boolean; readonly state: Standing }
export interface Saying { readonly clientId: string; readonly text: string; readonly files: readonly ChatFile[]; readonly at: string; readonly page: string }
