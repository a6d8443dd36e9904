import type { Host, Standing } from '#kit/host.ts'
import { Wire } from './wire.ts'

export interface PublicNote { readonly wire: Wire; readonly standing: Standing }

/** The one rule of what the world may see here: a public text of ours that stands, with the wire it left in. */
export function publicNote(standing: Standing | undefined): PublicNote | undefined {
  if (!standing || standing.gone || standing.kind === 'message') return undefined
  const wire = Wire.safeParse(standing.wire)
  return wire.success ? { wire: wire.data, standing } : undefined
}

export async function publicStanding({ host, account }: { readonly host: Host; readonly account: { readonly id: string } }, key: string): Promise<PublicNote | undefined> {
  return publicNote(await host.standing(account.id, key))
}
