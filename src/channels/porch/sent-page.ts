import type { Opened } from './opened.ts'
import { page, type Markup } from './pages/layout.ts'
import type { Sent } from './pages/sent.ts'

/** What was sent, in the porch's frame; it is nobody's page but the sender's. */
export const sentPage = ({ porch, assets }: Opened, sent: Sent, head?: Markup): Markup => page(porch, assets, {
  title: `${sent.title} · ${porch.site.name}`, description: sent.description, path: undefined, content: sent.content, ...(head ? { head } : {}),
})
