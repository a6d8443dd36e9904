import { and, eq } from 'drizzle-orm'
import type { Lang } from '#kit/lang.ts'
import { mine, type Db } from '#db/database.ts'
import { accounts } from '../accounts/tables.ts'
import { contacts } from '../contacts/tables.ts'
import { conversations, messages } from '../conversations/tables.ts'
import type { House } from '../house.ts'
import type { Call } from './ring.ts'
import { bellWords } from './words.ts'

export interface Shown { readonly id: string; readonly title: string; readonly text: string; /** Below the workspace's address. */ readonly path: string; readonly tag: string }

const longest = 140
const shortened = (text: string): string => { const line = text.replaceAll(/\s+/g, ' ').trim(); return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed().trimEnd()}…` }

interface Place { readonly who: string; readonly channel: string; readonly words: string }
async function placeOf(db: Db, { conversationId, messageId, accountId }: Call): Promise<Place> {
  if (accountId) {
    const [account] = await db.select({ channel: accounts.channel, handle: accounts.handle }).from(accounts).where(and(mine(db, accounts), eq(accounts.id, accountId)))
    return { who: account?.handle ?? '', channel: account?.channel ?? '', words: '' }
  }
  if (!conversationId) return { who: '', channel: '', words: '' }
  const [row] = await db.select({ who: contacts.name, channel: conversations.channel }).from(conversations).innerJoin(contacts, eq(contacts.id, conversations.contactId)).where(and(mine(db, conversations), eq(conversations.id, conversationId)))
  const [said] = messageId ? await db.select({ text: messages.text }).from(messages).where(and(mine(db, messages), eq(messages.id, messageId))) : []
  return { who: row?.who ?? '', channel: row?.channel ?? '', words: said?.text ?? '' }
}

interface Reader { readonly lang: Lang; readonly withWords: boolean; readonly channels: House['channels'] }
/** How a call is shown. Who wrote and what are in it only where the member wants it so: a locked screen is read by others too. */
export async function shown(db: Db, call: Call, { lang, withWords, channels }: Reader): Promise<Shown> {
  const words = bellWords[lang]
  if (call.moment === 'summary') return { id: call.id, title: words.summary(call.count), text: words.meanwhile, path: '/app/inbox?view=mine', tag: 'summary' }
  const { who, channel, words: text } = await placeOf(db, call)
  const kind = channels.find((one) => one.id === channel)
  const place = kind?.called?.[lang] ?? kind?.name ?? channel
  const path = call.moment === 'silent' ? '/app/settings/channels' : `/app/inbox?view=all&c=${call.conversationId}`
  const said = withWords ? [who, shortened(text)].filter(Boolean).join(': ') : ''
  return { id: call.id, title: words.title[call.moment], text: said || place, path, tag: call.conversationId ?? call.accountId ?? call.id }
}
