import { readFile, rename, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { isId } from '#kit/id.ts'
import type { Lang } from '#kit/lang.ts'
import { EVERY } from '#db/database.ts'
import { beginErasure, runErasure, unfinishedErasures } from '#core/contacts/erase.ts'
import { exportPerson } from '#core/contacts/export.ts'
import { isOurReceipt } from '#core/contacts/receipt.ts'
import { readEmail } from '#core/contacts/rules.ts'
import { cardOf } from '#core/contacts/store.ts'
import type { House } from '#core/house.ts'
import { personWords } from './person-words.ts'
import { say, sayWrong } from './say.ts'

interface Found { readonly id: string; readonly workspaceId: string; readonly name: string; readonly email: string | null }
type Asked = Readonly<{ house: House; lang: Lang; who: string; to: string | undefined; yes: boolean }>

/** Everybody in any workspace who goes by an id or an address. */
async function find(house: Pick<House, 'database'>, who: string): Promise<Found[]> {
  const email = readEmail(who)
  if (!isId(who) && email === undefined) return []
  return await house.database.read(EVERY, async (db) => {
    const { rows } = await db.execute<Record<string, unknown> & Found>(isId(who)
      ? sql`select id, workspace_id as "workspaceId", name, email from contacts where id = ${who}`
      : sql`select id, workspace_id as "workspaceId", name, email from contacts c where erased_at is null and merged_into is null
          and (email = ${email} or exists (select 1 from identities i where i.contact_id = c.id and i.remote_id = ${`mailto:${email}`})) order by id`)
    return rows
  })
}
const lineOf = (one: Found): string => [one.id, one.name, one.email ?? ''].join('\t').trimEnd()

async function exportOne({ house, lang, to }: Asked, one: Found): Promise<number> {
  if (!to) { sayWrong(personWords[lang].usage); return 1 }
  const { data } = await exportPerson(house, one.workspaceId, one.id)
  await writeFile(`${to}.part`, data, { mode: 0o600 })
  await rename(`${to}.part`, to)
  say(to)
  return 0
}

async function eraseOne({ house, lang, yes }: Asked, one: Found): Promise<number> {
  const words = personWords[lang]
  if (!yes) {
    const { counts, identities } = await house.database.read(one.workspaceId, (db) => cardOf(db, one.id))
    say([lineOf(one), ...Object.entries({ identities: identities.length, ...counts }).map(([name, count]) => `  ${name}\t${String(count)}`), words.sure].join('\n'))
    return 1
  }
  const begun = await house.database.write(one.workspaceId, (tx) => beginErasure(tx, { contactId: one.id, memberId: null, at: house.now() }))
  const receipt = await runErasure(house, { workspaceId: one.workspaceId, erasureId: begun.id })
  say(JSON.stringify(receipt, null, 2))
  const { left, elsewhere } = receipt.receipt
  sayWrong(left.length === 0 ? words.done : `${words.left}\n${left.join('\n')}`)
  if (elsewhere.length > 0) sayWrong(`${words.elsewhere}\n${elsewhere.join('\n')}`)
  return left.length === 0 ? 0 : 1
}

async function check({ house, lang, who }: Asked): Promise<number> {
  const given = await readFile(who, 'utf8').then((text) => JSON.parse(text) as unknown).catch(() => undefined)
  const genuine = isOurReceipt(house.hosts.secret('erasures'), given)
  say(personWords[lang][genuine ? 'genuine' : 'notGenuine'])
  return genuine ? 0 : 1
}

/** What was broken off goes on first: whoever asks again by the address that is already gone is answered all the same. */
async function finishOthers(house: House): Promise<void> {
  for (const one of await unfinishedErasures(house)) say(JSON.stringify(await runErasure(house, one), null, 2))
}

/** A person's own: handed to them, or erased. */
export async function personCommand(house: House, args: readonly string[], lang: Lang): Promise<number> {
  const words = personWords[lang]
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: false, options: { to: { type: 'string' }, yes: { type: 'boolean' } } })
  const [does, who] = positionals
  if (!who || !['find', 'export', 'erase', 'check'].includes(does ?? '')) { sayWrong(words.usage); return 1 }
  const asked: Asked = { house, lang, who, to: typeof values['to'] === 'string' ? values['to'] : undefined, yes: values['yes'] === true }
  if (does === 'check') return await check(asked)
  if (does === 'erase') await finishOthers(house)
  const found = await find(house, who)
  if (found.length === 0) { sayWrong(words.nobody); return 1 }
  if (does === 'find') { for (const one of found) say(lineOf(one)); return 0 }
  if (found.length > 1) { sayWrong([words.several, ...found.map(lineOf)].join('\n')); return 1 }
  return does === 'export' ? await exportOne(asked, found[0]!) : await eraseOne(asked, found[0]!)
}
