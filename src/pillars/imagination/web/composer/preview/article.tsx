import type { Lang } from '#kit/lang.ts'
import { markdownToHtml } from '#text/html/markdown.ts'

/** A post's text as the porch sets it: the same reader and the same sanitiser. Comes in its own chunk. */
export function Article({ text, lang }: { text: string; lang: Lang }) {
  return <div dangerouslySetInnerHTML={{ __html: markdownToHtml(text, { lang }) }} />
}
