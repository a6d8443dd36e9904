import { sql } from 'drizzle-orm'
import { timestamp, uuid } from 'drizzle-orm/pg-core'
import { newId } from '#kit/id.ts'

export const id = () => uuid('id').primaryKey().$defaultFn(() => newId())
/** The workspace of a row: filled from the transaction's own, so that no input can name another. */
export const workspaceId = () => uuid('workspace_id').notNull().default(sql`current_setting('stoa.workspace')::uuid`)
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
