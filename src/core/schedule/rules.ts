/** What an item of a feed told. */
export interface Heard { readonly text: string; readonly link: string; readonly author: string }

/** The words of an item in the place a template keeps for them. */
export function filled(template: string, { text, link, author }: Heard): string {
  const [title = '', ...rest] = text.trim().split('\n')
  const values: Readonly<Record<string, string>> = { title: title.trim(), text: rest.join('\n').trim(), link, author }
  return template.replace(/\{(title|text|link|author)\}/g, (_, name: string) => values[name] ?? '').replace(/\n{3,}/g, '\n\n').trim().slice(0, 60_000)
}
