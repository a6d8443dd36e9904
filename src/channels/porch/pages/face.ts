import { html } from 'hono/html'
import type { Person } from '#kit/channel.ts'
import type { Porch } from '../place.ts'

const initialsOf = (name: string): string => {
  const words = name.normalize('NFC').split(/[\s.]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? Array.from(word)[0] : '')).join('').toLocaleUpperCase('el')
}

/** Pictures are shown from this house only: nobody else learns who reads here. */
export const ownPicture = (porch: Porch, address: string | undefined): string | undefined => {
  if (address === undefined) return undefined
  if (/^\/(?![/\\])/.test(address)) return address
  return address.startsWith(`${porch.site.origin}/`) ? address.slice(porch.site.origin.length) : undefined
}

/** A face beside a name that is written out, so it says nothing twice to a screen reader. */
export function face(porch: Porch, person: Person, size: 'small' | 'large' = 'small') {
  const src = ownPicture(porch, person.picture)
  const side = size === 'large' ? 96 : 36
  return src
    ? html`<img class="face ${size}" src="${src}" alt="" width="${side}" height="${side}" loading="lazy" decoding="async">`
    : html`<span class="face ${size}" aria-hidden="true">${initialsOf(person.name)}</span>`
}
