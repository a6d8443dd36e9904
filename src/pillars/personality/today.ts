import { and, asc, eq, isNull, ne, or } from 'drizzle-orm'
import type { Nudge } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import { members, voices } from '#core/members/tables.ts'
import { mine } from '#db/database.ts'

/** Members who may answer but have no voice the audience could meet. */
export async function today(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const silent = await house.database.read(workspaceId, (db) => db.select({ name: members.name }).from(members)
    .leftJoin(voices, eq(voices.memberId, members.id))
    .where(and(mine(db, members), isNull(members.leftAt), ne(members.role, 'viewer'), or(isNull(voices.id), eq(voices.name, ''))))
    .orderBy(asc(members.joinedAt)))
  return silent.map(({ name }) => ({
    says: { en: `${name} has no voice yet: a name, a picture, a way to sign.`, el: `Χωρίς φωνή ακόμη: ${name}. Λείπει ένα όνομα, μια εικόνα, μια υπογραφή.` },
    to: '/settings/voices', urgent: false,
  }))
}
