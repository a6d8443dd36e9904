import { createHmac } from 'node:crypto'
import type { Challenge } from 'altcha-lib/types'
import type { Account, Ref } from '#kit/channel.ts'
import type { HeardResult, Host, Hosts, Utterance } from '#kit/host.ts'
import { Refusal } from '#kit/refusal.ts'
import { networkOf } from '#net/addresses.ts'
import { linksIn, readSaid, type Said, type Typed } from './comment-form.ts'
import { readForm } from './form-token.ts'
import { commentLimits as limits } from './limits.ts'
import { heard, type Hold } from './listen.ts'
import type { Pace } from './pace.ts'
import { challengeFor, readProof } from './proof.ts'

/** What anybody may say something under: a post of this house, or a page of another site. */
export interface Under {
  /** What its forms, its proofs and the ids of its comments are made for. */
  readonly key: string
  /** Where its form is sent. */
  readonly endpoint: string
  readonly open: boolean
  thread(): Promise<readonly Utterance[]>
  /** What a first word answers, or the page it stands under. */
  readonly begins: { readonly inReplyTo: Ref } | { readonly page: { readonly url: string; readonly title: string } }
  addressOf(id: string): string
  /** Who is read by a person before anybody sees it; absent: only what looks odd. */
  readonly first?: 'everybody' | 'strangers'
}
export interface Saying {
  readonly host: Host; readonly account: Account; readonly under: Under; readonly typed: Typed
  readonly ip: string; readonly now: Date; readonly hosts: Hosts; readonly pace: Pace
}
/** `id`: the comment's own, for the link of whoever wrote it. */
export type Outcome =
  | { readonly done: 'stands'; readonly messageId: string; readonly id: string }
  | { readonly done: 'held'; readonly id: string }
  | { readonly done: 'asks'; readonly challenge: Challenge }

/** Takes a visitor's comment from the form to the house, or refuses with the reason. */
export async function say(saying: Saying): Promise<Outcome> {
  const { host, under, typed } = saying
  await saying.pace.network(host.workspaceId, saying.ip)
  if (!under.open) throw new Refusal('comments_closed')
  const form = formOf(saying)
  const said = readSaid(typed)
  const thread = await under.thread()
  const comment = commentOf(saying, said, thread)
  refuseRepeated(saying, comment.id, thread)
  const proof = await proofOf(saying, form)
  if (typeof proof === 'object') return { done: 'asks', challenge: proof }
  await saying.pace.post(host.workspaceId, under.key)
  if (!(await host.useOnce(`porch-form ${form}`, new Date(saying.now.getTime() + limits.formUntil)))) throw new Refusal('form_expired')
  const told = proof === 'by_hand' ? 'no_proof' : tooManyLinks(said, comment.author.id, thread) ? 'links' : await looksFirst(saying, comment.author.id)
  // What only a machine fills in is filled in: it goes the way of every other comment, and nobody but a person of ours finds it.
  const hold = told ?? (typed.website === '' ? undefined : 'honeypot')
  return outcomeOf(comment.id, await handOver(saying, { ...comment, hold }))
}

/** The nonce of the form this came with. */
function formOf({ hosts, host, under, typed, now }: Saying): string {
  const read = readForm({ secret: hosts.secret('porch-form'), workspaceId: host.workspaceId, postKey: under.key, now }, typed.form)
  if (read.state === 'good') return read.nonce
  throw new Refusal(read.state === 'early' ? 'form_too_fast' : 'form_expired')
}

/** 'shown' when the work was done, 'by_hand' when a person shall look instead, else the puzzle to solve. */
async function proofOf({ hosts, host, under, typed, now }: Saying, form: string): Promise<'shown' | 'by_hand' | Challenge> {
  const given = { secret: hosts.secret('porch-proof'), endpoint: under.endpoint, form, now }
  if (typed.proof === '') return typed.by === 'hand' ? 'by_hand' : challengeFor(given)
  const read = await readProof(given, typed.proof)
  if (read.state !== 'good') throw new Refusal(read.state === 'expired' ? 'proof_expired' : 'proof_invalid')
  if (!(await host.useOnce(`porch-proof ${read.id}`, read.until))) throw new Refusal('proof_used')
  return 'shown'
}

type Words = Said & { readonly id: string; readonly author: { readonly id: string; readonly name: string }; readonly parent: Utterance | undefined }

function commentOf(saying: Saying, said: Said, thread: readonly Utterance[]): Words {
  const { host, under, typed, hosts } = saying
  const parent = typed.parent === '' ? undefined : thread.find((utterance) => utterance.id === typed.parent && !utterance.withdrawn)
  if (typed.parent !== '' && !parent) throw new Refusal('parent_mismatch', { field: 'parent' })
  const secret = hosts.secret('porch-visitor')
  // With an address it is the same person wherever they write from; without one, the same name from the same network.
  const known = said.email ? ['mail', said.email.toLowerCase()] : ['net', networkOf(saying.ip)]
  const author = { id: digest(secret, [host.workspaceId, ...known, said.name.toLocaleLowerCase('el')]), name: said.name }
  return { ...said, author, parent, id: digest(secret, [host.workspaceId, under.key, author.id, said.text]) }
}

const digest = (secret: string, parts: readonly string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

function refuseRepeated({ account }: Saying, id: string, thread: readonly Utterance[]): void {
  const standing = thread.find((utterance) => utterance.ref?.channel === account.channel && utterance.ref.id === id)
  if (standing) throw new Refusal('already_posted', { extra: { standsAt: standing.id } })
}

export const tooManyLinks = (said: Pick<Said, 'text'>, authorId: string, thread: readonly Utterance[]): boolean =>
  linksIn(said.text) >= limits.links && !thread.some((utterance) => utterance.author.id === authorId)

async function looksFirst({ host, account, under }: Saying, authorId: string): Promise<Hold | undefined> {
  if (under.first === 'everybody') return 'every'
  return under.first === 'strangers' && !(await host.hasSpoken(account.id, authorId)) ? 'first' : undefined
}

async function handOver({ host, account, under, now }: Saying, comment: Words & { hold: Hold | undefined }): Promise<HeardResult | undefined> {
  // What was said elsewhere belongs to a conversation of that place; here the answer stands under the post.
  const near = comment.parent?.ref?.channel === account.channel ? comment.parent.ref : undefined
  const [result] = await host.hear(account, [heard(account.channel, {
    ...comment, ...(near ? { inReplyTo: near } : under.begins), at: now.toISOString(), url: under.addressOf(comment.id),
  })])
  return result
}

function outcomeOf(id: string, result: HeardResult | undefined): Outcome {
  if (result?.state === 'known') throw new Refusal('already_posted', result.messageId ? { extra: { standsAt: result.messageId } } : {})
  if ((result?.state === 'new' || result?.held?.silently) && result.messageId) return { done: 'stands', messageId: result.messageId, id }
  return { done: 'held', id }
}
