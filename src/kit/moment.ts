import { z } from 'zod'
import { isId } from './id.ts'

const [first, last] = [Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-31T00:00:00Z')]

/** The moment a text names, if the database and a calendar can hold it: within the years 1 to 9999. */
export function momentIn(text: string): Date | undefined {
  const at = new Date(text)
  return at.getTime() >= first && at.getTime() <= last ? at : undefined
}

/** A moment of a request. */
export const moment = z.coerce.date<string>().min(new Date(first)).max(new Date(last))

/** A day of the calendar, as it is written. */
export const day = z.iso.date().refine((text) => momentIn(text) !== undefined)

export interface Place { readonly at: string; readonly id: string }
const shape = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)_([0-9a-f-]{36})$/
/** Where a page of a list ended, from its cursor; a cursor that is none is the beginning. */
export function placeAt(cursor: string | undefined): Place | undefined {
  const [, at = '', id = ''] = shape.exec(cursor ?? '') ?? []
  return momentIn(at) && isId(id) ? { at, id } : undefined
}
export const cursorAt = (at: Date, id: string): string => `${at.toISOString()}_${id}`
