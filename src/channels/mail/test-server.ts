import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export type Fault = 'answer-lost' | 'never-reached' | 'refused' | 'expired' | 'paced' | 'late' | 'broken'
export interface Stored { readonly uid: number; readonly source: Buffer; readonly at: Date; readonly flags: readonly string[] }

/** A mail server of one mailbox on this machine, with what IMAP and SMTP need of each other and nothing more. */
export class TestServer {
  readonly folders = new Map<string, Stored[]>([['INBOX', []], ['Sent', []]])
  readonly taken: Buffer[] = []
  readonly logins: string[] = []
  /** Whom it was asked to deliver to, and of whom it knows nothing. */
  readonly readers: string[] = []
  readonly nobody = new Set<string>()
  validity = 7
  password = 'psomi-elies'
  /** Whether it puts what it sends into the folder of what was sent, as some do. */
  readonly savesSent: boolean
  fetched = 0
  now = new Date('2026-11-23T09:00:00Z')
  #uid = 0
  #servers: Server[] = []
  #sockets = new Set<Socket>()
  #faults: Fault[] = []
  imapPort = 0
  smtpPort = 0

  constructor({ savesSent = true }: { readonly savesSent?: boolean } = {}) { this.savesSent = savesSent }

  async open(): Promise<this> {
    this.imapPort = await this.#listen((socket) => this.#imap(socket))
    this.smtpPort = await this.#listen((socket) => this.#smtp(socket))
    return this
  }
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all(this.#servers.map((server) => new Promise((done) => { server.close(done) })))
  }
  fail(fault: Fault): void { this.#faults.push(fault) }
  deliver(source: string | Buffer, folder = 'INBOX'): number {
    const uid = ++this.#uid
    this.folders.get(folder)!.push({ uid, source: Buffer.isBuffer(source) ? source : Buffer.from(source.replace(/\r?\n/g, '\r\n')), at: this.now, flags: [] })
    return uid
  }
  /** The mailbox is numbered anew, as after a move to another disk. */
  renumber(): void {
    this.validity++
    this.#uid += 1000
    for (const [name, stored] of this.folders) this.folders.set(name, stored.map((one) => ({ ...one, uid: ++this.#uid })))
  }

  #listen(serve: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => { this.#sockets.add(socket); socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket)); serve(socket) })
    this.#servers.push(server)
    return new Promise((done) => { server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)) })
  }
  #fault(...of: Fault[]): Fault | undefined {
    const [first] = this.#faults
    return first && of.includes(first) ? this.#faults.shift() : undefined
  }

  #smtp(socket: Socket): void {
    if (this.#fault('never-reached')) { socket.destroy(); return }
    const say = (line: string): void => { socket.write(`${line}\r\n`) }
    let data: Buffer[] | undefined
    say('220 mail.brand.gr ESMTP')
    eachLine(socket, (line) => {
      if (data) {
        if (line.toString() !== '.') { data.push(line.toString().startsWith('..') ? line.subarray(1) : line); return }
        const source = Buffer.concat(data.map((part) => Buffer.concat([part, Buffer.from('\r\n')])))
        data = undefined
        this.#accept(socket, source)
        return
      }
      const verb = line.toString().slice(0, 4).toUpperCase()
      if (verb === 'EHLO') say('250-mail.brand.gr\r\n250 AUTH PLAIN')
      else if (verb === 'AUTH') say(this.#fault('expired') || !this.#knows(line.toString().split(' ')[2] ?? '') ? '535 5.7.8 authentication failed' : '235 ok')
      else if (verb === 'MAIL') say(this.#fault('paced') ? '451 4.7.1 try again later' : '250 ok')
      else if (verb === 'RCPT') {
        const to = /<([^>]*)>/.exec(line.toString())?.[1] ?? ''
        const takes = !this.#fault('refused') && !this.nobody.has(to)
        if (takes) this.readers.push(to)
        say(takes ? '250 ok' : '550 5.1.1 no such user here')
      }
      else if (verb === 'DATA') { data = []; say('354 go on') } else if (verb === 'QUIT') { say('221 bye'); socket.end() } else say('250 ok')
    })
  }
  #accept(socket: Socket, source: Buffer): void {
    const fault = this.#fault('answer-lost', 'late', 'broken')
    if (fault === 'broken') { socket.write('what?\r\n'); socket.destroy(); return }
    this.taken.push(source)
    if (this.savesSent) this.deliver(source, 'Sent')
    if (fault) { socket.destroy(); return }
    socket.write('250 2.0.0 queued\r\n')
  }
  #knows(plain: string): boolean {
    const [, user = '', password] = Buffer.from(plain, 'base64').toString().split('\0')
    this.logins.push(user)
    return password === this.password
  }

  #imap(socket: Socket): void {
    const session = { folder: 'INBOX', tag: '', literal: undefined as undefined | { readonly folder: string; left: number; readonly parts: Buffer[] } }
    const say = (line: string | Buffer): void => { socket.write(line); socket.write('\r\n') }
    say('* OK [CAPABILITY IMAP4rev1 SPECIAL-USE UIDPLUS LITERAL+] ready')
    eachLine(socket, (raw) => {
      const line = raw.toString()
      const [tag = '', ...rest] = line.split(' ')
      const uid = rest[0]?.toUpperCase() === 'UID'
      const verb = (uid ? rest[1] : rest[0])?.toUpperCase() ?? ''
      const args = line.slice(line.toUpperCase().indexOf(verb) + verb.length + 1)
      const answer = this.#command(verb, args, { session, say })
      if (answer === undefined) { session.tag = tag; return }
      say(`${tag} ${answer}`)
    }, (bytes) => this.#literal(bytes, session, say))
  }
  #literal(bytes: Buffer, session: ImapSession, say: (line: string) => void): number {
    const { literal } = session
    if (!literal) return 0
    const taken = Math.min(literal.left, bytes.length)
    literal.parts.push(Buffer.from(bytes.subarray(0, taken)))
    literal.left -= taken
    if (literal.left === 0) {
      const uid = this.deliver(Buffer.concat(literal.parts), literal.folder)
      session.literal = undefined
      say(`${session.tag} OK [APPENDUID ${this.validity} ${uid}] done`)
    }
    return taken
  }
  #command(verb: string, args: string, { session, say }: { readonly session: ImapSession; readonly say: (line: string | Buffer) => void }): string | undefined {
    const folder = unquoted(args.split(' ')[0] ?? '')
    switch (verb) {
      case 'LOGIN': return unquoted(args.split(' ')[1] ?? '') === this.password ? 'OK [CAPABILITY IMAP4rev1 SPECIAL-USE UIDPLUS LITERAL+] in' : 'NO [AUTHENTICATIONFAILED] no'
      case 'LIST':
        if (args.startsWith('"" ""')) { say('* LIST (\\Noselect) "/" ""'); return 'OK done' }
        say('* LIST (\\HasNoChildren) "/" "INBOX"'); if (this.folders.has('Sent')) say('* LIST (\\Sent) "/" "Sent"'); return 'OK done'
      case 'CREATE': this.folders.set(folder, []); return 'OK done'
      case 'SELECT': case 'EXAMINE': {
        const stored = this.folders.get(folder)
        if (!stored) return 'NO no such folder'
        session.folder = folder
        say(`* ${stored.length} EXISTS`); say(`* OK [UIDVALIDITY ${this.validity}] ok`); say(`* OK [UIDNEXT ${this.#uid + 1}] ok`); say('* FLAGS (\\Seen)')
        return 'OK [READ-ONLY] done'
      }
      case 'SEARCH': say(`* SEARCH ${this.#search(session.folder, args).join(' ')}`.trimEnd()); return 'OK done'
      case 'FETCH': this.#fetch(session.folder, args, say); return 'OK done'
      case 'APPEND': session.literal = { folder, left: Number(/\{(\d+)\+?\}$/.exec(args)?.[1] ?? 0), parts: [] }; if (!args.endsWith('+}')) say('+ go'); return undefined
      case 'LOGOUT': say('* BYE'); return 'OK bye'
      default: return 'OK done'
    }
  }
  #search(folder: string, args: string): number[] {
    const stored = this.folders.get(folder) ?? []
    const header = /HEADER "?message-id"? "?<?([^">\s]+)>?"?/i.exec(args)?.[1]
    if (header) return stored.filter(({ source }) => new RegExp(`^message-id:\\s*<?${header.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'im').test(source.toString('latin1').split('\r\n\r\n')[0]!)).map(({ uid }) => uid)
    const from = /UID (\d+):\*/i.exec(args)?.[1]
    if (from) return stored.filter(({ uid }, n) => uid >= Number(from) || n === stored.length - 1).map(({ uid }) => uid)
    return stored.map(({ uid }) => uid)
  }
  #fetch(folder: string, args: string, say: (line: string | Buffer) => void): void {
    const stored = this.folders.get(folder) ?? []
    const wanted = Number(/^(\d+)/.exec(args)?.[1])
    const part = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/i.exec(args)
    stored.forEach(({ uid, source, at }, n) => {
      if (uid !== wanted) return
      const facts = `UID ${uid} RFC822.SIZE ${source.length} INTERNALDATE "${imapDate(at)}"`
      if (!part) { say(`* ${n + 1} FETCH (${facts})`); return }
      const body = source.subarray(Number(part[1]), Number(part[1]) + Number(part[2]))
      this.fetched += body.length
      say(Buffer.concat([Buffer.from(`* ${n + 1} FETCH (${facts} BODY[]<0> {${body.length}}\r\n`), body, Buffer.from(')')]))
    })
  }
}
interface ImapSession { folder: string; tag: string; literal: undefined | { readonly folder: string; left: number; readonly parts: Buffer[] } }

const unquoted = (text: string): string => text.replace(/^"|"$/g, '')
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const imapDate = (at: Date): string => `${String(at.getUTCDate()).padStart(2, ' ')}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000`

/** `literal` may take bytes that are no lines. */
function eachLine(socket: Socket, take: (line: Buffer) => void, literal?: (bytes: Buffer) => number): void {
  let rest = Buffer.alloc(0)
  socket.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes as Buffer])
    for (;;) {
      const used = literal?.(rest) ?? 0
      rest = rest.subarray(used)
      const end = rest.indexOf('\r\n')
      if (end < 0 || (used > 0 && rest.length === 0)) return
      const line = rest.subarray(0, end)
      rest = rest.subarray(end + 2)
      if (line.length > 0 || !literal) take(line)
    }
  })
}
