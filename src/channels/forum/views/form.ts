import { Refusal } from '#kit/refusal.ts'
import { issueForm, readForm } from '../../porch/form-token.ts'
import type { PorchContext } from '../../porch/answer.ts'
import type { Me } from '../people.ts'
import type { Room } from '../room.ts'

const formOf = ({ hosts, porch, me, now }: Room, place: string) => ({ secret: hosts.secret('forum-form'), workspaceId: porch.host.workspaceId, postKey: `${me?.id ?? ''} ${place}`, now })
/** A token that says whose form this is, for what, and when it was handed out. */
export const formFor = (room: Room, place: string): string => issueForm(formOf(room, place))

/** The form is fresh, was read by a person, and is sent once. */
export async function spendForm(room: Room, place: string, token: string): Promise<void> {
  const read = readForm(formOf(room, place), token)
  if (read.state !== 'good') throw new Refusal(read.state === 'early' ? 'form_too_fast' : 'form_expired')
  if (!await room.porch.host.useOnce(`forum-form ${read.nonce}`, new Date(room.now.getTime() + 24 * 3_600_000))) throw new Refusal('already_posted')
}
export function signedIn({ me }: Room): Me {
  if (!me) throw new Refusal('forum_sign_in')
  return me
}
export const paced = (c: PorchContext, { paces, porch }: Room): Promise<void> => paces.write(porch.host.workspaceId, c.get('ip'))
