import { signRequest } from '@fedify/fedify'
import { NetError } from '#net/net-error.ts'
import { keysOf } from './keys.ts'
import type { Delivery } from './store.ts'
import type { Tools } from './tools.ts'

// Draft-cavage is read by everyone; a server that wants RFC 9421 says no first.
const specs = ['draft-cavage-http-signatures-12', 'rfc9421'] as const

export interface Answer { readonly status?: number; readonly retryAfter?: string | null; readonly failure?: string }

/** One try: signed, through the guarded door, without following anybody elsewhere. */
export async function handOver(delivery: Delivery, tools: Tools): Promise<Answer> {
  const { privateKey } = await keysOf(tools, { id: delivery.accountId, workspaceId: delivery.workspaceId })
  let answer: Answer = {}
  for (const spec of specs) {
    const request = new Request(delivery.inbox, {
      method: 'POST', body: JSON.stringify(delivery.body), headers: { 'content-type': 'application/activity+json' }, redirect: 'manual',
    })
    try {
      const response = await tools.fetch(await signRequest(request, privateKey, new URL(delivery.keyId), { spec }))
      await response.body?.cancel()
      answer = { status: response.status, retryAfter: response.headers.get('retry-after') }
    } catch (error) {
      return { failure: error instanceof NetError ? error.failure : String(error).slice(0, 200) }
    }
    if (answer.status !== 400 && answer.status !== 401 && answer.status !== 403) return answer
  }
  return answer
}
