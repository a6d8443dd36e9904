/** What somebody has done here, as it was counted. */
export interface Participation {
  readonly joinedAt: Date; readonly days: number; readonly posts: number; readonly thanked: number; readonly accepted: number
  /** Rulings against them, and when the last was. */
  readonly rulings: number; readonly ruledAt: Date | null
}
/** New, known, trusted. */
export type Level = 0 | 1 | 2

const day = 86_400_000
const remembered = 30 * day

/** How far somebody is trusted: it rises by taking part over time and by what others made of it, and a ruling sets it back for a month. */
export function levelOf(one: Participation, now: Date): Level {
  if (one.ruledAt && now.getTime() - one.ruledAt.getTime() < remembered) return 0
  const here = (now.getTime() - one.joinedAt.getTime()) / day
  const known = here >= 1 && one.days >= 2 && one.posts >= 3
  if (!known) return 0
  const welcome = one.thanked + 3 * one.accepted
  return here >= 14 && one.days >= 8 && one.posts >= 20 && welcome >= 6 && one.rulings * 10 <= one.posts ? 2 : 1
}

interface Allowance { readonly links: number; readonly perHour: number; readonly flagsPerDay: number; readonly editMinutes: number }
export const allowances: Readonly<Record<Level, Allowance>> = {
  0: { links: 1, perHour: 8, flagsPerDay: 5, editMinutes: 30 },
  1: { links: 6, perHour: 30, flagsPerDay: 20, editMinutes: 24 * 60 },
  2: { links: 30, perHour: 90, flagsPerDay: 60, editMinutes: 30 * 24 * 60 },
}

export const limits = { title: 140, text: 20_000, name: 40, passphrase: 10, tags: 5, tag: 40, bodyBytes: 300_000, reason: 2_000, perPage: 20, topicsPerPage: 30 } as const

/** Why a person should look first. */
export type Hold = 'honeypot' | 'repeated' | 'links' | 'shouting' | 'first' | 'many'
export interface Saying {
  readonly text: string; readonly level: Level; readonly posts: number; readonly trapped: boolean
  /** Whether the same words already stand, said by anybody. */
  readonly repeated: boolean
  readonly firstPosts: 'shown' | 'held'
}

export const linksIn = (text: string): number => text.match(/https?:\/\/|\bwww\.|\[url/gi)?.length ?? 0

function isShouting(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.length >= 30 && (text.match(/\p{Lu}/gu)?.length ?? 0) / letters.length > 0.7
}

export function holdFor({ text, level, posts, trapped, repeated, firstPosts }: Saying): Hold | undefined {
  if (trapped) return 'honeypot'
  if (repeated && level === 0) return 'repeated'
  if (linksIn(text) > allowances[level].links) return 'links'
  if (level === 0 && isShouting(text)) return 'shouting'
  return firstPosts === 'held' && level === 0 && posts === 0 ? 'first' : undefined
}

/** Whoever spams is told nothing: it looks to them as if it stood. */
export const isSilent = (hold: Hold): boolean => hold === 'honeypot' || hold === 'repeated' || hold === 'many'

/** Until when its author may word a post anew. */
export const mayEdit = (post: { readonly at: Date; readonly state: string }, level: Level, now: Date): boolean =>
  (post.state === 'shown' || post.state === 'held') && now.getTime() - post.at.getTime() < allowances[level].editMinutes * 60_000

/** Tags as people type them, apart by commas: each once, without a number sign. */
export function tagsIn(typed: string): string[] {
  const all = typed.split(',').map((tag) => tag.trim().replace(/^#+/, '').replace(/\s+/g, ' ').toLocaleLowerCase('el').slice(0, limits.tag)).filter((tag) => /[\p{L}\p{N}]/u.test(tag))
  return [...new Set(all)].slice(0, limits.tags)
}

/** A place in a list that is ordered by time: what comes next is what lies beyond it. */
export const cursorOf = (at: Date, id: string): string => `${at.getTime().toString(36)}.${id}`
export function readCursor(text: string | undefined): { readonly at: Date; readonly id: string } | undefined {
  const [, time, id] = /^([0-9a-z]{1,9})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(text ?? '') ?? []
  return time === undefined || id === undefined ? undefined : { at: new Date(Number.parseInt(time, 36)), id }
}

/** As many from the beginning as keep a page light; at least one. */
export function lightEnough<T>(all: readonly T[], weigh: (one: T) => number, most: number): number {
  let sum = 0
  const cut = all.findIndex((one) => (sum += weigh(one)) > most)
  return cut === -1 ? all.length : Math.max(1, cut)
}

/** The beginning of somebody's words on one line, without the signs of Markdown: read often, so it is read lightly. */
export function glimpse(markdown: string, max: number): string {
  const line = markdown.slice(0, max * 3).replace(/```\w*|[*_`#]+|^\s*>+/gm, ' ').replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  const cut = line.slice(0, max - 1).toWellFormed().replace(/\uFFFD$/, '')
  const space = cut.lastIndexOf(' ')
  return `${space < max / 2 ? cut : cut.slice(0, space)}…`
}
