import type { Json } from '#kit/json.ts'
import type { Tx } from '#db/database.ts'
import { isSealed, openSealed, type Keyring } from '#db/seal.ts'
import type { House } from '../house.ts'

/** The house's keys. */
export const keysOf = (house: Pick<House, 'hosts'>): Keyring => house.hosts.lend('keys') as Keyring

interface Owner { readonly id: string; readonly workspaceId: string }
interface Sealing { readonly keys: Keyring; readonly account: Owner; readonly names: readonly string[] }

const entriesOf = (settings: Json): [string, Json | undefined][] => (typeof settings === 'object' && settings !== null ? Object.entries(settings) : [])

/** The settings as they are stored: each named secret sealed for this account alone. */
export async function sealSettings(tx: Tx, settings: Json, { keys, account, names }: Sealing): Promise<Json> {
  const stored: Record<string, Json | undefined> = {}
  for (const [name, value] of entriesOf(settings)) {
    const plain = value === undefined || value === null || value === '' || !names.includes(name) || isSealed(value)
    stored[name] = plain ? value : await keys.seal(tx, value, { workspaceId: account.workspaceId, id: account.id, field: name }) as unknown as Json
  }
  return stored
}

/** The settings as the channel needs them. A secret whose key is gone is left out: the network will say that we have no access. */
export function openSettings(settings: Json, account: Owner): Json {
  const open = entriesOf(settings).map(([name, value]) => [name, isSealed(value) ? openSealed(value, { ...account, field: name }) : value] as const)
  return Object.fromEntries(open.filter(([, value]) => value !== undefined))
}

/** What can be told to people: no secret, sealed or not. */
export const shownSettings = (settings: Json, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(entriesOf(settings).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !names.includes(entry[0])))
/** Which secrets are there. */
export const heldSecrets = (settings: Json): string[] => entriesOf(settings).filter(([, value]) => isSealed(value)).map(([name]) => name)
/** Secrets that were sealed with a key this Stoa does not have. */
export const lostSecrets = (settings: Json, account: Owner): string[] =>
  entriesOf(settings).filter(([field, value]) => isSealed(value) && openSealed(value, { ...account, field }) === undefined).map(([name]) => name)
