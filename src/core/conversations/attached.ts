import type { Attachment, Channel, HeardFile, Limits } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Db } from '#db/database.ts'
import { attachedOf } from '../files/store.ts'
import { takenTypes } from '../files/rules.ts'
import type { House } from '../house.ts'
import { maxPictureBytes, mediaTroubles, sayBytes } from '../media/rules.ts'
import { attachments } from '../media/store.ts'

/** What goes along with an answer, as its writer names it. */
export interface Chosen { readonly id: string; readonly alt: string }
/** What an answer may carry to a channel: files as they are, or pictures that have to say what they show. */
export interface Takes {
  readonly as: 'files' | 'pictures'; readonly max: number; readonly maxBytes: number; readonly maxTotal: number | null
  readonly accept: string; readonly altMax: number | null
}
export interface Along { readonly shown: readonly HeardFile[]; readonly media: readonly Attachment[] }
const nothing: Along = { shown: [], media: [] }

const pictureTypes = 'image/jpeg,image/png,image/webp,image/gif,image/avif'
/** Null: words alone. */
export function takesOf({ answers, media }: Pick<Limits, 'answers' | 'media'>): Takes | null {
  if (answers && 'files' in answers) return { as: 'files', ...answers.files, accept: takenTypes, altMax: null }
  return answers && media ? { as: 'pictures', max: media.max, maxBytes: maxPictureBytes, maxTotal: null, accept: pictureTypes, altMax: media.altMax ?? 1_500 } : null
}

const refuse = (reason: Both): never => { throw new Refusal('media_does_not_fit', { params: { reason }, field: 'files' }) }
function refuseTooMuch(files: readonly { readonly bytes: number }[], takes: Takes): void {
  if (files.length > takes.max) refuse({ en: `It takes ${takes.max} files at most.`, el: `Δέχεται το πολύ ${takes.max} αρχεία.` })
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  if (takes.maxTotal !== null && total > takes.maxTotal) {
    refuse({ en: `All files together may have ${sayBytes(takes.maxTotal)}; these have ${sayBytes(total)}.`, el: `Όλα τα αρχεία μαζί έχουν το πολύ ${sayBytes(takes.maxTotal)}· αυτά έχουν ${sayBytes(total)}.` })
  }
}

interface Asking { readonly house: Pick<House, 'hosts'>; readonly limits: Limits }
/** What was chosen, as the answer carries it and as the inbox shows it. A draft is kept also with what does not fit yet. */
export async function alongWith(db: Db, { house, limits, strict }: Asking & { readonly strict: boolean }, chosen: readonly Chosen[]): Promise<Along> {
  if (chosen.length === 0) return nothing
  const takes = takesOf(limits) ?? refuse({ en: 'It takes no files with an answer.', el: 'Δεν δέχεται αρχεία μαζί με μια απάντηση.' })
  return takes.as === 'files' ? await files(db, { house, takes, strict }, chosen) : await pictures(db, { limits, strict }, chosen)
}

async function files(db: Db, { house, takes, strict }: Pick<Asking, 'house'> & { readonly takes: Takes; readonly strict: boolean }, chosen: readonly Chosen[]): Promise<Along> {
  const found = await attachedOf(db, house.hosts.secret('files'), chosen.map((one) => one.id))
  if (strict && found.length !== chosen.length) throw new Refusal('file_unknown', { field: 'files' })
  if (strict) refuseTooMuch(found.map((one) => one.shown), takes)
  return { shown: found.map((one) => one.shown), media: found.map((one) => one.attachment) }
}

async function pictures(db: Db, { limits, strict }: { readonly limits: Limits; readonly strict: boolean }, chosen: readonly Chosen[]): Promise<Along> {
  const media = await attachments(db, chosen.map(({ id, alt }) => ({ mediaId: id, alt })))
  if (strict && media.length !== chosen.length) throw new Refusal('file_unknown', { field: 'files' })
  const [trouble] = strict ? mediaTroubles(media, limits.media) : []
  if (trouble) refuse(trouble.says)
  if (media.some(({ type }) => !type.startsWith('image/'))) refuse({ en: 'An answer takes pictures, and no video.', el: 'Μια απάντηση δέχεται εικόνες, όχι βίντεο.' })
  return { media, shown: media.map(({ id, alt, type, url, width, height }) => ({ id, name: alt || 'picture', type, bytes: 0, url, alt, ...(width && height ? { width, height } : {}) })) }
}

/** The limits of where a conversation is held; undefined: nowhere we can answer. */
export const channelOfTalk = (house: Pick<House, 'channels'>, account: { readonly channel: string } | undefined): Channel | undefined => house.channels.find((one) => one.id === account?.channel)
