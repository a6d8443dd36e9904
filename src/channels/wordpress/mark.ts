import { createHash } from 'node:crypto'

/** Our key as part of an address of the site, or of a field nobody reads: by it we know again what we readied. */
export const stageMark = (key: string): string => `stoa-${key.toLowerCase().replace(/[^a-z0-9-]/g, '')}`.slice(0, 190)

/** Tells texts apart without keeping them. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
