/** The channel of LISTEN/NOTIFY on which a member's open windows are told that something calls them. */
export const BELLS = 'stoa_bells'

export interface BellRing { readonly workspaceId: string; readonly memberId: string; readonly id: string }

/** Who is called for what, if it is readable. */
export function ringOf(payload: string | undefined): BellRing | undefined {
  try {
    const read = JSON.parse(payload ?? '') as Partial<BellRing> | null
    return typeof read?.workspaceId === 'string' && typeof read.memberId === 'string' && typeof read.id === 'string' ? read as BellRing : undefined
  } catch { return undefined }
}
