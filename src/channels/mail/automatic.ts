import type { Mail } from './read.ts'

type Looked = Pick<Mail, 'headers' | 'from' | 'subject'>
const machines = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+=_.-].*)?@/i
const absences = /^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|away from|vacation|αυτόματη απάντηση|εκτός γραφείου|απουσ[ιί]α|abwesenheit|réponse automatique)/iu

/** Sent by a machine: an absence, a newsletter, a list. It is heard, and nobody waits for an answer to it. */
export function isAutomatic({ headers, from, subject }: Looked): boolean {
  const has = (name: string): string => (headers.get(name) ?? '').trim().toLowerCase()
  const submitted = has('auto-submitted')
  if (submitted !== '' && !submitted.startsWith('no')) return true
  if (/^(?:bulk|junk|list|auto_reply)\b/.test(has('precedence'))) return true
  if (has('x-auto-response-suppress') !== '' && has('x-auto-response-suppress') !== 'none') return true
  if (['x-autoreply', 'x-autorespond', 'x-autorespond-to', 'x-vacation', 'list-id', 'list-unsubscribe', 'feedback-id'].some((name) => headers.has(name))) return true
  return has('return-path') === '<>' || machines.test(from.address) || absences.test(subject)
}
