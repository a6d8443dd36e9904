import pg from 'pg'
import { listConversations } from '#core/conversations/store.ts'
import { bands, depths, pick, wordsOf, type Desk } from './inbox-members.ts'

/** The bare statements one after another, while the members are at it: lists, and each search beside the other way to do it. */
export const statements = (desk: Desk, { memberId, rivalUrl }: { readonly memberId: string; readonly rivalUrl: string }) => async (over: () => boolean): Promise<void> => {
  const { stoa, random, watch } = desk
  const [plain, rival] = [new pg.Client({ connectionString: stoa.database.url }), new pg.Client({ connectionString: rivalUrl, options: '-c max_parallel_workers_per_gather=0' })]
  await Promise.all([plain.connect(), rival.connect()])
  await plain.query(`select set_config('stoa.workspace', '${stoa.workspaceId}', false)`)
  const cursors = await depths(desk)
  const list = `select id, last_message_at from conversations where workspace_id = $1 and message_count > 0 and state <> 'done' order by last_message_at desc, id desc limit 31`
  const deep = `select id, last_message_at from conversations where workspace_id = $1 and message_count > 0 and state = 'done' and (last_message_at, id) < ($2::timestamptz, $3::uuid) order by last_message_at desc, id desc limit 31`
  try {
    while (!over()) {
      await watch.timed('SQL list', () => plain.query(list, [stoa.workspaceId]))
      const [at, id] = pick(random, cursors).split('_')
      await watch.timed('SQL deep page', () => plain.query(deep, [stoa.workspaceId, at, id]))
      for (const band of bands) {
        const q = wordsOf(desk, band)
        await watch.timed(`SQL search ${band}`, () => stoa.database.read(stoa.workspaceId, (db) => listConversations(db, { view: 'all', q }, { memberId, now: new Date(), limit: 30 })))
        const like = q.split(' ').map((_, n) => `text ilike $${n + 1}`).join(' and ')
        await watch.timed(`ILIKE ${band}`, () => rival.query(`select id, conversation_id from messages where ${like} order by heard_at desc limit 30`, q.split(' ').map((word) => `%${word}%`)))
      }
      await new Promise((next) => setTimeout(next, 20))
    }
  } finally { await Promise.all([plain.end(), rival.end()]) }
}
