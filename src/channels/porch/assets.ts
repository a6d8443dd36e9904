import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Asset { readonly path: string; readonly type: string; readonly body: Uint8Array<ArrayBuffer> }
export interface Assets {
  readonly fonts: readonly (Asset & { readonly name: FontName })[]
  readonly style: string
  /** The hash that lets the one inline style through the content security policy. */
  readonly styleHash: string
  readonly script: Asset
}

const fontNames = ['latin', 'greek', 'latin-italic', 'greek-italic'] as const
export type FontName = (typeof fontNames)[number]

// The subsets' own ranges, as the font package declares them.
const ranges = {
  latin: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  greek: 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF',
} as const

const hashOf = (body: string | Uint8Array) => createHash('sha256').update(body)
const short = (body: Uint8Array): string => hashOf(body).digest('base64url').slice(0, 10)
const own = (file: string): Buffer => readFileSync(new URL(`./assets/${file}`, import.meta.url))
const bytes = (file: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(file)

function fontOf(name: FontName) {
  const [subset, style] = name.split('-') as [keyof typeof ranges, string?]
  const file = `@fontsource-variable/literata/files/literata-${subset}-wght-${style ?? 'normal'}.woff2`
  const body = bytes(readFileSync(fileURLToPath(import.meta.resolve(file))))
  return { name, path: `/porch-fonts/literata-${name}.${short(body)}.woff2`, type: 'font/woff2', body }
}

const faceOf = (font: Asset & { name: FontName }): string => {
  const [subset, style] = font.name.split('-') as [keyof typeof ranges, string?]
  return `@font-face{font-family:Literata;font-style:${style ?? 'normal'};font-weight:200 900;font-display:swap;`
    + `src:url(${font.path}) format("woff2");unicode-range:${ranges[subset]}}`
}

const tight = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,>]) ?/g, '$1').replace(/: /g, ':').trim()

/** What every page needs besides its words; read once when the porch opens. `more`: the style of what stands on it. */
export function loadAssets(more = '', { names = fontNames }: { readonly names?: readonly FontName[] } = {}): Assets {
  const fonts = names.map(fontOf)
  const style = fonts.map(faceOf).join('') + tight(own('porch.css').toString('utf8') + more)
  const script = bytes(own('porch-proof.js'))
  return {
    fonts, style, styleHash: `'sha256-${hashOf(style).digest('base64')}'`,
    script: { path: '/porch-proof.js', type: 'text/javascript; charset=utf-8', body: script },
  }
}
