import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { LinkApi } from '#core/links/routes.ts'
import type { PostApi } from '#core/posts/routes.ts'
import type { PublishingApi } from '#core/publications/routes.ts'
import type { ScheduleApi } from '#core/schedule/routes.ts'
import { client, sendPart, take } from '#ui/api.ts'
import type { MediaApi } from '../../../../server/media-routes.ts'
import type { TeamApi } from '../../../../server/team-routes.ts'
import { type StoredMedia } from '../calls.ts'
import type { Wire } from './media/uploader.ts'

const { posts, review } = client<PostApi>()
const one = posts[':id']
const policy = client<PostApi>()['publishing-policy']
const { media, uploads } = client<MediaApi>()
const links = client<LinkApi>()
const { publishing } = client<PublishingApi>()
const { slots } = client<ScheduleApi>()
const { members } = client<TeamApi>()

const versions = one.versions
export type VersionLine = InferResponseType<typeof versions.$get, 200>['items'][number]
export const versionsQuery = (id: string) => queryOptions({ queryKey: ['posts', id, 'versions'], queryFn: () => take(versions.$get({ param: { id } })) })
export const versionQuery = (id: string, n: number) => queryOptions({
  queryKey: ['posts', id, 'versions', n], queryFn: () => take(versions[':n'].$get({ param: { id, n: String(n) }, query: { against: 'now' } })),
})
export const restore = (id: string, n: number, version: number) => take(versions[':n'].restore.$post({ param: { id, n: String(n) }, json: { version } }))

const comments = one.comments
export type Comment = InferResponseType<typeof comments.$get, 200>['items'][number]
export const commentsQuery = (id: string) => queryOptions({ queryKey: ['posts', id, 'comments'], queryFn: () => take(comments.$get({ param: { id } })) })
export const say = (id: string, json: { text: string; threadId: string | null }) => take(comments.$post({ param: { id }, json }))
export const resolve = (id: string, cid: string, resolved: boolean) => take(comments[':cid'].resolve.$post({ param: { id, cid }, json: { resolved } }))
export const membersQuery = queryOptions({ queryKey: ['members', 'list'], queryFn: () => take(members.$get()) })

export const warningsAt = (id: string, at: string | undefined) => take(one.warnings.$get({ param: { id }, query: at ? { at } : {} }))

type Deed = InferRequestType<typeof one.approval.$post>['json']['do']
export const approve = (id: string, json: { do: Deed; note: string; version: number }) => take(one.approval.$post({ param: { id }, json }))
export const policyQuery = queryOptions({ queryKey: ['posts', 'policy'], queryFn: () => take(policy.$get()) })

const reviewLinks = one['review-links']
export type ReviewLink = InferResponseType<typeof reviewLinks.$get, 200>['items'][number]
export const reviewLinksQuery = (id: string) => queryOptions({ queryKey: ['posts', id, 'review-links'], queryFn: () => take(reviewLinks.$get({ param: { id } })) })
export const makeReviewLink = (id: string, json: { forWhom: string; days: number }) => take(reviewLinks.$post({ param: { id }, json }))
export const revokeReviewLink = (id: string, lid: string) => take(reviewLinks[':lid'].$delete({ param: { id, lid } }))

const behind = review[':token']
export type Reviewed = InferResponseType<typeof behind.$get, 200>
export const reviewQuery = (token: string) => queryOptions({ queryKey: ['review', token], queryFn: () => take(behind.$get({ param: { token } })), retry: false })
export const decide = (token: string, json: { do: 'approve' | 'return'; name: string; note: string; version: number }) => take(behind.$post({ param: { token }, json }))

export const wire: Wire<StoredMedia> = {
  begin: (json) => take(uploads.$post({ json })),
  look: (id) => take(uploads[':id'].$get({ param: { id } })),
  send: (id, offset, bytes) => sendPart(`/uploads/${id}`, bytes, { 'upload-offset': String(offset) }),
  end: (id) => take(uploads[':id'].$delete({ param: { id } })),
}
export const setFocus = (id: string, focus: { x: number; y: number } | null) => take(media[':id'].$put({ param: { id }, json: { focus } }))

export const cardQuery = (url: string) => queryOptions({ queryKey: ['cards', url], queryFn: () => take(links.cards.$post({ json: { url } })), staleTime: 10 * 60_000, retry: false })
export type Card = InferResponseType<typeof links.cards.$post, 200>['card']
type Shortening = InferRequestType<(typeof links)['short-links']['$post']>['json']
export const shorten = (json: Shortening) => take(links['short-links'].$post({ json }))
export const shortLinksQuery = (postId: string) => queryOptions({ queryKey: ['links', postId], queryFn: () => take(links['short-links'].$get({ query: { postId } })) })

export const publishingQuery = queryOptions({ queryKey: ['publishing'], queryFn: () => take(publishing.$get()), refetchInterval: 60_000 })
export const pause = (reason: string) => take(publishing.pause.$post({ json: { reason } }))
export const resume = () => take(publishing.resume.$post())

export const nextSlotQuery = (accountId: string) => queryOptions({ queryKey: ['slots', 'next', accountId], queryFn: () => take(slots.next.$get({ query: { accountId, count: '3' } })) })
