import { parseDocument } from 'htmlparser2'

type Document = ReturnType<typeof parseDocument>
type Node = Document['children'][number]
export type Element = Extract<Node, { attribs: object }>
export type Root = Document | Element

const isElement = (node: Node): node is Element => node.type === 'tag' || node.type === 'script' || node.type === 'style'
// Deeper than this no page of people goes; what is below is left out.
const deepest = 200

export const documentOf = (html: string): Document => parseDocument(html.slice(0, 2_000_000))

/** Every element under a root, in the order of the page. `into`: whether to go on below one. */
export function* elements(root: Root, into: (element: Element) => boolean = () => true, depth = 0): Generator<Element> {
  if (depth > deepest) return
  for (const child of root.children as Node[]) {
    if (!isElement(child)) continue
    yield child
    if (into(child)) yield* elements(child, into, depth + 1)
  }
}
export const classesOf = (element: Element): readonly string[] => (element.attribs['class'] ?? '').split(/\s+/).filter(Boolean)
export const attributeOf = (element: Element, name: string): string | undefined => element.attribs[name]

/** The text of an element, with pictures by their names and without scripts. */
export function textOf(root: Root, depth = 0): string {
  if (depth > deepest) return ''
  return (root.children as Node[]).map((child) => {
    if (child.type === 'text') return (child as unknown as { data: string }).data
    if (!isElement(child) || ['script', 'style', 'template'].includes(child.name)) return ''
    if (child.name === 'img') return child.attribs['alt'] ?? ''
    if (child.name === 'br') return '\n'
    return textOf(child, depth + 1)
  }).join('')
}
export const neat = (text: string): string => text.replace(/[^\S\n]+/g, ' ').replace(/ *\n\s*/g, '\n').trim()

const voids = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr', 'area', 'base', 'col', 'embed', 'source', 'track'])
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** The inside of an element as HTML, its links and pictures whole. */
export function innerHtml(root: Root, base: string, depth = 0): string {
  if (depth > deepest) return ''
  return (root.children as Node[]).map((child) => {
    if (child.type === 'text') return escaped((child as unknown as { data: string }).data)
    if (!isElement(child) || child.name === 'script' || child.name === 'style') return ''
    const attributes = Object.entries(child.attribs).map(([name, value]) => ` ${name}="${escaped(name === 'href' || name === 'src' ? absolute(value, base) ?? value : value)}"`).join('')
    return voids.has(child.name) ? `<${child.name}${attributes}>` : `<${child.name}${attributes}>${innerHtml(child, base, depth + 1)}</${child.name}>`
  }).join('')
}

/** An address on the web, whole; undefined for anything else. */
export function absolute(address: string | undefined, base: string): string | undefined {
  if (address === undefined || !URL.canParse(address.trim(), base)) return undefined
  const url = new URL(address.trim(), base)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
/** What relative addresses of a page stand on. */
export function baseOf(root: Root, url: string): string {
  for (const element of elements(root)) if (element.name === 'base') return absolute(element.attribs['href'], url) ?? url
  return url
}
