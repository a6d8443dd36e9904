import type { HeardFile } from '#kit/channel.ts'
import type { Line, Visitor } from './store.ts'

const whole = (origin: string, path: string): string => (path.startsWith('/') ? `${origin}${path}` : path)
const fileOf = (origin: string, { id, name, type, bytes, url, width, height }: HeardFile) => ({ id, name, type, bytes, url: whole(origin, url), width: width ?? null, height: height ?? null })
export const shownFile = fileOf

/** A line as the visitor's window gets it. */
export const shownLine = (origin: string, line: Line) => ({
  seq: line.seq, id: line.id, from: line.from, clientId: line.from === 'visitor' ? line.key : null, text: line.text, html: line.html, lang: line.lang, at: line.at.toISOString(),
  author: line.from === 'team' ? { name: line.authorName ?? '', picture: line.authorPicture === null ? null : whole(origin, line.authorPicture) } : null,
  files: line.files.map((file) => fileOf(origin, file)),
})

export interface Known { readonly visitor: Visitor | undefined; readonly readByTeam: number; readonly canRate: boolean }
export const shownState = ({ visitor, readByTeam, canRate }: Known) => ({
  lines: visitor?.seq ?? 0, readByTeam, readByVisitor: visitor?.readSeq ?? 0, email: visitor?.email ?? null, verified: visitor ? visitor.sub !== null : false, name: visitor?.name ?? null, canRate, rated: visitor?.rated ?? null,
})
