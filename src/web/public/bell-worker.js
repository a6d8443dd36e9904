// Shows what calls a member while no window of Stoa is open, and opens the conversation it is about.
const inside = (path) => (typeof path === 'string' && path.startsWith('/app/') ? path : '/app/')

addEventListener('push', (event) => {
  const said = event.data?.json() ?? {}
  event.waitUntil(registration.showNotification(said.title ?? 'Stoa', {
    body: said.text ?? '', tag: said.tag ?? 'stoa', renotify: true, silent: said.silent === true, icon: '/app/icon.svg', data: { path: inside(said.path) },
  }))
})

addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(inside(event.notification.data?.path)))
})

async function show(path) {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find((one) => new URL(one.url).pathname.startsWith('/app'))
  if (!open) return await clients.openWindow(path)
  await open.focus()
  open.postMessage({ open: path })
}

// The push service has changed the address: the house is told of the new one.
addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event.oldSubscription?.options)))

const post = (path, body) => fetch(`/api/v1/inbox/bell/${path}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
async function renew(options) {
  const key = options?.applicationServerKey ?? (await (await post('key', {})).json()).key
  const { endpoint, keys } = (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON()
  await post('devices', { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, name: /Firefox/.test(navigator.userAgent) ? 'Firefox' : 'Chrome' })
}
