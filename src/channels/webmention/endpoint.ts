import { absolute, baseOf, documentOf, elements } from './html.ts'

/** The endpoint a Link header names. */
export function endpointInHeader(header: string | null, url: string): string | undefined {
  for (const [, target = '', rest = ''] of (header ?? '').slice(0, 16_000).matchAll(/<([^>]*)>((?:\s*;\s*[^,;"=]+(?:=(?:"[^"]*"|[^,;"]*))?)*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(rest)
    if ((rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/).includes('webmention')) return absolute(target, url)
  }
  return undefined
}
/** The first endpoint a page names, by a link in its head or its text. */
export function endpointInPage(html: string, url: string): string | undefined {
  const page = documentOf(html)
  const base = baseOf(page, url)
  for (const element of elements(page)) {
    if (element.name !== 'link' && element.name !== 'a') continue
    const rels = (element.attribs['rel'] ?? '').toLowerCase().split(/\s+/)
    // An empty address is the page itself; without one there is no endpoint.
    if (rels.includes('webmention') && element.attribs['href'] !== undefined) return absolute(element.attribs['href'], base)
  }
  return undefined
}

/** The addresses a text of ours links to, outside of our own house. */
export function linksIn(html: string, own: string): readonly string[] {
  const host = new URL(own).host
  const found = new Set<string>()
  for (const element of elements(documentOf(html))) {
    const address = element.name === 'a' && /^https?:/i.test(element.attribs['href']?.trim() ?? '') ? absolute(element.attribs['href'], own) : undefined
    if (address !== undefined && new URL(address).host !== host) found.add(address)
  }
  return [...found].slice(0, 50)
}
