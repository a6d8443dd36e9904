/** The channel of LISTEN/NOTIFY for what is true only now: somebody writes, somebody has read. It is kept nowhere. */
export const PRESENCE = 'stoa_presence'

/** Who does what in which talk; `root` is the conversation's first message as its channel names it. */
export interface Presence {
  readonly workspaceId: string; readonly accountId: string; readonly root: string
  readonly from: 'visitor' | 'team'; readonly does: 'typing' | 'read'
  readonly name: string; readonly picture?: string; readonly at: string
  /** The member of the team, for the others of it; the other side is told of the voice alone. */
  readonly by?: { readonly id: string; readonly name: string }
}

/** What was called out, if it is readable. */
export function presenceOf(payload: string | undefined): Presence | undefined {
  try {
    const read = JSON.parse(payload ?? '') as Partial<Presence> | null
    return typeof read?.workspaceId === 'string' && typeof read.root === 'string' ? read as Presence : undefined
  } catch { return undefined }
}
