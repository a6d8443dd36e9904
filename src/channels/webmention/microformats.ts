import { absolute, attributeOf, baseOf, classesOf, documentOf, elements, innerHtml, neat, textOf, type Element, type Root } from './html.ts'

/** What a page of theirs says, by microformats2: as much of it as a comment needs. */
export interface Entry {
  readonly name: string | undefined; readonly summary: string | undefined
  readonly content: { readonly text: string; readonly html: string } | undefined
  readonly url: string | undefined; readonly published: string | undefined
  readonly author: Card | undefined
  readonly inReplyTo: readonly string[]; readonly likeOf: readonly string[]; readonly repostOf: readonly string[]; readonly bookmarkOf: readonly string[]
}
export interface Card { readonly name: string; readonly url: string | undefined; readonly photo: string | undefined }

const isRoot = (element: Element): boolean => classesOf(element).some((name) => /^h-[a-z0-9-]+$/.test(name))
const has = (element: Element, name: string): boolean => classesOf(element).includes(name)

/** The elements that carry a property of this one, and not of something inside it. */
const properties = (root: Element, name: string): Element[] => [...elements(root, (inner) => !isRoot(inner))].filter((element) => has(element, name))
const find = (root: Root, name: string): Element | undefined => [...elements(root)].find((element) => has(element, name))

const valueClass = (element: Element): string | undefined => {
  const parts = [...elements(element, (inner) => !isRoot(inner))].filter((inner) => has(inner, 'value'))
  return parts.length === 0 ? undefined : parts.map((part) => attributeOf(part, part.name === 'img' || part.name === 'area' ? 'alt' : 'title') ?? textOf(part)).join('')
}
/** A p- property. */
function words(element: Element): string {
  const given = valueClass(element) ?? (element.name === 'abbr' || element.name === 'link' ? attributeOf(element, 'title') : undefined)
    ?? (element.name === 'data' || element.name === 'input' ? attributeOf(element, 'value') : undefined) ?? (element.name === 'img' || element.name === 'area' ? attributeOf(element, 'alt') : undefined)
  return neat(given ?? textOf(element))
}
/** A u- property. */
function address(element: Element, base: string): string | undefined {
  const named = { a: 'href', area: 'href', link: 'href', img: 'src', audio: 'src', video: 'src', source: 'src', iframe: 'src', object: 'data' }[element.name]
  return absolute((named === undefined ? undefined : attributeOf(element, named)) ?? valueClass(element) ?? (element.name === 'data' || element.name === 'input' ? attributeOf(element, 'value') : undefined) ?? neat(textOf(element)), base)
}
const moment = (element: Element): string => neat(attributeOf(element, 'datetime') ?? attributeOf(element, 'title') ?? valueClass(element) ?? textOf(element))

/** One line of text, the first that says anything. */
const said = (list: readonly Element[]): string | undefined => list.map(words).find((text) => text !== '')
/** Where a citation stands: a link, or the address of the h-cite it is. */
const cited = (root: Element, name: string, base: string): readonly string[] => properties(root, name).flatMap((element) => {
  const found = isRoot(element) ? properties(element, 'u-url').map((inner) => address(inner, base)).find(Boolean) ?? impliedUrl(element, base) : address(element, base)
  return found === undefined ? [] : [found]
})

const onlyOne = (root: Element, names: readonly string[]): Element | undefined => {
  const found = [...elements(root, (inner) => !isRoot(inner))].filter((element) => names.includes(element.name) && !isRoot(element))
  return found.length === 1 ? found[0] : undefined
}
function impliedUrl(root: Element, base: string): string | undefined {
  if (root.name === 'a' || root.name === 'area') return absolute(attributeOf(root, 'href'), base)
  return absolute(attributeOf(onlyOne(root, ['a']) ?? root, 'href'), base)
}
function cardOf(element: Element, base: string): Card | undefined {
  if (!isRoot(element)) {
    const name = words(element)
    const url = element.name === 'a' || has(element, 'u-author') ? address(element, base) : undefined
    return name === '' && url === undefined ? undefined : { name, url, photo: undefined }
  }
  const picture = element.name === 'img' ? element : properties(element, 'u-photo')[0] ?? onlyOne(element, ['img'])
  const name = said(properties(element, 'p-name')) ?? neat(element.name === 'img' ? attributeOf(element, 'alt') ?? '' : textOf(element))
  const url = properties(element, 'u-url').map((inner) => address(inner, base)).find(Boolean) ?? impliedUrl(element, base)
  return name === '' && url === undefined ? undefined : { name: name.slice(0, 200), url, photo: picture && address(picture, base) }
}

/** The author: as the entry names one, else as its feed does, else the one person the page is about. */
function authorOf(entry: Element, page: Root, base: string): Card | undefined {
  const named = [...properties(entry, 'p-author'), ...properties(entry, 'u-author')][0]
  const feed = find(page, 'h-feed')
  const ofFeed = feed ? [...properties(feed, 'p-author'), ...properties(feed, 'u-author')][0] : undefined
  const found = named ?? ofFeed
  const card = found && cardOf(found, base)
  if (card && (card.name !== '' && !/^https?:/.test(card.name))) return card
  const people = [...elements(page)].filter((element) => has(element, 'h-card')).map((element) => cardOf(element, base)).filter((one) => one !== undefined)
  return people.find((one) => card?.url !== undefined && one.url === card.url) ?? card ?? (people.length === 1 ? people[0] : undefined)
}

/** The main entry of a page: the first one that is not a citation in another. */
export function entryIn(html: string, url: string): Entry | undefined {
  const page = documentOf(html)
  const base = baseOf(page, url)
  const root = [...elements(page, (element) => !has(element, 'h-entry') && !has(element, 'h-cite'))].find((element) => has(element, 'h-entry'))
  if (!root) return undefined
  const content = properties(root, 'e-content')[0]
  return {
    name: said(properties(root, 'p-name')), summary: said(properties(root, 'p-summary')),
    content: content && { text: neat(textOf(content)), html: innerHtml(content, base) },
    url: properties(root, 'u-url').map((element) => address(element, base)).find(Boolean), published: properties(root, 'dt-published').map(moment)[0],
    author: authorOf(root, page, base),
    inReplyTo: cited(root, 'u-in-reply-to', base), likeOf: cited(root, 'u-like-of', base), repostOf: cited(root, 'u-repost-of', base), bookmarkOf: cited(root, 'u-bookmark-of', base),
  }
}

const sameAddress = (one: string, other: string): boolean => one.replace(/#.*$/, '') === other.replace(/#.*$/, '')
/** Whether a page links there: by a link or a picture, not by the bare letters. */
export function linksTo(html: string, { url, target }: { readonly url: string; readonly target: string }): boolean {
  const page = documentOf(html)
  const base = baseOf(page, url)
  for (const element of elements(page)) {
    for (const name of ['href', 'src', 'data', 'cite']) {
      const found = absolute(element.attribs[name], base)
      if (found !== undefined && sameAddress(found, target)) return true
    }
  }
  return false
}
export const titleOf = (html: string): string => {
  for (const element of elements(documentOf(html))) if (element.name === 'title') return neat(textOf(element)).slice(0, 300)
  return ''
}
