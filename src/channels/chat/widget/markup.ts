export type Markup = string | { readonly tag: string; readonly href?: string; readonly inside: readonly Markup[] }

const allowed = new Set(['p', 'br', 'strong', 'em', 'a', 'ul', 'ol', 'li', 'code', 'pre', 'blockquote'])
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

const decoded = (text: string): string => text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, dec?: string, hex?: string, name?: string) => {
  if (name) return named[name.toLowerCase()] ?? whole
  const point = dec ? Number(dec) : Number.parseInt(hex ?? '', 16)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
})

/**
 * The tree of an answer's markup. The server sends only these tags; the page around us may be anybody's, so nothing else is
 * ever made of it, and no string becomes HTML (which a host's trusted types would refuse).
 */
export function markupOf(html: string): readonly Markup[] {
  interface Open { readonly tag: string; readonly href?: string; readonly inside: Markup[] }
  const open: [Open, ...Open[]] = [{ tag: '', inside: [] }]
  const place = (): Markup[] => open.at(-1)!.inside
  for (const [whole, end, tag = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z\d]*)((?:"[^"]*"|[^">])*)>|<|[^<]+/gi)) {
    const name = tag.toLowerCase()
    if (!tag) place().push(decoded(whole))
    else if (!allowed.has(name)) continue
    else if (name === 'br') place().push({ tag: 'br', inside: [] })
    else if (end) {
      const at = open.findLastIndex((one) => one.tag === name)
      if (at > 0) open.splice(at)
    } else {
      const href = name === 'a' ? safe(decoded(/\shref="([^"]*)"/i.exec(rest)?.[1] ?? '')) : undefined
      const made: Open = { tag: name, ...(href ? { href } : {}), inside: [] }
      place().push(made)
      open.push(made)
    }
  }
  return open[0].inside
}

const safe = (href: string): string | undefined => (/^(https?:\/\/|mailto:)/i.test(href) ? href : undefined)
