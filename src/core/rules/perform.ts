import { and, isNull } from 'drizzle-orm'
import { mayDo } from '#kit/rights.ts'
import { mine, type Db } from '#db/database.ts'
import { arrange, note, type Acting } from '../conversations/act.ts'
import type { Conversation } from '../conversations/places.ts'
import { openers } from '../conversations/tables.ts'
import { members } from '../members/tables.ts'
import { routeAs } from '../routing/assign.ts'
import type { Act } from './grammar.ts'
import { changeOf, type Around } from './rules.ts'

/** Whom conversations can be given to now, and the openers of the team. */
export async function aroundOf(db: Db, by: string | null): Promise<Around> {
  const team = await db.select({ id: members.id, name: members.name, role: members.role }).from(members).where(and(mine(db, members), isNull(members.leftAt)))
  const begun = await db.select({ id: openers.id }).from(openers).where(and(mine(db, openers), isNull(openers.memberId)))
  return { by, members: new Map(team.filter(({ role }) => mayDo(role, 'answer')).map(({ id, name }) => [id, name])), openers: new Set(begun.map(({ id }) => id)) }
}

/** Does what was planned, by the same functions as a member's hand, and tells what came of it. The caller holds the conversation. */
export async function perform(acting: Acting, conversation: Conversation, { acts, around }: { readonly acts: readonly Act[]; readonly around: Around }): Promise<readonly Act[]> {
  const change = changeOf(acts, conversation, acting.now)
  if (Object.keys(change).length > 0) await arrange(acting, conversation.id, change)
  const undone = new Set<Act>()
  for (const act of acts) if (!await besides(acting, conversation.id, { act, around })) undone.add(act)
  return acts.filter((act) => !undone.has(act))
}

/** What is no change of the row itself. False: it could not be done. */
async function besides(acting: Acting, conversationId: string, { act, around }: { readonly act: Act; readonly around: Around }): Promise<boolean> {
  const { tx, now } = acting
  if (act.do === 'route') return await routeAs(tx, conversationId, { now, ...('byRule' in acting ? { byRule: acting.byRule } : {}) })
  if (act.do === 'note') await note(acting, conversationId, act.text)
  if (act.do === 'notify') await note(acting, conversationId, `@${around.members.get(act.memberId)!} ${act.text}`)
  return true
}
