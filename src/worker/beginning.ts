import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EVERY } from '#db/database.ts'
import type { House } from '#core/house.ts'
import { beginEpoch, epochOf, holdDue, holdUnknownTo, originOf, type Mark } from '#core/publications/epoch.ts'
import { readJournal } from './journal.ts'

const Written = z.object({ epoch: z.string(), machine: z.string() })
const read = (path: string): string | undefined => { try { return readFileSync(path, 'utf8') } catch { return undefined } }
const machine = (): string => read('/etc/machine-id')?.trim() ?? ''

function markIn(path: string): Mark | undefined {
  try { return Written.parse(JSON.parse(read(path) ?? '')) } catch { return undefined }
}
function mark(path: string, given: Mark): void {
  writeFileSync(`${path}.part`, JSON.stringify(given), { mode: 0o600 })
  renameSync(`${path}.part`, path)
}

/**
 * Before anything is sent: whether this database and this data directory have stood together until now. After a restore, on a
 * copy, or when the journal knows of sends that the database has lost, what may have gone out already is held.
 */
export async function beginHere(house: House): Promise<number> {
  const path = join(house.dataDir, 'epoch')
  const [epoch, found, here, now] = [await epochOf(house.database), markIn(path), machine(), house.now()]
  const origin = originOf(epoch, found, here)
  const held = await house.database.write(EVERY, async (tx) => {
    const lost = await holdUnknownTo(tx, readJournal(house.dataDir), now)
    return lost + (origin === 'restored' || origin === 'moved' ? await holdDue(tx, { now, because: origin, all: origin === 'moved' }) : 0)
  })
  if (held > 0) house.log('held until it is known whether it went out', { held, origin })
  if (origin !== 'same' || !found) {
    const begun = await house.database.write(EVERY, (tx) => beginEpoch(tx, now))
    mark(path, { epoch: begun, machine: here })
  }
  return held
}
