/** Markdown as people read it where only plain text is shown; what holds no markup stays as it is. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/!\[([^\]\n]{0,1000})\]\([^)\n]{0,2000}\)/g, '$1')
    .replace(/\[([^\]\n]{1,1000})\]\((https?:[^)\s]{1,2000})[^)\n]{0,200}\)/g, (_, label: string, url: string) => (label === url ? url : `${label} (${url})`))
    .replace(/^[^\S\n]{0,3}#{1,6}[^\S\n]+/gm, '')
    .replace(/(?<![\p{L}\p{N}*])(\*{1,3})(?=[^\s*])([^*\n]{0,2000}?[^\s*])\1(?![\p{L}\p{N}*])/gu, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,2})(?=[^\s_])([^_\n]{0,2000}?[^\s_])\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(/~~(?=\S)([^~\n]{1,2000}?)~~/g, '$1')
    .replace(/(?<!`)`([^`\n]{1,2000})`(?!`)/g, '$1')
    .trim()
}
