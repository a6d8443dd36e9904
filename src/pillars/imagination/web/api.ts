import { ask, sendForm } from '#ui/api.ts'
import type { WritingGround } from '#ui/writing/review.ts'
import type { Account, Campaign, Listed, Post, PostRow, StoredPicture } from './shapes.ts'
import type { Words } from './writing.ts'

const one = (id: string): string => `/posts/${encodeURIComponent(id)}`
type Asked = Readonly<Record<string, string | undefined>>

export function posts(asked: Asked) {
  const said = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return ask<Listed<PostRow>>('GET', `/posts?${new URLSearchParams(said)}`)
}
export const post = (id: string) => ask<Post>('GET', one(id))
export const create = (words: Words) => ask<Post>('POST', '/posts', words)
export const save = (id: string, words: Words, version: number) => ask<Post>('PUT', one(id), { ...words, version })
export const remove = (id: string) => ask<unknown>('DELETE', one(id))

export interface At { readonly wall: string; readonly zone: string; readonly which?: 'first' | 'second' }
export type Reasons = Readonly<Record<string, string>>
export const publish = (id: string, given: { readonly version: number; readonly at?: At; readonly reasons?: Reasons }) => ask<Post>('POST', `${one(id)}/publish`, given)
export const unschedule = (id: string) => ask<Post>('POST', `${one(id)}/unschedule`)
export interface Edit { readonly version: number; readonly title: string; readonly text: string; readonly media: Words['media']; readonly note: string; readonly reasons: Reasons }
export const edit = (id: string, given: Edit) => ask<Post>('POST', `${one(id)}/edit`, given)
export const retract = (id: string, note: string) => ask<Post>('POST', `${one(id)}/retract`, { note })
export type Settling = 'there' | 'send' | 'drop'
export const settle = (publicationId: string, answer: Settling) => ask<unknown>('POST', `/publications/${encodeURIComponent(publicationId)}/settle`, { answer })

type Many<T> = { readonly items: readonly T[] } | readonly T[]
const list = <T>(many: Many<T>): readonly T[] => ('items' in many ? many.items : many)
export const accounts = async () => list(await ask<Many<Account>>('GET', '/accounts'))
export const campaigns = async () => list(await ask<Many<Campaign>>('GET', '/campaigns'))
export const ground = () => ask<WritingGround>('GET', '/writing')

export const pictures = async () => list(await ask<Many<StoredPicture>>('GET', '/media'))
export function upload(file: File, onPart: (share: number) => void) {
  const form = new FormData()
  form.set('file', file)
  form.set('alt', '')
  return sendForm<StoredPicture>('/media', form, onPart)
}
