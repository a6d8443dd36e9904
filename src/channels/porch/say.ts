import { createHmac } from 'node:crypto'
import type { Challenge } from 'altcha-lib/types'
import type { HeardResult, Hosts, Utterance } from '#kit/host.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Article } from './article.ts'
import { takesComments } from './article.ts'
import { linksIn, readSaid, type Said, type Typed } from './comment-form.ts'
import { readForm } from './form-token.ts'
import { commentLimits as limits } from './limits.ts'
import { heard, type Hold } from './listen.ts'
import { networkOf } from '#net/addresses.ts'
import type { Pace } from './pace.ts'
import type { Porch } from './place.ts'
import { challengeFor, readProof } from './proof.ts'

export interface Saying {
  readonly porch: Porch; readonly article: Article; readonly typed: Typed
  readonly ip: string; readonly now: Date; readonly hosts: Hosts; readonly pace: Pace
}
export type Outcome =
  | { readonly done: 'stands'; readonly messageId: string }
  | { readonly done: 'held' }
  | { readonly done: 'asks'; readonly challenge: Challenge }

export const endpointOf = (article: Article): string => `${article.path}/comments`

/** Takes a visitor's comment from the form to the house, or refuses with the reason. */
export async function say(saying: Saying): Promise<Outcome> {
  const { porch, article, typed } = saying
  await saying.pace.network(porch.host.workspaceId, saying.ip)
  if (!takesComments(article, porch.settings, saying.now)) throw new Refusal('comments_closed')
  if (typed.website !== '') return quarantined(saying)
  const form = formOf(saying)
  const said = readSaid(typed)
  const thread = await porch.host.thread(article.postId ?? '')
  const comment = commentOf(saying, said, thread)
  refuseRepeated(comment.id, thread)
  const proof = await proofOf(saying, form)
  if (typeof proof === 'object') return { done: 'asks', challenge: proof }
  await saying.pace.post(porch.host.workspaceId, article.key)
  if (!(await porch.host.useOnce(`porch-form ${form}`, new Date(saying.now.getTime() + limits.formUntil)))) throw new Refusal('form_expired')
  const hold = proof === 'by_hand' ? 'no_proof' : tooManyLinks(said, comment.author.id, thread) ? 'links' : undefined
  return outcomeOf(await handOver(saying, { ...comment, hold }))
}

/** The nonce of the form this came with. */
function formOf({ hosts, porch, article, typed, now }: Saying): string {
  const read = readForm({ secret: hosts.secret('porch-form'), workspaceId: porch.host.workspaceId, postKey: article.key, now }, typed.form)
  if (read.state === 'good') return read.nonce
  throw new Refusal(read.state === 'early' ? 'form_too_fast' : 'form_expired')
}

/** 'shown' when the work was done, 'by_hand' when a person shall look instead, else the puzzle to solve. */
async function proofOf({ hosts, porch, article, typed, now }: Saying, form: string): Promise<'shown' | 'by_hand' | Challenge> {
  const given = { secret: hosts.secret('porch-proof'), endpoint: endpointOf(article), form, now }
  if (typed.proof === '') return typed.by === 'hand' ? 'by_hand' : challengeFor(given)
  const read = await readProof(given, typed.proof)
  if (read.state !== 'good') throw new Refusal(read.state === 'expired' ? 'proof_expired' : 'proof_invalid')
  if (!(await porch.host.useOnce(`porch-proof ${read.id}`, read.until))) throw new Refusal('proof_used')
  return 'shown'
}

type Words = Said & { readonly id: string; readonly author: { readonly id: string; readonly name: string }; readonly parent: Utterance | undefined }

function commentOf(saying: Saying, said: Said, thread: readonly Utterance[]): Words {
  const { porch, article, typed, hosts } = saying
  const parent = typed.parent === '' ? undefined : thread.find((utterance) => utterance.id === typed.parent && !utterance.withdrawn)
  if (typed.parent !== '' && !parent) throw new Refusal('parent_mismatch', { field: 'parent' })
  const secret = hosts.secret('porch-visitor')
  // With an address it is the same person wherever they write from; without one, the same name from the same network.
  const known = said.email ? ['mail', said.email.toLowerCase()] : ['net', networkOf(saying.ip)]
  const author = { id: digest(secret, [porch.host.workspaceId, ...known, said.name.toLocaleLowerCase('el')]), name: said.name }
  return { ...said, author, parent, id: digest(secret, [porch.host.workspaceId, article.key, author.id, said.text]) }
}

const digest = (secret: string, parts: readonly string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

function refuseRepeated(id: string, thread: readonly Utterance[]): void {
  const standing = thread.find((utterance) => utterance.ref?.channel === 'porch' && utterance.ref.id === id)
  if (standing) throw new Refusal('already_posted', { extra: { standsAt: standing.id } })
}

const tooManyLinks = (said: Said, authorId: string, thread: readonly Utterance[]): boolean =>
  linksIn(said.text) >= limits.links && !thread.some((utterance) => utterance.author.id === authorId)

async function handOver({ porch, article, now }: Saying, comment: Words & { hold: Hold | undefined }): Promise<HeardResult | undefined> {
  // What was said elsewhere belongs to a conversation of that place; here the answer stands under the post.
  const near = comment.parent?.ref?.channel === 'porch' ? comment.parent.ref : undefined
  const inReplyTo = near ?? { channel: 'porch', id: article.slug, url: porch.site.origin + article.path }
  const [result] = await porch.host.hear(porch.account, [heard({
    ...comment, inReplyTo, at: now.toISOString(), url: `${porch.site.origin}${article.path}#c-${comment.id}`,
  })])
  return result
}

function outcomeOf(result: HeardResult | undefined): Outcome {
  if (result?.state === 'known') throw new Refusal('already_posted', result.messageId ? { extra: { standsAt: result.messageId } } : {})
  if (result?.state === 'new' && result.messageId) return { done: 'stands', messageId: result.messageId }
  return { done: 'held' }
}

/** What only a machine fills in is filled in: it is told the same as anybody who is held, and a person may look at it. */
async function quarantined(saying: Saying): Promise<Outcome> {
  try {
    const said = readSaid(saying.typed)
    await handOver(saying, { ...commentOf({ ...saying, typed: { ...saying.typed, parent: '' } }, said, []), hold: 'honeypot' })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  return { done: 'held' }
}
