// node test/chat-kills.ts [--kills N] [--seed S]
// The real server, killed with SIGKILL again and again in the middle of two conversations, while two visitors and a member write. In
// the end every transcript is held against what was acknowledged, what the windows showed, and what the inbox has.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { report } from '../bench/run.mjs'
import { startCluster } from '#db/cluster.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { foundWithChat, type Member } from './chat/member.ts'
import { sitDown, type Line, type Visitor } from './chat/visitor.ts'
import { dice } from './crash/faults.ts'
import { load, type Server } from './crash/servers.ts'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } } })
const [kills, seed] = [Number(values.kills), Number(values.seed)]
const site = 'https://fournos.gr'

const dir = mkdtempSync(join(tmpdir(), 'stoa-chat-kills-'))
const cluster = await startCluster(join(dir, 'pg'), () => undefined)
const database = openDatabase(cluster.url, { connections: 3 })
const ground = { dir, database, port: 20_000 + Math.floor(Math.random() * 20_000) }
const random = dice(seed)

async function begin(): Promise<Server> {
  const server = await load(ground).start()
  if ('died' in server) throw new Error('The server did not start.')
  return server
}

/** What was being sent when its server died waits for its lease; nobody here has that patience. */
async function hurry(db: Database): Promise<void> {
  await db.write('*', (tx) => tx.execute(sql`update publications set lease_until = now() - interval '1 second', wake_at = case when wake_at is null then null else now() - interval '1 second' end where state in ('scheduled', 'sending', 'unknown')`))
}

interface Talk { readonly visitor: Visitor; readonly answered: string[] }
/** Both sides of one conversation: the visitor writes, the member answers each word, until they are told to end. */
async function converse({ visitor, answered }: Talk, member: Member, ended: () => boolean): Promise<void> {
  await visitor.write(`${visitor.name} αρχή`)
  const conversationId = await member.conversationWith(`${visitor.name} αρχή`)
  const write = async (): Promise<void> => { for (let n = 1; !ended(); n++) { await visitor.write(`${visitor.name} λέει ${n}`); await sleep(20 + random() * 150) } }
  const answer = async (): Promise<void> => {
    for (let n = 1; !ended(); n++) {
      const text = `Ελένη προς ${visitor.name} ${n}`
      await member.answer(conversationId, text)
      answered.push(text)
      await sleep(20 + random() * 200)
    }
  }
  await Promise.all([write(), answer()])
}

const saidIn = (talks: readonly Talk[]): number => talks.reduce((total, { visitor, answered }) => total + visitor.written.size + answered.length, 0)
/** Some words further on, or after a while, and then at any moment: in the middle of the next ones. */
async function amid(talks: readonly Talk[], chance: () => number): Promise<void> {
  const enough = saidIn(talks) + 1 + Math.floor(chance() * 8)
  for (const since = performance.now(); saidIn(talks) < enough && performance.now() - since < 4_000;) await sleep(10)
  await sleep(chance() * 150)
}

interface Verdict { lost: number; twice: number; 'out of order': number; 'answers overtaken': number; 'window differs': number; 'inbox differs': number }
const countOf = (all: readonly string[], one: string): number => all.filter((text) => text === one).length

/** One transcript against all that was promised about it. */
async function judge({ visitor, answered }: Talk, inbox: readonly { readonly direction: string; readonly text: string }[]): Promise<Verdict> {
  const lines: Line[] = await visitor.transcript()
  const texts = lines.map(({ text }) => text)
  const promised = [...visitor.written.values(), ...answered]
  const shown = visitor.seen.map(({ seq, text }) => `${seq} ${text}`)
  const heard = inbox.filter(({ text }) => text.startsWith(`${visitor.name} `) || text.startsWith(`Ελένη προς ${visitor.name} `)).map(({ text }) => text)
  const own = (side: readonly string[]): string[] => texts.filter((text) => side.includes(text))
  return {
    lost: promised.filter((text) => !texts.includes(text)).length,
    twice: promised.filter((text) => countOf(texts, text) > 1).length + lines.length - new Set(texts).size,
    'out of order': (JSON.stringify(own([...visitor.written.values()])) === JSON.stringify([...visitor.written.values()]) ? 0 : 1) + (lines.every(({ seq }, place) => seq === place + 1) ? 0 : 1),
    'answers overtaken': own(answered).filter((text, place) => answered.indexOf(text) < Math.max(-1, ...own(answered).slice(0, place).map((one) => answered.indexOf(one)))).length,
    'window differs': JSON.stringify(shown) === JSON.stringify(lines.map(({ seq, text }) => `${seq} ${text}`)) ? visitor.figures.doubled + visitor.figures.missed : 1,
    'inbox differs': JSON.stringify([...heard].sort()) === JSON.stringify([...texts].sort()) ? 0 : 1,
  }
}

async function all(): Promise<void> {
  let server = await begin()
  const member = await foundWithChat(server.origin, { code: server.code, site })
  const place = { chat: `${server.origin}/chat/${member.chatId}`, site }
  const talks: Talk[] = await Promise.all(['Άννα', 'Γιώργος'].map(async (name) => ({ visitor: await sitDown(place, name), answered: [] })))
  let ended = false
  const talking = Promise.all(talks.map((talk) => converse(talk, member, () => ended)))
  let died = 0
  for (let turn = 0; turn < kills; turn++) {
    const next = load(ground)
    await Promise.race([amid(talks, random), talking])
    await server.kill()
    await hurry(database)
    const begun = await next.start()
    if ('died' in begun) throw new Error('The server did not start again.')
    server = begun
    died++
  }
  await sleep(500)
  ended = true
  await talking
  const waiting = async (): Promise<number> => { const { rows } = await database.read('*', (db) => db.execute(sql`select count(*)::int as n from publications where channel = 'chat' and state <> 'confirmed'`)); return (rows[0] as { n: number }).n }
  for (let patience = 200; patience > 0 && await waiting() > 0; patience--) await sleep(200)
  await sleep(500)
  const { rows: inbox } = await database.read('*', (db) => db.execute(sql`select direction, text from messages where channel = 'chat'`)) as unknown as { rows: { direction: string; text: string }[] }
  const verdicts = await Promise.all(talks.map((talk) => judge(talk, inbox)))
  const sum = (name: keyof Verdict): number => verdicts.reduce((total, verdict) => total + verdict[name], 0)
  const of = (name: 'resent' | 'reconnects'): number => talks.reduce((total, { visitor }) => total + visitor.figures[name], 0)
  const names = ['lost', 'twice', 'out of order', 'answers overtaken', 'window differs', 'inbox differs'] as const
  report({
    name: 'chat-kills',
    figures: {
      kills: died, 'messages of visitors': talks.reduce((total, { visitor }) => total + visitor.written.size, 0), 'answers': talks.reduce((total, { answered }) => total + answered.length, 0),
      'sent again': of('resent') + member.figures.resent, 'answers found there already': member.figures.alreadyThere, 'windows opened again': of('reconnects'),
      'answers still on their way': await waiting(), ...Object.fromEntries(names.map((name) => [name, sum(name)])),
    },
    targets: { kills: { min: kills }, 'messages of visitors': { min: 2 }, answers: { min: 2 }, 'answers still on their way': { max: 0 }, ...Object.fromEntries(names.map((name) => [name, { max: 0 }])) },
  })
  for (const { visitor } of talks) visitor.leave()
  member.leave()
  await server.kill()
}

try { await all() } finally {
  await database.close()
  await cluster.stop()
  rmSync(dir, { recursive: true, force: true })
}
process.exit()
