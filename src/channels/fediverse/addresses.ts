/** Where everything of an account stands under the site's origin. The account's id names the actor, so that a new handle is still the same actor. */
export const paths = {
  actor: '/ap/actors/{identifier}', inbox: '/ap/actors/{identifier}/inbox', sharedInbox: '/ap/inbox', outbox: '/ap/actors/{identifier}/outbox',
  followers: '/ap/actors/{identifier}/followers', following: '/ap/actors/{identifier}/following',
} as const

export interface Places {
  readonly origin: string; readonly actor: string; readonly keyId: string; readonly inbox: string; readonly sharedInbox: string
  readonly outbox: string; readonly followers: string; readonly following: string
}

export function placesOf(origin: string, accountId: string): Places {
  const actor = `${origin}/ap/actors/${accountId}`
  return {
    origin, actor, keyId: `${actor}#main-key`, inbox: `${actor}/inbox`, sharedInbox: `${origin}/ap/inbox`,
    outbox: `${actor}/outbox`, followers: `${actor}/followers`, following: `${actor}/following`,
  }
}

export const notePath = (key: string): string => `/ap/notes/${encodeURIComponent(key)}`
export const noteUri = (origin: string, key: string): string => `${origin}${notePath(key)}`

/** The activity that first said a note. */
export const createUri = (origin: string, key: string): string => `${noteUri(origin, key)}/activity`

/** The key of one of our notes, when the address is one of ours. */
export function keyOfNote(origin: string, uri: string): string | undefined {
  const start = `${origin}/ap/notes/`
  if (!uri.startsWith(start)) return undefined
  const rest = uri.slice(start.length)
  if (!/^[A-Za-z0-9._~%-]{1,200}$/.test(rest)) return undefined
  try { return decodeURIComponent(rest) } catch { return undefined }
}

/** Two addresses are of one house when scheme, name and port are the same. */
export function sameHouse(one: URL | null | undefined, other: URL | null | undefined): boolean {
  return one != null && other != null && one.origin === other.origin && one.origin !== 'null'
}
