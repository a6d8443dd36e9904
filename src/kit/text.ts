import { z } from 'zod'

/** True for text a database and a reader can hold: no NUL, no lone surrogate. */
export const storable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
// What is left when everything that shows nothing is taken away.
const invisible = /[\s\p{Cf}\p{Cc}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu
export const isBlank = (text: string): boolean => text.replace(invisible, '') === ''

/** One line or more of text, up to `max` UTF-16 units. */
export const line = (max: number) => z.string().trim().max(max).refine(storable, 'invalid_text')
/** The same, but it must show something. */
export const said = (max: number) => line(max).refine((text) => !isBlank(text), { error: 'empty', params: { says: { en: 'must not be empty', el: 'δεν μπορεί να μείνει κενό' } } })
/** How often something was saved, as the writer saw it; as large as the database counts. */
export const version = z.number().int().min(1).max(2_147_483_646)
export const idParam = z.strictObject({ id: z.uuid() })
