import sanitizeHtml from 'sanitize-html'
import type { IOptions } from 'sanitize-html'

/** 'message' is somebody else's text: words and links only. 'post' is our own: headings, pictures and tables too. */
export type HtmlLevel = 'message' | 'post'

/** More than this is cut before it is read, so that no input takes long. */
export const htmlCap = 200_000

const words = ['p', 'br', 'a', 'strong', 'b', 'em', 'i', 'u', 's', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'span']
const page = ['h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'figure', 'figcaption', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sup', 'sub']

// What stands inside these is not prose, or is read by other rules than those of HTML: it goes with its tag.
const unread = ['script', 'style', 'textarea', 'option', 'select', 'title', 'xmp', 'noembed', 'noframes', 'noscript', 'template',
  'iframe', 'object', 'embed', 'applet', 'svg', 'math', 'plaintext', 'head', 'audio', 'video', 'canvas']

const common = {
  disallowedTagsMode: 'discard', nonTextTags: unread, nestingLimit: 40, parseStyleAttributes: false,
  allowProtocolRelative: false, allowedSchemesAppliedToAttributes: ['href', 'src'], enforceHtmlBoundary: false,
} satisfies IOptions

const rules: Readonly<Record<HtmlLevel, IOptions>> = {
  message: {
    ...common, allowedTags: words, allowedSchemes: ['http', 'https', 'mailto'],
    allowedAttributes: { a: ['href', 'rel'], p: ['lang'], span: ['lang'] },
    transformTags: { a: (tagName, { href }) => ({ tagName, attribs: theirs(href) }) },
  },
  post: {
    ...common, allowedTags: [...words, ...page], allowedSchemes: ['http', 'https', 'mailto'], allowedSchemesByTag: { img: ['http',
      'https'] },
    allowedAttributes: {
      '*': ['lang'], a: ['href', 'rel', 'title'], img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      ol: ['start'], th: ['scope'], td: ['colspan', 'rowspan'],
    },
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: ours(attribs) }),
      img: (tagName, attribs) => ({ tagName, attribs: { ...attribs, alt: attribs['alt'] ?? '', loading: 'lazy' } }),
    },
    exclusiveFilter: (frame) => frame.tag === 'img' && !frame.attribs['src'],
  },
}

const outward = /^(?:https?:\/\/|mailto:)/i
const theirs = (href: string | undefined): Record<string, string> =>
  href !== undefined && outward.test(href.trim()) ? { href: href.trim(), rel: 'ugc nofollow noopener' } : {}

function ours({ rel: _, ...attribs }: Record<string, string>): Record<string, string> {
  return /^https?:/i.test(attribs['href'] ?? '') ? { ...attribs, rel: 'noopener' } : attribs
}

/** The one sanitizer: what is not on the list goes; doing it twice changes nothing. */
export function sanitize(html: string, level: HtmlLevel = 'message'): string {
  const readable = html.slice(0, htmlCap).replaceAll('\0', '').toWellFormed()
  let clean = settle(readable, level)
  // Escaping may lengthen; a text that is over the cap afterwards is cut again, so that a second pass finds nothing to cut.
  for (let keep = readable.length; clean.length > htmlCap; keep = Math.floor(keep * 0.8)) clean = settle(readable.slice(0, keep), level)
  return clean
}

// A tag that goes may let two pieces of text meet; we look again until nothing moves.
function settle(html: string, level: HtmlLevel): string {
  let before = html
  for (let pass = 0; pass < 5; pass++) {
    const after = sanitizeHtml(before, rules[level])
    if (after === before) return after
    before = after
  }
  return before
}

const signs: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' }

/** The words of a piece of HTML, a line for each block. */
export function plainText(html: string): string {
  return sanitize(html, 'post')
    .replace(/<br \/>\n?|<\/(?:h[2-6]|tr|li|figcaption|pre)>|<hr \/>/g, '\n')
    .replace(/<\/(?:p|blockquote|ul|ol|table|figure)>/g, '\n\n')
    .replace(/<\/t[hd]>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (sign) => signs[sign]!).replaceAll('\u00a0', ' ')
    .split('\n').map((line) => line.trimEnd()).join('\n')
    .replace(/\n{3,}/g, '\n\n').trim()
}
