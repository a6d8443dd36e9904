import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { AccountApi } from '#core/accounts/routes.ts'
import type { ImportApi } from '#core/imports/routes.ts'
import type { PostApi } from '#core/posts/routes.ts'
import { client, take } from '#ui/api.ts'
import type { FollowApi } from '../../server/follow-routes.ts'
import type { MediaApi } from '../../server/media-routes.ts'
import type { SessionApi } from '../../server/session-routes.ts'
import type { SiteApi } from '../../server/site-routes.ts'
import type { TeamApi } from '../../server/team-routes.ts'

export const site = client<SiteApi>()
export const team = client<TeamApi>()
export const own = client<SessionApi>()
export const connecting = client<AccountApi>()
export const circles = client<FollowApi>()
export const bringing = client<ImportApi>()
const letting = client<PostApi>()['publishing-policy']
const sizes = client<MediaApi>()['media-policy']

export const workspaceQuery = queryOptions({ queryKey: ['workspace'], queryFn: () => take(site.workspace.$get()) })
export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: () => take(team.members.$get()) })
export const invitationsQuery = queryOptions({ queryKey: ['invitations'], queryFn: () => take(team.invitations.$get()) })
export const accountsQuery = queryOptions({ queryKey: ['accounts', 'list'], queryFn: () => take(site.accounts.$get()), refetchInterval: 60_000 })
export const channelsQuery = queryOptions({ queryKey: ['channels'], queryFn: () => take(site.channels.$get()), staleTime: Infinity })
export const dueQuery = (id: string) => queryOptions({ queryKey: ['accounts', 'due', id], queryFn: () => take(connecting.accounts[':id'].due.$get({ param: { id } })), staleTime: 0 })
export const circleQuery = (id: string) => queryOptions({ queryKey: ['accounts', 'circle', id], queryFn: () => take(circles.accounts[':id'].circle.$get({ param: { id } })), retry: false })
export const pillarsQuery = queryOptions({ queryKey: ['pillars'], queryFn: () => take(site.pillars.$get()) })
export const importsQuery = queryOptions({ queryKey: ['imports', 'list'], queryFn: () => take(bringing.imports.$get()) })

/** What has to be so before something goes out, and how large a file may be. */
export type Letting = InferResponseType<typeof letting.$get, 200> & InferResponseType<typeof sizes.$get, 200>
export const publishingQuery = queryOptions({
  queryKey: ['workspace', 'publishing'], queryFn: async (): Promise<Letting> => { const [policy, files] = await Promise.all([take(letting.$get()), take(sizes.$get())]); return { ...policy, ...files } },
})
export async function savePublishing({ maxPictureBytes, maxVideoBytes, ...policy }: Letting): Promise<void> {
  // The policy last: its change is told to every tab, which then reads both.
  await take(sizes.$put({ json: { maxPictureBytes, maxVideoBytes } }))
  await take(letting.$put({ json: policy }))
}

export type Member = InferResponseType<typeof team.members.$get, 200>['items'][number]
export type Account = InferResponseType<typeof site.accounts.$get, 200>['items'][number]
export type ChannelKind = InferResponseType<typeof site.channels.$get, 200>['items'][number]
export type Strictness = InferResponseType<typeof site.pillars.$get, 200>['settings']
export type Bringing = InferResponseType<typeof bringing.imports.$get, 200>['items'][number]
export type Columns = InferRequestType<(typeof bringing.imports)[':id']['start']['$post']>['json']['mapping']

/** A file as the server saw it: its columns, what they probably tell, its first rows. */
export type Seen = InferResponseType<typeof bringing.imports.$post, 201>
// A file that was handed over but never started waits for nothing.
export const isAtWork = (one: Bringing): boolean => one.state === 'running' || (one.state === 'waiting' && Object.keys(one.mapping ?? {}).length > 0)
