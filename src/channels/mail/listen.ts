import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { Refusal } from '#kit/refusal.ts'
import type { Account, Ctx, HeardFile, Incoming, Listen } from '#kit/channel.ts'
import { isAutomatic } from './automatic.ts'
import { bounceIn } from './bounce.ts'
import { channelId } from './convert.ts'
import { imapTrouble, openImap } from './dial.ts'
import { mostBytes, mostOfHuge, readMail, type Lack, type Mail } from './read.ts'
import { attachmentLack, lackWords } from './words.ts'
import type { Settings } from './settings.ts'

/** How far the inbox has been read: mails are numbered, and the numbering itself has a number. `at`: until when. */
export type Cursor = { readonly validity: string; readonly uid: number; readonly at: string }

export const listen: Listen<Settings, Cursor> = { hears: ['messages'], everySeconds: 15, open }

const firstTime = { days: 14, mails: 50 }
const batchOf = 10
const waitFor = 50_000
const day = 24 * 3_600_000
const mostHops = 50

/** From where we were to now; then, where the server tells of new mail by itself, for as long as one pull may last. */
async function* open(account: Account<Settings>, cursor: Cursor | undefined, ctx: Ctx) {
  let client: ImapFlow | undefined
  try {
    client = await openImap(account.settings, ctx)
    const box = await client.mailboxOpen('INBOX', { readOnly: true })
    const validity = String(box.uidValidity)
    const pulled = ctx.now().toISOString()
    const place = cursor?.validity === validity ? cursor : undefined
    let uid = place?.uid ?? 0
    for (const waits of [true, false]) {
      const uids = await newUids(client, { place: place && { ...place, uid }, before: cursor, now: ctx.now(), above: uid })
      for (let from = 0; from < uids.length; from += batchOf) {
        const batch = uids.slice(from, from + batchOf)
        const items: Incoming[] = []
        for (const one of batch) items.push(...await heardIn(client, one, { account, ctx }))
        uid = batch.at(-1)!
        yield { items, cursor: { validity, uid, at: pulled } }
      }
      if (uid === 0) yield { items: [], cursor: { validity, uid: Math.max(0, box.uidNext - 1), at: pulled } }
      if (!waits || !await rings(client, ctx)) return
    }
  } catch (error) { throw imapTrouble(error, ctx.now()) } finally { client?.close() }
}

interface Look { readonly place: Cursor | undefined; readonly before: Cursor | undefined; readonly now: Date; readonly above: number }
/** What has come since. A mailbox that was numbered anew is read again from the last time on: what is known is known by its Message-ID. */
async function newUids(client: ImapFlow, { place, before, now, above }: Look): Promise<readonly number[]> {
  if (place || above > 0) return ((await client.search({ uid: `${above + 1}:*` }, { uid: true })) || []).filter((uid) => uid > above).toSorted((a, b) => a - b)
  const since = before ? new Date(Date.parse(before.at) - 2 * day) : new Date(now.getTime() - firstTime.days * day)
  const found = ((await client.search({ since }, { uid: true })) || []).toSorted((a, b) => a - b)
  return before ? found : found.slice(-firstTime.mails)
}

/** Waits for the server's word that something came. False: nothing did, or it gives none. */
async function rings(client: ImapFlow, { signal }: Ctx): Promise<boolean> {
  if (!client.capabilities.has('IDLE') || signal.aborted) return false
  return await new Promise<boolean>((done) => {
    const timer = setTimeout(() => done(false), waitFor)
    const end = (rang: boolean) => () => { clearTimeout(timer); done(rang) }
    client.once('exists', end(true))
    client.once('close', end(false))
    client.idle().catch(end(false))
  })
}

interface From { readonly account: Account<Settings>; readonly ctx: Ctx }
async function heardIn(client: ImapFlow, uid: number, given: From): Promise<readonly Incoming[]> {
  const facts = await client.fetchOne(String(uid), { size: true, internalDate: true }, { uid: true })
  if (!facts) return []
  const whole = (facts.size ?? 0) <= mostBytes
  const fetched = await client.fetchOne(String(uid), { source: { start: 0, maxLength: whole ? mostBytes : mostOfHuge } }, { uid: true })
  if (!fetched || !fetched.source) return []
  return await wordsOf(fetched.source, { ...given, whole, received: receivedAt(facts, given.ctx.now()) })
}
function receivedAt({ internalDate }: FetchMessageObject, now: Date): Date {
  const at = new Date(internalDate ?? now)
  return Number.isNaN(at.getTime()) || at > now ? now : at
}

interface Arrived extends From { readonly whole: boolean; readonly received: Date }
/** One mail in our words: said, or come back undelivered; nothing when it goes round in circles or is our own. */
export async function wordsOf(source: Buffer, { account, ctx, whole, received }: Arrived): Promise<readonly Incoming[]> {
  const mail = await readMail(source, { whole, received })
  const own = account.settings.address
  // A form on the brand's own site writes in its own name; whoever filled it in is the one to answer.
  const author = mail && (mail.from.address === own && mail.replyTo ? mail.replyTo : mail.from)
  if (!mail || !author || author.address === '' || author.address === own) return []
  if (mail.hops > mostHops) { ctx.log('a mail that goes round in circles was left out', { messageId: mail.id }); return [] }
  const heard = { ref: { channel: channelId, id: mail.id }, at: mail.at, author: { id: author.address, name: author.name || author.address, handle: author.address } }
  const bounce = bounceIn(mail)
  if (bounce) return [{ ...heard, does: 'bounces', about: { channel: channelId, id: bounce.about }, because: bounce.because }]
  const kept = await keepFiles(mail, author.address, ctx)
  const copies = mail.to.filter(({ address }, n) => address !== own && address !== author.address && mail.to.findIndex((one) => one.address === address) === n)
  return [{
    ...heard, does: 'says', email: author.address, visibility: 'private', subject: mail.subject, text: withLacks(mail, kept.lacks, kept.files.length),
    ...(mail.html && kept.lacks.length === 0 ? { html: mail.html } : {}), ...(mail.folded ? { folded: mail.folded } : {}), ...(kept.files.length > 0 ? { files: kept.files } : {}),
    ...(mail.inReplyTo ? { inReplyTo: { channel: channelId, id: mail.inReplyTo } } : {}), ...(mail.references.length > 0 ? { references: mail.references } : {}),
    ...(copies.length > 0 ? { copies } : {}), ...(mail.continues ? { continues: true } : {}), ...(isAutomatic(mail) ? { automatic: true } : {}),
  }]
}

function withLacks(mail: Mail, lacks: readonly string[], files: number): string {
  const words = mail.text || (files > 0 ? '' : mail.subject)
  return [words, ...lacks].filter((part) => part !== '').join('\n\n')
}

/** The files that pass the checks; of the others it is said that they lie in the mailbox. */
async function keepFiles(mail: Mail, by: string, ctx: Ctx): Promise<{ readonly files: readonly HeardFile[]; readonly lacks: readonly string[] }> {
  const files: HeardFile[] = []
  const lacks: string[] = mail.lacks.map((lack: Lack) => `[${lackWords[lack].en} · ${lackWords[lack].el}]`)
  for (const { name, bytes } of mail.files) {
    try { files.push(await ctx.host.keepFile({ bytes, name, by: `${channelId}:${by}` })) } catch (error) {
      if (!(error instanceof Refusal)) throw error
      lacks.push(attachmentLack(name))
    }
  }
  return { files, lacks }
}
