import sharp from 'sharp'
import { soon } from './here.ts'
import type { PeerStoa } from './stoa.ts'

export interface Account { readonly id: string; readonly channel: string; readonly handle: string; readonly limits: { readonly text: { readonly max: number; readonly linkCost?: number } } }
export interface Publication { readonly id: string; readonly accountId: string; readonly channel: string; readonly part?: number; readonly state: string; readonly url: string | null; readonly because: string | null }
export interface Post { readonly id: string; readonly version: number; readonly publications: readonly Publication[] }
export interface Conversation { readonly id: string; readonly lastText: string; readonly channel: string; readonly contact: { readonly id: string; readonly name: string } }
export interface Thread {
  readonly messages: readonly { readonly id: string; readonly direction: string; readonly text: string; readonly withdrawn: boolean; readonly publication: { readonly state: string; readonly because: string | null } | null }[]
}
export interface Words { readonly title: string; readonly text: string; readonly media?: readonly { readonly mediaId: string; readonly alt: string }[]; readonly thread?: readonly { readonly text: string; readonly media: readonly never[] }[]; readonly tags?: readonly string[] }

/** What Eleni does at her desk, by the API her screen uses. */
export function deskOf(stoa: PeerStoa) {
  const accounts = async () => (await stoa.ask<{ items: readonly Account[] }>('GET', 'accounts')).items
  const post = (id: string) => stoa.ask<Post>('GET', `posts/${id}`)
  const settled = (id: string, state = 'confirmed', seconds = 40) => soon(`the post is ${state} everywhere`, async () => {
    const now = await post(id)
    const stuck = now.publications.find((one) => ['refused', 'needs-person', 'auth-needed'].includes(one.state) && one.state !== state)
    if (stuck) throw new Error(JSON.stringify(stuck))
    return now.publications.length > 0 && now.publications.every((one) => one.state === state) ? now : undefined
  }, seconds)
  const publish = async (channels: readonly string[], words: Words) => {
    const accountIds = (await accounts()).filter(({ channel }) => channels.includes(channel)).map(({ id }) => id)
    const made = await stoa.ask<Post>('POST', 'posts', { lang: 'el', intent: 'talk', format: 'story', tags: [], media: [], campaignId: null, ...words, accountIds })
    await stoa.ask('POST', `posts/${made.id}/publish`, { version: made.version })
    return made.id
  }
  return {
    accounts, post, settled, publish,
    account: async (channel: string) => (await accounts()).find((one) => one.channel === channel)!,
    edit: async (id: string, words: Words & { readonly note: string }) => stoa.ask('POST', `posts/${id}/edit`, { media: [], ...words, version: (await post(id)).version }),
    retract: (id: string, note: string) => stoa.ask('POST', `posts/${id}/retract`, { note }),
    picture: async (alt: string) => {
      const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#d8a24a' } }).png().toBuffer()
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'karveli.png')
      form.append('alt', alt)
      return { mediaId: (await stoa.ask<{ id: string }>('POST', 'media', form)).id, alt }
    },
    conversation: (saying: string, seconds = 60) => soon(`somebody says “${saying}”`, async () => {
      for (const view of ['all', 'done']) {
        const found = (await stoa.ask<{ items: readonly Conversation[] }>('GET', `conversations?view=${view}`)).items.find(({ lastText }) => lastText.includes(saying))
        if (found) return found
      }
      return undefined
    }, seconds),
    thread: (id: string) => stoa.ask<Thread>('GET', `conversations/${id}`),
    answer: async (id: string, text: string) => {
      const { messages } = await stoa.ask<Thread>('GET', `conversations/${id}`)
      await stoa.ask('POST', `conversations/${id}/claim`, {})
      await stoa.ask('POST', `conversations/${id}/answer`, { text, seen: messages.at(-1)!.id })
    },
    contact: (id: string) => stoa.ask<{ reactions: readonly { readonly kind: string; readonly postId: string | null }[] }>('GET', `contacts/${id}`),
  }
}
export type Desk = ReturnType<typeof deskOf>
