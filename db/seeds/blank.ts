import type { House } from '#core/house.ts'
import { ensureAccount } from '#core/accounts/store.ts'
import { workspaceById } from '#core/workspaces/store.ts'

/** A campaign of one's own begins with nothing but the places that need no sign-up elsewhere. Safe to repeat. */
export async function seedBlank(house: House, workspaceId: string): Promise<void> {
  await house.database.write(workspaceId, async (tx) => {
    const { name } = (await workspaceById(tx, workspaceId))!
    for (const channel of house.channels) if (channel.native) await ensureAccount(tx, { channel: channel.id, handle: channel.native.handle(name), name })
  })
}
