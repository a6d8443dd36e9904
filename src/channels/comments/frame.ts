import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { html, raw } from 'hono/html'
import { loadAssets, type Asset, type Assets } from '../porch/assets.ts'
import type { Markup } from '../porch/pages/layout.ts'
import type { Porch } from '../porch/place.ts'

const own = (file: string): string => readFileSync(new URL(`./assets/${file}`, import.meta.url), 'utf8')
const script = (path: string, file: string): Asset => ({ path, type: 'text/javascript; charset=utf-8', body: Uint8Array.from(Buffer.from(tightScript(own(file)))) })
const tightScript = (text: string): string => text.split('\n').filter((line) => !line.trimStart().startsWith('//')).map((line) => line.trimStart()).join('\n').trim()

export interface FrameAssets extends Assets { readonly embed: Asset; readonly frame: Asset; readonly version: string }
export function loadFrame(): FrameAssets {
  const frame = script('/comments/frame.js', 'frame.js')
  return { ...loadAssets(own('frame.css'), { names: [] }), frame, embed: script('/comments/embed.js', 'embed.js'), version: createHash('sha256').update(frame.body).digest('base64url').slice(0, 8) }
}

export interface FrameSpec { readonly page: URL; readonly title: string; readonly content: Markup; readonly head?: Markup }

/** The comments of a page in a window of their own: it needs no script to be read and written in. */
export function framed({ site }: Porch, assets: FrameAssets, spec: FrameSpec): Markup {
  return html`<!doctype html>
<html lang="${site.lang}" data-page="${spec.page.origin}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${spec.title}</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<base target="_blank">
<style>${raw(assets.style)}</style>
${spec.head ?? ''}<script type="module" src="${assets.frame.path}?${assets.version}"></script>
</head>
<body>
<main id="text">${spec.content}</main>
</body>
</html>
`
}

/** What leads to the frame itself stays in it; what leads away opens beside it. */
export const inside = (body: string): string => body.replaceAll('<form ', '<form target="_self" ').replace(/<a (?=[^>]*href="(?:\/comments\/|#))/g, '<a target="_self" ')
