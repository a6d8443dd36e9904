import { and, asc, eq, isNotNull, ne } from 'drizzle-orm'
import type { Nudge } from '#kit/pillar.ts'
import { accountNudges } from '#core/accounts/nudges.ts'
import { contacts } from '#core/contacts/tables.ts'
import { conversations } from '#core/conversations/tables.ts'
import type { House } from '#core/house.ts'
import { inboxRules } from '#core/rules/tables.ts'
import { mine } from '#db/database.ts'
import { waited } from './signals.ts'

const HOUR = 60
const DAY = 24 * HOUR

/** Who has waited longest, and which connections need somebody. */
export async function today(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  return [...await longestWait(house, workspaceId), ...await stoppedRules(house, workspaceId), ...await accountNudges(house, workspaceId)]
}

/** Rules that acted too often and stand still until somebody has looked. */
async function stoppedRules(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const rows = await house.database.read(workspaceId, (db) => db.select({ name: inboxRules.name }).from(inboxRules)
    .where(and(mine(db, inboxRules), eq(inboxRules.pausedBecause, 'runaway'))).orderBy(asc(inboxRules.place)).limit(3))
  return rows.map(({ name }) => ({
    says: { en: `The rule “${name}” acted too often and was stopped. Look at what it asks for.`, el: `Ο κανόνας «${name}» έδρασε πάρα πολλές φορές και σταμάτησε. Δείτε τι ζητά.` },
    to: '/settings/rules', urgent: true,
  }))
}

// Once it is more than an hour.
async function longestWait(house: House, workspaceId: string): Promise<readonly Nudge[]> {
  const [longest] = await house.database.read(workspaceId, (db) => db
    .select({ id: conversations.id, name: contacts.name, since: conversations.waitingSince })
    .from(conversations).innerJoin(contacts, eq(contacts.id, conversations.contactId))
    .where(and(mine(db, conversations), isNotNull(conversations.waitingSince), ne(conversations.state, 'snoozed'), eq(conversations.asked, true)))
    .orderBy(asc(conversations.waitingSince), asc(conversations.id)).limit(1))
  if (!longest?.since) return []
  const minutes = Math.floor((house.now().getTime() - longest.since.getTime()) / 60_000)
  if (minutes < HOUR) return []
  const long = waited(minutes)
  return [{
    says: { en: `${longest.name} has waited ${long.en} for an answer.`, el: `Περιμένει απάντηση εδώ και ${long.el}: ${longest.name}.` },
    to: `/inbox?view=waiting&c=${longest.id}`, urgent: minutes >= DAY,
  }]
}
