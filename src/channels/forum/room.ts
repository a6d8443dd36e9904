import type { Account } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import type { Member } from '#kit/http.ts'
import { mayDo } from '#kit/rights.ts'
import type { Database } from '#db/database.ts'
import type { PorchContext } from '../porch/answer.ts'
import type { Assets } from '../porch/assets.ts'
import type { Porch } from '../porch/place.ts'
import type { Paces } from './pace.ts'
import type { Me } from './people.ts'
import type { Square } from './say.ts'
import type { Looking } from './topics.ts'
import { ForumSettings } from './wire.ts'
import type { Words } from './words/words.ts'

/** What a request finds when the forum is open. */
export interface Room {
  readonly porch: Porch; readonly account: Account; readonly settings: ForumSettings; readonly assets: Assets; readonly hosts: Hosts; readonly database: Database
  readonly words: Words; readonly me: Me | undefined
  /** Somebody of the team who may decide what stands here. */
  readonly member: Member | undefined
  readonly paces: Paces; readonly now: Date
  /** Whether letters can be written, as it was a moment ago. */
  readonly mail: () => Promise<boolean>
}
export type View = (c: PorchContext, room: Room) => Promise<Response>

export const lookingOf = ({ me, member }: Room): Looking => ({ personId: me?.id, team: member !== undefined })
export const squareOf = ({ porch, account, settings, now }: Room): Square => ({ host: porch.host, account, settings, origin: porch.site.origin, lang: porch.site.lang, now })
/** A member of this very workspace with the right to moderate; a guest's door is no member's. */
export const teamOf = (c: PorchContext, workspaceId: string): Member | undefined => {
  const member = c.get('member')
  return member?.workspaceId === workspaceId && mayDo(member.role, 'moderate') ? member : undefined
}
export const readSettings = (account: Account): ForumSettings => ForumSettings.safeParse(account.settings).data ?? { firstPosts: 'shown' }
