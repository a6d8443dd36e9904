import type { Attachment } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import type { MediaLimits } from '#text/networks/facts.ts'

/** Where a picture is fetched from, below the site's root. */
export const mediaPath = (row: { readonly id: string; readonly ending: string }): string => `/media/${row.id}.${row.ending}`
/** What a workspace takes in, unless it says otherwise. */
export const usualPolicy = { maxPictureBytes: 50_000_000, maxVideoBytes: 1_000_000_000 } as const
/** No policy takes more. */
export const largestPolicy = { maxPictureBytes: 100_000_000, maxVideoBytes: 2_000_000_000 } as const
/** A form is held in memory whole, so it may be no larger than this. */
export const maxPictureBytes = 20 * 1024 * 1024
export const maxPicturePixels = 60_000_000
/** Pictures are kept no larger than this on their longer side: enough for a sharp page, small enough to send. */
export const longestSide = 2048
/** An animation is decoded whole, so its frames are counted and its pixels added up. */
export const animation = { maxFrames: 400, maxPixels: 100_000_000, longestSide: 960 } as const

export const isVideo = (type: string): boolean => type.startsWith('video/')
/** A size as people read it. */
export const sayBytes = (bytes: number): string => (bytes >= 1e9 ? `${Math.round(bytes / 1e8) / 10} GB` : bytes >= 1e6 ? `${Math.round(bytes / 1e5) / 10} MB` : `${Math.ceil(bytes / 1e3)} kB`)

export interface Frame { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
interface Seen { readonly width: number; readonly height: number; readonly focus?: { readonly x: number; readonly y: number } | null }
/** The part of a picture that a network shows which allows only some shapes: as much as can be, around the point that matters. */
export function cropOf(seen: Seen, aspect: MediaLimits['aspect']): Frame {
  const { width, height } = seen
  const shape = width / height
  const wanted = aspect ? Math.min(Math.max(shape, aspect.min), aspect.max) : shape
  const [w, h] = [wanted < shape ? Math.max(1, Math.floor(height * wanted)) : width, wanted > shape ? Math.max(1, Math.floor(width / wanted)) : height]
  const place = (focus: number, whole: number, part: number): number => Math.round(Math.min(Math.max(focus * whole - part / 2, 0), whole - part))
  return { left: place(seen.focus?.x ?? 0.5, width, w), top: place(seen.focus?.y ?? 0.5, height, h), width: w, height: h }
}

export type MediaRule = 'too-many' | 'type' | 'too-long' | 'too-large' | 'alt-missing' | 'alt-too-long' | 'mixed'
/** `id`: the file it is about; null when about all of them. */
export interface MediaTrouble { readonly id: string | null; readonly rule: MediaRule; readonly says: Both }
type Shown = Pick<Attachment, 'id' | 'type' | 'alt' | 'seconds'> & { readonly bytes?: number }

const time = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
const takesPictures = (limits: MediaLimits): boolean => limits.types.some((type) => type.startsWith('image/'))

function videoTrouble(file: Shown, limits: MediaLimits): Omit<MediaTrouble, 'id'> | undefined {
  const { video } = limits
  if (!video?.types.includes(file.type)) return { rule: 'type', says: { en: 'It takes no video of this kind.', el: 'Δεν δέχεται βίντεο αυτού του είδους.' } }
  if ((file.bytes ?? 0) > video.maxBytes) return { rule: 'too-large', says: { en: `A video may have ${sayBytes(video.maxBytes)}; this has ${sayBytes(file.bytes!)}.`, el: `Ένα βίντεο έχει το πολύ ${sayBytes(video.maxBytes)}· αυτό έχει ${sayBytes(file.bytes!)}.` } }
  if ((file.seconds ?? 0) > (video.maxSeconds ?? Infinity)) return { rule: 'too-long', says: { en: `A video may last ${time(video.maxSeconds!)}; this lasts ${time(file.seconds!)}.`, el: `Ένα βίντεο διαρκεί το πολύ ${time(video.maxSeconds!)}· αυτό διαρκεί ${time(file.seconds!)}.` } }
  return undefined
}

function altTrouble(file: Shown, limits: MediaLimits): Omit<MediaTrouble, 'id'> | undefined {
  if (isBlank(file.alt)) return { rule: 'alt-missing', says: { en: 'Say in a few words what it shows.', el: 'Γράψτε με λίγα λόγια τι δείχνει.' } }
  if (Array.from(file.alt).length > (limits.altMax ?? Infinity)) return { rule: 'alt-too-long', says: { en: `The description may have ${limits.altMax} characters here.`, el: `Εδώ η περιγραφή έχει το πολύ ${limits.altMax} χαρακτήρες.` } }
  return undefined
}

/** What stands between some files and a network; what can be made to fit (size and kind of a picture) is no trouble. */
export function mediaTroubles(files: readonly Shown[], limits: MediaLimits | undefined): MediaTrouble[] {
  if (files.length === 0) return []
  if (!limits) return [{ id: null, rule: 'type', says: { en: 'It takes no pictures and no video.', el: 'Δεν δέχεται εικόνες ούτε βίντεο.' } }]
  const all: MediaTrouble[] = []
  const videos = files.filter((file) => isVideo(file.type))
  if (files.length > limits.max) all.push({ id: null, rule: 'too-many', says: { en: `It takes ${limits.max} files at most.`, el: `Δέχεται το πολύ ${limits.max} αρχεία.` } })
  if (videos.length > 0 && files.length > 1) all.push({ id: null, rule: 'mixed', says: { en: 'A video stands alone: no second video and no pictures beside it.', el: 'Το βίντεο μπαίνει μόνο του: χωρίς δεύτερο βίντεο και χωρίς εικόνες δίπλα.' } })
  for (const file of files) {
    const about = isVideo(file.type) ? videoTrouble(file, limits) : takesPictures(limits) ? undefined : { rule: 'type' as const, says: { en: 'It takes no pictures.', el: 'Δεν δέχεται εικόνες.' } }
    for (const trouble of [about, altTrouble(file, limits)]) if (trouble) all.push({ id: file.id, ...trouble })
  }
  return all
}
