import { ChannelError, type Ctx, type Letters, type Trouble } from '#kit/channel.ts'
import type { Json } from '#kit/json.ts'
import { EVERY } from '#db/database.ts'
import { needsLogin } from '#core/accounts/store.ts'
import { ctxFor } from '#core/ctx.ts'
import { channelOf, type House } from '#core/house.ts'
import { dueLetters, letterDoubtful, letterSent, letterTroubled, takeLetter, type Taken } from '#core/letters/post.ts'

export interface Postman { round(): Promise<number> }
type Found = Awaited<ReturnType<Letters<unknown, Json>['find']>>

const sendTimeout = 60_000
// So often it is looked whether one that was begun is out.
const looks = 6
const troubleOf = (error: unknown): Trouble => (error instanceof ChannelError ? error.trouble : { kind: 'unknown' })

/** Sends what lies in the post. The intent is in the database before the first byte leaves; what may have gone out is looked for, never repeated. */
export function makePostman(house: House, { fetch }: { readonly fetch: typeof globalThis.fetch }): Postman {
  const settle = async ({ row, account, doubt, wire }: Taken, writes: Letters<unknown, Json>, ctx: Ctx): Promise<void> => {
    const inside = (work: Parameters<typeof house.database.write<void>>[1]) => house.database.write(row.workspaceId, work)
    const found: Found | 'new' = doubt ? await writes.find(wire, account, ctx).catch((error: unknown): Found => { house.log('a letter could not be looked for', { letter: row.id, error: String(error) }); return 'unsure' }) : 'new'
    if (typeof found !== 'string') return await inside((tx) => letterSent(tx, row, { id: found.id, at: house.now() }))
    if (row.state === 'sending' && doubt) {
      const askedOften = found === 'absent' || row.tries >= looks
      return await inside((tx) => (askedOften ? letterDoubtful(tx, row, house.now()) : letterTroubled(tx, row, { trouble: { kind: 'unknown' }, now: house.now() })))
    }
    if (found === 'unsure') return await inside((tx) => letterTroubled(tx, row, { trouble: { kind: 'unreached' }, now: house.now() }))
    const result = await writes.send(wire, account, ctx).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
    if (!(result instanceof Error)) return await inside((tx) => letterSent(tx, row, { id: result.id, at: house.now() }))
    const trouble = troubleOf(result)
    house.log('a letter did not go through', { letter: row.id, trouble: trouble.kind })
    await inside(async (tx) => {
      await letterTroubled(tx, row, { trouble, now: house.now() })
      if (trouble.kind === 'expired') await needsLogin(tx, account.id, { at: house.now(), because: 'expired' })
    })
  }
  return {
    round: async () => {
      const due = await house.database.read(EVERY, (db) => dueLetters(db, house.now()))
      for (const { id, workspaceId } of due) {
        const taken = await house.database.write(workspaceId, (tx) => takeLetter(tx, house, id))
        if (!taken) continue
        const ctx = ctxFor(house, { workspaceId, fetch, signal: AbortSignal.timeout(sendTimeout) })
        await settle(taken, channelOf(house, taken.account.channel).letters!, ctx)
      }
      return due.length
    },
  }
}

const lookEvery = 3_000
/** Carries the post for as long as the house is open. */
export function startPost(house: House, given: { readonly fetch: typeof globalThis.fetch }): { stop(): Promise<void> } {
  const postman = makePostman(house, given)
  let going: Promise<unknown> | undefined
  const go = (): void => { going ??= postman.round().catch((error: unknown) => house.log('the post stumbled', { error: String(error) })).finally(() => { going = undefined }) }
  const timer = setInterval(go, lookEvery)
  return { stop: async () => { clearInterval(timer); await going } }
}
