// Many viewers as a process of their own: each is one socket with a stream open, and tells when it heard what is waited for.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

const [port = '0', file = '', marker = ''] = process.argv.slice(2)
const heads = JSON.parse(readFileSync(file, 'utf8')) as string[]
const hello = Buffer.from('event: hello')
const waited = Buffer.from(`event: ${marker}`)
const sockets: Socket[] = []
let [open, heard, broken, first] = [0, 0, 0, 0]
let whenAll: () => void = () => undefined

const watch = (head: string): Promise<void> => new Promise((done, fail) => {
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(head))
  let [isAnswered, isOpen] = [false, false]
  socket.on('data', (bytes: Buffer) => {
    if (!isAnswered && !bytes.includes('200 OK')) return fail(new Error(bytes.toString().slice(0, 300)))
    isAnswered = true
    if (!isOpen && bytes.includes(hello)) { isOpen = true; open++; return done() }
    if (!bytes.includes(waited)) return
    if (heard === 0) first = Date.now()
    if (++heard === heads.length) whenAll()
  })
  socket.on('close', () => { broken++ }).on('error', fail)
  sockets.push(socket)
})

async function openAll(): Promise<void> {
  let next = 0
  await Promise.all(Array.from({ length: 40 }, async () => { while (next < heads.length) await watch(heads[next++]!) }))
}
const say = (what: object): void => { process.stdout.write(`${JSON.stringify(what)}\n`) }

await openAll()
say({ open })
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'wait') break
  heard = 0
  const all = new Promise<void>((done) => { whenAll = done })
  say({ waits: true })
  await Promise.race([all, new Promise((next) => setTimeout(next, 30_000))])
  say({ heard, first, last: Date.now(), broken })
}
for (const socket of sockets) socket.destroy()
process.exit()
