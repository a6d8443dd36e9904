import { request, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'

/** How an answer is lost: the connection breaks before it, half-way through it, or it never comes. */
export type Loss = 'cut' | 'half' | 'stall'
type Rule = { readonly loss: Loss; readonly matches: (request: IncomingMessage) => boolean; left: number }
export interface Lane {
  /** The answers of the next requests that match are lost, after the server behind has done its work. */
  lose(loss: Loss, matches: { readonly method: string; readonly path: RegExp }, times?: number): void
  close(): Promise<void>
}

/** A stretch of road between the front and a real server, on which answers can be lost. The front sends to `from`, the server listens at `to`. */
export async function openLane(from: number, to: number): Promise<Lane> {
  const rules: Rule[] = []
  const server = createServer((incoming, outgoing) => carry(incoming, outgoing, { to, rule: ruleFor(rules, incoming) }))
  server.on('upgrade', (incoming, socket, head) => {
    const onward = connect(to, '127.0.0.1', () => {
      const headers = incoming.rawHeaders.flatMap((name, n) => (n % 2 === 0 ? [`${name}: ${incoming.rawHeaders[n + 1]}`] : []))
      onward.write([`${incoming.method} ${incoming.url} HTTP/1.1`, ...headers, '', ''].join('\r\n'))
      if (head.length > 0) onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    const end = () => { onward.destroy(); socket.destroy() }
    onward.on('error', end)
    socket.on('error', end)
  })
  await new Promise<void>((done, fail) => { server.once('error', fail).listen(from, '127.0.0.1', done) })
  return {
    lose: (loss, { method, path }, times = 1) => { rules.push({ loss, left: times, matches: (each) => each.method === method && path.test(each.url ?? '') }) },
    close: () => new Promise((done) => { server.close(() => done()); server.closeAllConnections() }),
  }
}

function ruleFor(rules: Rule[], incoming: IncomingMessage): Loss | undefined {
  const rule = rules.find((each) => each.left > 0 && each.matches(incoming))
  if (rule) rule.left--
  return rule?.loss
}

function carry(incoming: IncomingMessage, outgoing: ServerResponse, { to, rule }: { readonly to: number; readonly rule: Loss | undefined }): void {
  const onward = request({ port: to, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers, setHost: false, agent: false }, (answer) => {
    if (rule === undefined) {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
      return
    }
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part))
    answer.on('end', () => lose(rule, { answer, body: Buffer.concat(parts), outgoing }))
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}

function lose(loss: Loss, { answer, body, outgoing }: { readonly answer: IncomingMessage; readonly body: Buffer; readonly outgoing: ServerResponse }): void {
  if (loss === 'stall') return
  if (loss === 'cut') { outgoing.destroy(); return }
  const { 'transfer-encoding': _, ...headers } = answer.headers
  outgoing.writeHead(answer.statusCode ?? 200, { ...headers, 'content-length': String(body.length) })
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy())
}
