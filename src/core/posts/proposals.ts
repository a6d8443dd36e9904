import type { Member } from '#kit/http.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Tx } from '#db/database.ts'
import type { House } from '../house.ts'
import { act, approvalOf } from './approval/store.ts'
import { changedMeanwhile } from './drafts.ts'
import { policyOf } from './policy.ts'
import { applyEdit, editPublished, type Edit } from './revise.ts'
import { wordsOf } from './rules.ts'
import { lockPost, savePost, type Post } from './store.ts'
import { keepVersion } from './versions.ts'

/** New words for what is out: at once, or, where somebody else has to say yes to what goes out, as a proposal that waits for it. */
export async function edit(tx: Tx, house: House, given: Edit): Promise<Post> {
  const { approval } = await policyOf(tx)
  return approval === 'required' || approval === 'two-step' ? await propose(tx, house, given) : await editPublished(tx, house, given)
}

async function propose(tx: Tx, house: House, { id, member, version, words, note, reasons }: Edit): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.version !== version) throw changedMeanwhile(post)
  if (post.state !== 'published') throw new Refusal('wrong_state', { params: { state: post.state } })
  const at = house.now()
  const actor = { memberId: member.id, name: member.name }
  if ((await approvalOf(tx, post)).state !== 'none') await act(tx, { post: { ...post, proposal: post.proposal ?? proposalOf(post, { member, note, reasons, at }) }, deed: 'withdraw', actor, note: '', at })
  const after = wordsOf({ ...post, ...words })
  const saved = await savePost(tx, id, { seen: version, at, change: { proposal: { by: member.id, at: at.toISOString(), words: after, note, reasons } } })
  await keepVersion(tx, { postId: id, words: after, why: 'proposed', byId: member.id, at })
  await act(tx, { post: saved, deed: 'ask', actor, note, at })
  return saved
}
const proposalOf = (post: Post, { member, note, reasons, at }: Pick<Edit, 'member' | 'note' | 'reasons'> & { readonly at: Date }): NonNullable<Post['proposal']> =>
  ({ by: member.id, at: at.toISOString(), words: wordsOf(post), note, reasons })

/** Once everybody who has to has said yes, the new words go out; from then on they are the post's. */
export async function applyProposal(tx: Tx, house: House, post: Post): Promise<Post> {
  if (post.proposal === null || post.state !== 'published' || (await approvalOf(tx, post)).state !== 'approved') return post
  const { by, words, note, reasons } = post.proposal
  const { title, text, media, thread, firstComment, warning = '', variants } = words
  return await applyEdit(tx, house, { before: post, id: post.id, version: post.version, memberId: by, words: { title, text, media, thread, firstComment, warning, variants }, note, reasons })
}

export async function dropProposal(tx: Tx, { id, member, at }: { readonly id: string; readonly member: Member; readonly at: Date }): Promise<Post> {
  const post = await lockPost(tx, id)
  if (post.proposal === null) throw new Refusal('wrong_state', { params: { state: post.state } })
  if ((await approvalOf(tx, post)).state !== 'none') await act(tx, { post, deed: 'withdraw', actor: { memberId: member.id, name: member.name }, note: '', at })
  return await savePost(tx, id, { seen: post.version, at, change: { proposal: null } })
}
