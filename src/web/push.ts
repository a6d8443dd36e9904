import { take } from '#ui/api.ts'
import { bell } from './settings/bell-calls.ts'

/** Whether this browser can take push messages at this address. */
export const canPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const here = async (): Promise<PushSubscription | null> => {
  if (!canPush()) return null
  const worker = await navigator.serviceWorker.getRegistration('/app/')
  return await worker?.pushManager.getSubscription() ?? null
}
const coded = (bytes: ArrayBuffer | null): string => btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** The sign by which the house knows this browser among a member's devices; undefined: it takes no messages. */
export async function markOfHere(): Promise<string | undefined> {
  const subscription = await here()
  return subscription ? coded(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subscription.endpoint))) : undefined
}

const browsers = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['Chrome', 'Chrome'], ['Safari', 'Safari']] as const
const systems = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS', 'macOS'], ['Windows', 'Windows'], ['Linux', 'Linux']] as const
/** What a person would call this browser. */
export function nameOfHere(agent: string): string {
  const named = (table: readonly (readonly [string, string])[]) => table.find(([sign]) => agent.includes(sign))?.[1]
  return [named(browsers), named(systems)].filter(Boolean).join(' · ') || 'Browser'
}

/** Lets this browser take push messages for the member. Throws when the browser or its push service does not want to. */
export async function switchOn(): Promise<void> {
  if (await Notification.requestPermission() !== 'granted') throw new Error('denied')
  const { key } = await take(bell.key.$post())
  await navigator.serviceWorker.register('/app/bell-worker.js', { scope: '/app/' })
  const worker = await navigator.serviceWorker.ready
  // One made for a key this Stoa no longer has would be refused.
  const old = await worker.pushManager.getSubscription()
  if (old && coded(old.options.applicationServerKey) !== key) await old.unsubscribe()
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  await take(bell.devices.$post({ json: { endpoint: made.endpoint, keys: { p256dh: coded(made.getKey('p256dh')), auth: coded(made.getKey('auth')) }, name: nameOfHere(navigator.userAgent) } }))
}
export async function switchOff(deviceId: string | undefined): Promise<void> {
  if (deviceId !== undefined) await take(bell.devices[':id'].$delete({ param: { id: deviceId } }))
  await (await here())?.unsubscribe()
}
