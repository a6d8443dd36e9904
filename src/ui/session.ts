import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Lang } from '#kit/lang.ts'
import { mayDo, type Right, type Role } from '#kit/rights.ts'
import { ask } from './api.ts'

export interface Me {
  readonly id: string; readonly name: string; readonly role: Role; readonly email: string | null; readonly lang: Lang; readonly zone: string
  readonly voice: { readonly name: string; readonly picture?: string; readonly signOff?: string } | null
}
export interface Workspace {
  readonly id: string; readonly name: string; readonly lang: Lang; readonly zone: string; readonly door: 'story' | 'own' | null; readonly tagline: string
  /** Where its porch stands, without a trailing slash. */
  readonly origin: string
}
/** Who is here: nobody yet ('new'), nobody signed in, or a member of a workspace. */
export interface Session {
  readonly state: 'new' | 'signed-out' | 'signed-in'
  readonly member: Me | null; readonly workspace: Workspace | null
  readonly needsCode: boolean
}

export const sessionQuery = queryOptions({
  queryKey: ['session'], staleTime: 5 * 60_000,
  queryFn: () => ask<Session>('GET', '/session'),
})

/** The signed-in member and their workspace. Screens inside the shell always have both. */
export function useSession(): { readonly me: Me; readonly workspace: Workspace; readonly may: (right: Right) => boolean } {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data.member || !data.workspace) throw new Error('This screen needs a member who is signed in.')
  const { member, workspace } = data
  return { me: member, workspace, may: (right) => mayDo(member.role, right) }
}
