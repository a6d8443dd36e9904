/** Shows HTML that the server has sanitised; nothing else may be given to it. */
export function SafeHtml({ html, lang, className }: { html: string; lang?: string | undefined; className?: string | undefined }) {
  return <div className={className} lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
}
