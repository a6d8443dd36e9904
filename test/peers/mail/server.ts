import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { groundHere, soon, start } from '../here.ts'
import { sh } from '../machine.ts'
import type { Peer } from '../peer.ts'

export const hosts = { stoa: 'fournos.gr', mail: 'mail.fournos.gr' } as const
export const password = 'psomi-elies-ladi'
export const boxes = { ours: 'info@fournos.gr', giorgos: 'giorgos@pelatis.gr', katerina: 'katerina@pelatis.gr', nobody: 'kanenas@pelatis.gr' } as const

export const peer: Peer = {
  name: 'mail', says: 'Postfix and Dovecot from Debian: a mailbox, its customers, an absence and a dead address',
  hosts: [hosts.stoa, hosts.mail], packages: ['postfix', 'dovecot-imapd', 'dovecot-lmtpd', 'dovecot-sieve'], quick: true,
}

export interface MailServer {
  /** Whole mails as they lie in somebody's inbox, oldest first. */
  inbox(address: string): readonly string[]
  /** A customer's program hands over a mail. */
  post(from: string, to: string, source: string): Promise<void>
  stop(): Promise<void>
}

const sieve = 'require ["vacation"];\nvacation :days 1 :addresses ["katerina@pelatis.gr"] :subject "Απουσία" "Λείπω ως τη Δευτέρα.";\n'

function dovecot(folder: string, ca: string): string {
  const users = join(folder, 'users')
  writeFileSync(users, [boxes.ours, boxes.giorgos, boxes.katerina].map((name) => `${name}:{PLAIN}${password}::::::\n`).join(''))
  mkdirSync(join(folder, 'home', boxes.katerina), { recursive: true })
  writeFileSync(join(folder, 'home', boxes.katerina, '.dovecot.sieve'), sieve)
  sh('chown', ['-R', 'mail:mail', join(folder, 'home')])
  return `base_dir = ${folder}/run
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = *
ssl = required
ssl_cert = <${ca}/tls.pem
ssl_key = <${ca}/tls.key
disable_plaintext_auth = yes
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${users}
}
userdb {
  driver = passwd-file
  args = username_format=%u ${users}
  default_fields = uid=mail gid=mail home=${folder}/home/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
}
service imap-login {
  inet_listener imap {
    port = 143
  }
  inet_listener imaps {
    port = 993
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = 8024
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = 8023
  }
}
protocol lmtp {
  mail_plugins = sieve
  postmaster_address = postmaster@fournos.gr
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
}
submission_host = 127.0.0.1:25
`
}

const mainCf = (folder: string, ca: string): string => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/state
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
myhostname = ${hosts.mail}
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = fournos.gr, pelatis.gr
virtual_mailbox_maps = static:ok
virtual_transport = lmtp:inet:127.0.0.1:8024
mynetworks = 127.0.0.0/8
inet_protocols = ipv4
smtpd_tls_cert_file = ${ca}/tls.pem
smtpd_tls_key_file = ${ca}/tls.key
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:8023
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
`
const masterCf = [
  '25 inet n - n - - smtpd', '465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes',
  'pickup unix n - n 60 1 pickup', 'cleanup unix n - n - 0 cleanup', 'qmgr unix n - n 300 1 qmgr', 'tlsmgr unix - - n 1000? 1 tlsmgr', 'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce', 'defer unix - - n - 0 bounce', 'trace unix - - n - 0 bounce', 'verify unix - - n - 1 verify', 'flush unix n - n 1000? 0 flush', 'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp', 'relay unix - - n - - smtp', 'error unix - - n - - error', 'retry unix - - n - - error', 'discard unix - - n - - discard', 'lmtp unix - - n - - lmtp',
    'anvil unix - - n - 1 anvil', 'scache unix - - n - 1 scache', 'postlog unix-dgram n - n - 1 postlogd',
].join('\n')

const answers = (port: number): Promise<true | undefined> => new Promise((done) => {
  const socket = connect({ host: '127.0.0.1', port }, () => { socket.destroy(); done(true) })
  socket.once('error', () => done(undefined))
})

function mailsIn(maildir: string): readonly string[] {
  const files = ['new', 'cur'].flatMap((name) => { const at = join(maildir, name); return existsSync(at) ? readdirSync(at).map((file) => join(at, file)) : [] })
  return files.map((file) => readFileSync(file, 'utf8')).toSorted((a, b) => (a < b ? -1 : 1))
}

async function post(from: string, to: string, source: string): Promise<void> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port: 25, ignoreTLS: true, name: 'pelatis.gr' })
  await new Promise<void>((done, fail) => {
    connection.once('error', fail)
    connection.connect(() => connection.send({ from, to: [to] }, source.replace(/\r?\n/g, '\r\n'), (error) => { connection.quit(); if (error) fail(error); else done() }))
  })
}

/** Postfix and Dovecot with their own folders, at the names and ports of the open internet. */
export async function startMail(): Promise<MailServer> {
  const ground = groundHere()
  const folder = join(ground.folder, 'mail')
  const ca = join(ground.folder, 'ca')
  const config = join(folder, 'postfix')
  for (const name of ['home', 'run', 'postfix', 'queue', 'state']) mkdirSync(join(folder, name), { recursive: true })
  sh('chown', ['postfix', join(folder, 'state')])
  writeFileSync(join(folder, 'dovecot.conf'), dovecot(folder, ca))
  writeFileSync(join(config, 'main.cf'), mainCf(folder, ca))
  writeFileSync(join(config, 'master.cf'), `${masterCf}\n`)
  const imap = start('dovecot', ['dovecot', '-F', '-c', join(folder, 'dovecot.conf')])
  const smtp = start('postfix', ['postfix', '-c', config, 'start-fg'])
  for (const port of [25, 465, 993, 8024]) await soon(`something listens at ${port}`, () => answers(port), 30)
  return {
    inbox: (address) => mailsIn(join(folder, 'home', address, 'Maildir')), post,
    stop: async () => { await Promise.all([imap.stop(), smtp.stop()]) },
  }
}
