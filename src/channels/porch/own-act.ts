import type { Account } from '#kit/channel.ts'
import type { Host, OwnWords, Utterance } from '#kit/host.ts'
import type { Lang } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import { readNamed, readText } from './comment-form.ts'
import { commentLimits as limits } from './limits.ts'
import { issueFollow, type Own } from './own.ts'
import { tooManyLinks } from './say.ts'

export type OwnTyped = Partial<Record<'do' | 'text' | 'email', string>>
export interface Changing {
  readonly host: Host; readonly account: Account; readonly own: Own; readonly said: OwnWords; readonly now: Date
  readonly thread: () => Promise<readonly Utterance[]>
  /** A person read it before anybody saw it: nobody changes it behind their back. */
  readonly readFirst?: boolean
  /** Where it stands and where letters about it are confirmed: whole addresses. */
  readonly place: string; readonly origin: string; readonly lang: Lang; readonly secret: string
}

/** The form of one's own comment: what to do, and the new words. */
export function readOwnForm(body: string): OwnTyped {
  const { typed, refused } = readNamed(body, ['do', 'text', 'email'])
  if (refused) throw refused
  if (typed.do !== 'edit' && typed.do !== 'withdraw' && typed.do !== 'follow' && typed.do !== 'appeal') throw new Refusal('invalid_input', { params: { reason: 'do' }, field: 'do' })
  return typed
}

const manyLinks = { en: 'An edit takes at most two links. Please leave some out.', el: 'Μια διόρθωση δέχεται έως δύο συνδέσμους. Αφαιρέστε μερικούς.' }
const read = { en: 'One of us has read it as it is. You can take it back and write anew.', el: 'Κάποιος από εμάς το διάβασε όπως είναι. Μπορείτε να το πάρετε πίσω και να γράψετε νέο.' }

/** Somebody changes what they said a moment ago, or takes it back. Nobody else's words can be reached from here. */
export async function changeOwn(changing: Changing, typed: OwnTyped): Promise<void> {
  const { host, account, own, said, now } = changing
  if (typed.do === 'follow') {
    const confirm = (id: string): string => `${changing.origin}/comments/follow/${issueFollow(changing.secret, host.workspaceId, id)}`
    await host.followAnswers(account, { refId: own.id, email: typed.email ?? '', lang: changing.lang, place: changing.place, confirm })
    return
  }
  if (typed.do === 'appeal') {
    if (said.state !== 'hidden' || !await host.appealOwn(account.id, { refId: own.id, text: readText(typed.text ?? '', limits.appeal) })) throw new Refusal('link_expired')
    return
  }
  if (!own.open || (said.state !== 'shown' && said.state !== 'held')) throw new Refusal('link_expired')
  const common = { ref: { channel: account.channel, id: own.id }, at: now.toISOString(), author: said.author }
  if (typed.do === 'withdraw') { await host.hear(account, [{ ...common, does: 'withdraws' }]); return }
  if (changing.readFirst && said.state === 'shown') throw new Refusal('invalid_input', { params: { reason: read }, field: 'text' })
  const text = readText(typed.text ?? '')
  const others = (await changing.thread()).filter((one) => one.id !== said.id)
  if (said.state === 'shown' && tooManyLinks({ text }, said.author.id, others)) throw new Refusal('invalid_input', { params: { reason: manyLinks }, field: 'text' })
  await host.hear(account, [{ ...common, does: 'edits', text }])
}
