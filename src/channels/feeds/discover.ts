const feedTypes = /^application\/(?:rss\+xml|atom\+xml|feed\+json)$/i
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag)
  return found?.[1] ?? found?.[2] ?? found?.[3]
}

/** The first feed an HTML page names. */
export function linkedFeed(html: string, base: string): string | undefined {
  for (const [tag] of html.slice(0, 500_000).matchAll(/<link\b[^>]{1,2000}>/gi)) {
    const [rel, type, href] = [attribute(tag, 'rel'), attribute(tag, 'type'), attribute(tag, 'href')]
    if (!/\balternate\b/i.test(rel ?? '') || !feedTypes.test(type?.trim() ?? '') || !href) continue
    const address = href.replaceAll('&amp;', '&')
    if (URL.canParse(address, base) && /^https?:$/.test(new URL(address, base).protocol)) return new URL(address, base).href
  }
  return undefined
}
