import { getTableColumns } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#db/database.ts'
import { testDatabase } from '#db/testing.ts'
import { conversations, messages } from '../conversations/tables.ts'
import { tablesOfPeople } from './merge.ts'
import { ownTables } from './personal.ts'

let database: Database
beforeAll(async () => { database = await testDatabase(process.env['STOA_TEST_DATABASE']!) })
afterAll(() => database.close())

/** What the team or a machine writes: somebody may be named in it, and the sweep takes the name out wherever it stands. */
const ours = [
  'account_cursors', 'account_gates', 'account_logins', 'accounts', 'answer_targets', 'approval_steps', 'assignments', 'attempts', 'bulk_acts', 'calendar_links', 'campaigns', 'commented_pages', 'conversation_moves', 'days_off', 'epochs', 'events',
  'feed_rules', 'fediverse_deliveries', 'fediverse_keys', 'forum_categories', 'forum_old_names', 'handler_cursors', 'import_errors', 'imports', 'inbox_rules', 'invitations', 'link_cards', 'link_clicks', 'macros', 'media', 'media_policies',
  'objectives', 'openers', 'parked_events', 'paused_posts', 'pauses', 'post_comments', 'post_versions', 'posts', 'publications', 'publishing_policies', 'readings', 'review_links', 'routings', 'rule_runs', 'saved_filters', 'series', 'series_occurrences',
  'shelf_places', 'short_links', 'slots', 'taken_items', 'undos', 'uploads', 'used_tokens', 'webmentions_out', 'workspaces', 'conversation_tallies',
  // Single words with how often people decided what about them: nobody can be read from it.
  'spam_words',
]
/** Of the members, who are erased by leaving, and not of people outside. */
const members = ['auth_logins', 'auth_sessions', 'auth_users', 'auth_verifications', 'away_periods', 'bell_calls', 'bell_devices', 'bell_keys', 'bell_looks', 'bell_pushes', 'bells', 'conversation_reads', 'member_hours', 'members', 'notices', 'voices']
/** Cleared by name in erase.ts and erase-words.ts: cards, merges, the receipt itself, drafts of answers, files handed over, and what was read of other servers. */
const byName = ['contacts', 'contact_merges', 'contacts_apart', 'erasures', 'erased_refs', 'answer_drafts', 'files', 'fediverse_cache']

/** Whose rows go with those of another table, by the database's own hand. */
async function cascading(): Promise<Map<string, string[]>> {
  return await database.read('*', async (db) => {
    const { rows } = await db.client.query<{ child: string; parent: string }>(`select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint where contype = 'f' and confdeltype = 'c'`)
    return new Map([...Map.groupBy(rows, (row) => row.child)].map(([child, all]) => [child, all.map((row) => row.parent)]))
  })
}

describe('erasing and handing over a person', () => {
  test('knows of every table what becomes of a person in it; a new one is named here, or in personal.ts', async () => {
    const all = await database.read('*', async (db) => (await db.client.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)).rows.map((row) => row.name))
    const people = await database.read('*', (db) => tablesOfPeople(db))
    const goes = new Set([...people, ...ownTables])
    const parents = await cascading()
    const covered = (table: string): boolean => goes.has(table) || ours.includes(table) || members.includes(table) || byName.includes(table) || (parents.get(table) ?? []).some((parent) => goes.has(parent))
    expect(all.length).toBeGreaterThan(90)
    expect(all.filter((table) => !covered(table))).toEqual([])
    // What is named here stands in the database.
    expect([...ours, ...members, ...byName].filter((table) => !all.includes(table))).toEqual([])
  })

  test('knows of every column of what was said whether it is cleared; a new one is named here, and cleared in erase-words.ts', () => {
    const cleared = ['authorName', 'text', 'html', 'folded', 'remoteId', 'remoteUrl', 'heldBecause', 'heldSigns', 'ruledBecause', 'appeal', 'attachments', 'copies', 'editedAt', 'withdrawnAt', 'search']
    const figures = [
      'id', 'workspaceId', 'conversationId', 'direction', 'contactId', 'memberId', 'automatic', 'lang', 'saidAt', 'heardAt', 'channel', 'accountId', 'parentId', 'postId', 'visibility', 'moderation', 'publicationId', 'byHand', 'taughtAs', 'appealedAt',
    ]
    expect(Object.keys(getTableColumns(messages)).filter((name) => !cleared.includes(name) && !figures.includes(name))).toEqual([])
    // `lastText` is told anew from what is left; the subject, tags and words of a rating go.
    const talk = ['subject', 'tags', 'rootRef', 'ratingText', 'lastText']
    const free = Object.entries(getTableColumns(conversations)).filter(([, column]) => ['string', 'json'].includes(column.dataType) && !/_id$|^id$/.test(column.name)).map(([name]) => name)
    expect(free.filter((name) => !talk.includes(name) && !['channel', 'lang', 'state', 'visibility', 'lastFrom', 'claimedBy', 'mergedInto'].includes(name))).toEqual([])
  })
})
