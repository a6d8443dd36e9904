import { createServer, type Server } from 'node:http'
import { connect, createServer as createGate, type AddressInfo, type Socket } from 'node:net'

const listening = (server: Pick<Server, 'listen' | 'address'>): Promise<number> => new Promise((done) => { server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)) })

/** Somebody's own website, on an origin of its own and under a content policy that lets nothing in but what is named. */
export async function openForeign(scripts: () => string, allowed: readonly string[]) {
  const policy = [
    "default-src 'none'", `script-src ${allowed.join(' ')}`, `connect-src ${allowed.join(' ')}`, `img-src 'self' ${allowed.join(' ')}`,
    "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].join('; ')
  const server = createServer((asked, answer) => {
    const lang = asked.url?.startsWith('/en') ? 'en' : 'el'
    const says = lang === 'en' ? ['Bread with sourdough', 'We bake at three and open at seven.'] : ['Ψωμί με προζύμι', 'Ψήνουμε στις τρεις και ανοίγουμε στις επτά.']
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    answer.end(`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${says[0]}</title></head><body><main><h1>${says[0]}</h1><p>${says[1]}</p></main>${scripts()}</body></html>`)
  })
  const port = await listening(server)
  return { origin: `http://127.0.0.1:${port}`, close: () => { server.closeAllConnections(); server.close() } }
}

/** The road between a browser and a Stoa, which can be torn up in the middle of a sentence. */
export async function openRoad(target: string) {
  const { port } = new URL(target)
  const open = new Set<Socket>()
  let isClosed = false
  const gate = createGate((near) => {
    if (isClosed) { near.destroy(); return }
    const far = connect(Number(port), '127.0.0.1')
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => { open.delete(one); other.destroy() }).pipe(other)
    }
  })
  const own = await listening(gate as unknown as Server)
  const cut = (): void => { for (const socket of open) socket.resetAndDestroy() }
  return { origin: `http://127.0.0.1:${own}`, cut, shut: () => { isClosed = true; cut() }, reopen: () => { isClosed = false }, close: () => { cut(); gate.close() } }
}
