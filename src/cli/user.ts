import { and, eq } from 'drizzle-orm'
import { hashPassword } from 'better-auth/crypto'
import { EVERY, type Database } from '#db/database.ts'
import { logins, members, sessions, users } from '#core/members/tables.ts'
import { say, sayWrong } from './say.ts'
import type { wordsFor } from './words.ts'

async function list(database: Database): Promise<number> {
  const rows = await database.read(EVERY, (db) => db.select({ name: members.name, role: members.role, email: users.email, left: members.leftAt }).from(members).innerJoin(users, eq(users.id, members.userId)))
  for (const row of rows) say([row.email, row.name, row.role, row.left ? 'left' : ''].join('\t').trimEnd())
  return 0
}

async function setPassword(database: Database, { email, password }: { readonly email: string; readonly password: string }, words: ReturnType<typeof wordsFor>): Promise<number> {
  if (password.length < 10) { sayWrong(words.noPassword); return 1 }
  const hash = await hashPassword(password)
  const found = await database.write(EVERY, async (tx) => {
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email.toLowerCase())).limit(1)
    if (!user) return false
    await tx.update(logins).set({ password: hash, updatedAt: new Date() }).where(and(eq(logins.userId, user.id), eq(logins.providerId, 'credential')))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    return true
  })
  if (!found) sayWrong(words.noUser)
  return found ? 0 : 1
}

export async function firstLine(): Promise<string> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const part of process.stdin) { text += part as string; if (text.includes('\n')) break }
  return text.split('\n')[0]!.trim()
}

export async function userCommand(database: Database, args: readonly string[], words: ReturnType<typeof wordsFor>): Promise<number> {
  if (args[0] === 'list') return await list(database)
  if (args[0] === 'password' && args[1]) return await setPassword(database, { email: args[1], password: await firstLine() }, words)
  say(words.usage)
  return 1
}
