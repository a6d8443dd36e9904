import type { Original } from './convert.ts'
import { readMail } from './read.ts'

/** What an answer takes from the mail it answers. */
export async function originalOf(source: Buffer, now: Date): Promise<Original | undefined> {
  const mail = await readMail(source, { whole: true, received: now })
  if (!mail) return undefined
  const to = mail.replyTo ?? mail.from
  return { subject: mail.subject, references: mail.references.toReversed(), text: mail.text, at: mail.at, ...(to.address ? { replyTo: { name: to.name || mail.from.name, address: to.address } } : {}) }
}
