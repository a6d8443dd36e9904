import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { Refusal } from '#kit/refusal.ts'
import { storable } from '#kit/text.ts'
import { mine } from '#db/database.ts'
import type { House } from '../house.ts'
import { cleanPicture, type CleanPicture } from '../media/picture.ts'
import { attachmentOf, keepPicture } from '../media/store.ts'
import type { LinkCard } from './card.ts'
import { decodePage, readPage, type PageFacts } from './page.ts'
import { linkCards } from './tables.ts'

const maxPage = 512 * 1024
const maxPicture = 4 * 1024 * 1024
const patience = 8_000
const aliveFor = 24 * 3_600_000
const deadFor = 10 * 60_000
type Cards = Pick<House, 'database' | 'dataDir' | 'now' | 'hosts'>

/** An address that may be followed: http or https, whole, and with no password in it. */
export function targetOf(text: string): URL {
  if (!storable(text)) throw new Refusal('invalid_text', { field: 'url' })
  const url = URL.canParse(text) && text.length <= 2_048 ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname) throw new Refusal('link_not_allowed', { field: 'url' })
  return url
}

/** What stands behind a link. A page that cannot be read gets a card of its address; no page is so broken that this fails. */
export async function cardFor(house: Cards, workspaceId: string, address: string): Promise<LinkCard> {
  const url = targetOf(address)
  const key = createHash('sha256').update(address).digest('hex')
  const [known] = await house.database.read(workspaceId, (db) => db.select().from(linkCards).where(and(mine(db, linkCards), eq(linkCards.key, key))).limit(1))
  if (known && house.now().getTime() - known.readAt.getTime() < (known.dead ? deadFor : aliveFor)) return known.card
  const get = house.hosts.lend('fetch') as typeof globalThis.fetch
  const found = await pageAt(get, url)
  // A page that is away for a while does not undo what it said before.
  if (!found && known && !known.dead) return known.card
  const picture = found?.picture ? await pictureAt(get, found.picture) : undefined
  return await keepCard(house, workspaceId, { key, address, url, found, picture })
}

interface Found { readonly facts: PageFacts; readonly picture: URL | undefined }
interface Keeping { readonly key: string; readonly address: string; readonly url: URL; readonly found: Found | undefined; readonly picture: CleanPicture | undefined }
async function keepCard(house: Cards, workspaceId: string, { key, address, url, found, picture }: Keeping): Promise<LinkCard> {
  const at = house.now()
  const host = url.hostname.replace(/^www\./, '')
  return await house.database.write(workspaceId, async (tx) => {
    const title = found?.facts.title || nameOf(url)
    const row = picture && await keepPicture(tx, house.dataDir, { picture, alt: found?.facts.pictureAlt || title, uploadedBy: null, at, madeFor: 'card' })
    const card: LinkCard = { url: address, title, description: found?.facts.description ?? '', site: found?.facts.site || host, dead: !found, ...(row ? { picture: attachmentOf(row) } : {}) }
    const kept = { url: address, card, dead: !found, readAt: at }
    await tx.insert(linkCards).values({ key, ...kept }).onConflictDoUpdate({ target: [linkCards.workspaceId, linkCards.key], set: kept })
    return card
  })
}

/** A name for a page that gives none: its host and path as people read them. */
function nameOf(url: URL): string {
  const path = url.pathname === '/' ? '' : url.pathname
  const host = url.hostname.replace(/^www\./, '')
  const said = ((): string => { try { return decodeURIComponent(path) } catch { return path } })()
  // What a path hides in its escapes is no name: signs that cannot be stored, and half of one at the cut.
  return `${host}${/[\p{Cc}\p{Cf}]/u.test(said) ? path : said}`.slice(0, 200).replace(/[\ud800-\udbff]$/, '')
}

async function pageAt(get: typeof globalThis.fetch, url: URL): Promise<Found | undefined> {
  try {
    const answer = await get(url, { headers: { accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1' }, signal: AbortSignal.timeout(patience) })
    const type = answer.headers.get('content-type') ?? ''
    if (!answer.ok) { await answer.body?.cancel(); return undefined }
    if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) { await answer.body?.cancel(); return { facts: { title: '', description: '', site: '', picture: undefined, pictureAlt: '' }, picture: undefined } }
    const facts = readPage(decodePage(await firstBytes(answer, maxPage), type))
    const base = answer.url || url.href
    const picture = facts.picture && URL.canParse(facts.picture, base) ? new URL(facts.picture, base) : undefined
    return { facts, picture: picture && /^https?:$/.test(picture.protocol) ? picture : undefined }
  } catch { return undefined }
}

async function pictureAt(get: typeof globalThis.fetch, url: URL): Promise<CleanPicture | undefined> {
  try {
    const answer = await get(url, { headers: { accept: 'image/*' }, signal: AbortSignal.timeout(patience) })
    if (!answer.ok) { await answer.body?.cancel(); return undefined }
    return await cleanPicture(await firstBytes(answer, maxPicture))
  } catch { return undefined }
}

/** The beginning of an answer; the rest is not fetched. */
async function firstBytes(answer: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader = answer.body?.getReader()
  for (let part = await reader?.read(); part && !part.done && length < most; part = await reader!.read()) { parts.push(part.value); length += part.value.length }
  await reader?.cancel().catch(() => undefined)
  return new Uint8Array(Buffer.concat(parts).subarray(0, most))
}
