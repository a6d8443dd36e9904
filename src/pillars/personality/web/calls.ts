import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { client, take } from '#ui/api.ts'
import type { TeamApi } from '../../../server/team-routes.ts'

export const team = client<TeamApi>()
export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: () => take(team.members.$get()) })
export const voicesQuery = queryOptions({ queryKey: ['voices'], queryFn: () => take(team.voices.$get()) })
export type Member = InferResponseType<typeof team.members.$get, 200>['items'][number]
export type Voice = InferResponseType<typeof team.voices.$get, 200>['items'][number]
/** A language by its own name: Ελληνικά, English, Deutsch. */
export const languageName = (code: string): string => new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code
