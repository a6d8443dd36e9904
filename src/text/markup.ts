const blank = (found: string): string => found.replace(/[^\n]/g, ' ')
const keepLabel = (_: string, label: string, rest: string): string => ` ${label} ${blank(rest)}`

/**
 * Markdown with everything that is not prose turned into spaces: code, pictures, addresses, quoted lines, signs of emphasis.
 * Every place stays where it was.
 */
export function blankMarkup(text: string): string {
  return text
    .replace(/^(```|~~~)[^\n]*\n[\s\S]*?(?:^\1[^\n]*$|(?![\s\S]))/gm, blank)
    .replace(/(?<!`)(`{1,3})(?!`)[^\n]{1,2000}?(?<!`)\1(?!`)/g, blank)
    .replace(/^[^\S\n]{0,3}>[^\n]*$/gm, blank)
    .replace(/!\[[^\]\n]{0,1000}\]\([^)\n]{0,2000}\)/g, blank)
    .replace(/\[([^\]\n[]{0,1000})\](\([^)\n]{0,2000}\))/g, (found, label: string, rest: string) => keepLabel(found, label, rest))
    .replace(/https?:\/\/[^\s<>)»”"]+/gi, blank)
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,200}\.\p{L}{2,20}/gu, blank)
    .replace(/<\/?[a-z][^<>\n]{0,500}>/gi, blank)
    .replace(/^[^\S\n]{0,3}#{1,6}(?=\s)/gm, blank)
    .replace(/\*+|~~|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, blank)
}
