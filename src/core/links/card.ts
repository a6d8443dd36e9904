import type { Card } from '#kit/channel.ts'

/** `site`: the name the page gives its site, or its host. `dead`: the page could not be read, and this is made of its address. */
export type LinkCard = Card & { readonly site: string; readonly dead: boolean }
