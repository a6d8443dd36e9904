import { hkdfSync } from 'node:crypto'
import type { Account, Channel, Incoming } from '#kit/channel.ts'
import type { Host, Hosts, Site, Within } from '#kit/host.ts'
import { EVERY, type Database } from '#db/database.ts'
import { keyring, sealKey, type KeySource } from '#db/seal.ts'
import { accountById, accountOf, accountOn, accountsOf, noteHeard } from './accounts/store.ts'
import { lockPeople } from './contacts/people.ts'
import { prove } from './contacts/prove.ts'
import { hear } from './conversations/hear.ts'
import { moderate } from './conversations/act.ts'
import { messageByRef } from './conversations/places.ts'
import { pageAt } from './conversations/pages.ts'
import { appealOwn, hasSpoken, ownWords, recentTalk, talkAt, threadOf } from './conversations/thread.ts'
import { dutyNow } from './duty/store.ts'
import { bytesOfFile, filesOf, keepFile, type Shelf } from './files/store.ts'
import { askToFollow, confirmFollow } from './follows/store.ts'
import { canWriteLetters, resumeLetters, writeLetter } from './letters/store.ts'
import { attachments } from './media/store.ts'
import { mediaPath } from './media/rules.ts'
import { mediaById } from './media/store.ts'
import { voicesOf, membersOf } from './members/store.ts'
import { copiesOf, publishedCount, publishedOn, standingAt } from './publications/standing.ts'
import { useOnce } from './workspaces/tokens.ts'
import { workspaceAt, workspaceById } from './workspaces/store.ts'

/** `keys`: those of the installation; without them secrets are sealed with one made of `secret`. */
export interface Housing { readonly database: Database; readonly origin: string; readonly secret: string; readonly keys?: KeySource; readonly fetch: typeof globalThis.fetch; readonly resolve?: (host: string) => Promise<readonly string[]>; readonly dataDir?: string; readonly channels?: readonly Channel[]; now(): Date }

const made = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'stoa', purpose, 32))
function lender({ database, fetch, resolve, keys, secret }: Housing): Hosts['lend'] {
  const tools = { database, fetch, resolve, keys: keyring(keys ?? { keys: () => [sealKey(made(secret, 'keys'))] }) }
  return (name) => tools[name]
}

async function siteOf({ database, origin }: Housing, workspaceId: string): Promise<Site> {
  const row = await database.readAgain(EVERY, (db) => workspaceById(db, workspaceId))
  if (!row) throw new Error('A host was asked for a workspace that is not there.')
  return { workspaceId, name: row.name, tagline: row.tagline, about: row.about, lang: row.lang, zone: row.zone, origin: row.host ? `${new URL(origin).protocol}//${row.host}` : origin, email: row.email }
}

async function peopleOf({ database }: Housing, workspaceId: string) {
  return await database.read(workspaceId, async (db) => {
    const [voices, members] = [await voicesOf(db), await membersOf(db)]
    const here = members.filter((member) => member.leftAt === null)
    const pictures = await attachments(db, voices.flatMap((voice) => (voice.pictureId ? [{ mediaId: voice.pictureId, alt: voice.name }] : [])))
    return here.flatMap((member) => voices.filter((voice) => voice.memberId === member.id && voice.public && voice.name.trim() !== '')).map((voice) => {
      const picture = pictures.find((one) => one.id === voice.pictureId)
      return { id: voice.memberId, name: voice.name, signOff: voice.signOff, about: voice.about, langs: voice.langs, topics: voice.topics, ...(picture ? { picture: picture.url } : {}) }
    })
  })
}

async function within<T>({ database, now }: Housing, account: Account, work: (within: Within) => Promise<T>): Promise<T> {
  return await database.write(account.workspaceId, (tx) => work({
    tx,
    write: async (letter) => (await writeLetter(tx, { ...letter, at: now() })) !== undefined,
    resume: (email, about) => resumeLetters(tx, email, about),
    hear: async (items) => { await noteHeard(tx, account.id, now()); return await hear({ tx, account, now: now() }, items) },
    isSame: async (guest, proven) => { await lockPeople(tx, [account.channel]); await prove(tx, { channel: account.channel, guest, proven, at: now() }) },
  }))
}

function shelfOf({ database, dataDir, now }: Housing, { secret }: Pick<Host, 'secret'>): Shelf {
  if (dataDir === undefined) throw new Error('A house without a data directory keeps no files.')
  return { database, dataDir, secret: secret('files'), now }
}

/** What a channel of the house may ask about one workspace. */
function hostOf(housing: Housing, workspaceId: string, { lend, secret }: Pick<Host, 'lend' | 'secret'>): Host {
  const { database } = housing
  return {
    workspaceId,
    site: () => siteOf(housing, workspaceId),
    account: async (channel) => {
      const row = await database.readAgain(workspaceId, (db) => accountOn(db, channel))
      return row && accountOf(row)
    },
    connectedOn: async (channel) => (await database.readAgain(workspaceId, accountsOf)).filter((row) => row.channel === channel && row.state === 'connected').map(accountOf),
    connected: async (id) => {
      const row = await database.readAgain(workspaceId, (db) => accountById(db, id))
      return row?.state === 'connected' ? accountOf(row) : undefined
    },
    published: (accountId, page) => database.readAgain(workspaceId, (db) => publishedOn(db, accountId, page)),
    publishedCount: (accountId) => database.read(workspaceId, (db) => publishedCount(db, accountId)),
    standing: (accountId, id) => database.readAgain(workspaceId, (db) => standingAt(db, accountId, id)),
    elsewhere: (postId) => database.readAgain(workspaceId, (db) => copiesOf(db, postId)),
    thread: (postId) => database.readAgain(workspaceId, (db) => threadOf(db, postId)),
    talkAt: (accountId, url) => database.readAgain(workspaceId, (db) => talkAt(db, accountId, url)),
    talkedSince: (accountId, url) => database.readAgain(workspaceId, async (db) => (await pageAt(db, accountId, url))?.firstAt.toISOString()),
    recentTalk: (limit) => database.read(workspaceId, (db) => recentTalk(db, limit)),
    hasSpoken: (accountId, authorId) => database.read(workspaceId, (db) => hasSpoken(db, accountId, authorId)),
    followAnswers: async (account, asked) => {
      const site = await siteOf(housing, workspaceId)
      await database.write(workspaceId, (tx) => askToFollow(tx, { ...asked, accountId: account.id, site: site.name, at: housing.now() }))
    },
    confirmFollow: (id) => database.write(workspaceId, (tx) => confirmFollow(tx, id, housing.now())),
    appealOwn: (accountId, asked) => database.write(workspaceId, (tx) => appealOwn(tx, accountId, { ...asked, at: housing.now() })),
    ownWords: (accountId, refId) => database.read(workspaceId, (db) => ownWords(db, accountId, refId)),
    people: () => peopleOf(housing, workspaceId),
    duty: () => database.read(workspaceId, (db) => dutyNow(db, housing.now())),
    picture: async (id) => {
      const row = await database.read(workspaceId, (db) => mediaById(db, id))
      return row && { id: row.id, url: mediaPath(row), type: row.type, alt: row.alt, width: row.width, height: row.height }
    },
    hear: (account: Account, items: readonly Incoming[]) => database.write(workspaceId, async (tx) => {
      await noteHeard(tx, account.id, housing.now())
      return await hear({ tx, account, now: housing.now() }, items)
    }),
    within: (account, work) => within(housing, account, work),
    keepFile: (file) => keepFile(shelfOf(housing, { secret }), workspaceId, file),
    filesOf: (by, ids) => database.read(workspaceId, (db) => filesOf(db, secret('files'), { by, ids })),
    readFile: (id) => bytesOfFile(shelfOf(housing, { secret }), workspaceId, id),
    rule: (account, id, { by, to, reason }) => database.write(workspaceId, async (tx) => {
      const message = await messageByRef(tx, account.id, id)
      if (!message) return false
      await moderate({ tx, member: by, now: housing.now(), channels: housing.channels ?? [] }, message.id, { to, reason })
      return true
    }),
    canWriteLetters: () => database.read(workspaceId, canWriteLetters),
    useOnce: (token, until) => database.write(workspaceId, (tx) => useOnce(tx, token, until)),
    lend, secret,
  }
}

// How long a name is taken to mean the same workspace, in milliseconds.
const remembered = 1000

export function makeHosts(housing: Housing): Hosts {
  const kept = new Map<string, Host>()
  const lend = lender(housing)
  const keys = new Map<string, string>()
  const secret = (purpose: string): string => {
    const key = keys.get(purpose) ?? made(housing.secret, purpose).toString('base64url')
    keys.set(purpose, key)
    return key
  }
  const found = new Map<string, { readonly id: string; readonly until: number }>()
  const of = (workspaceId: string): Host => {
    const host = kept.get(workspaceId) ?? hostOf(housing, workspaceId, { lend, secret })
    kept.set(workspaceId, host)
    return host
  }
  return {
    origin: housing.origin,
    of,
    at: async (request) => {
      const { host } = new URL(request.url)
      const known = found.get(host)
      if (known && known.until > Date.now()) return of(known.id)
      const row = await housing.database.read(EVERY, (db) => workspaceAt(db, host))
      // Names come from requests: only what answers is remembered, so that strangers cannot fill the memory.
      if (row) found.set(host, { id: row.id, until: Date.now() + remembered })
      return row && of(row.id)
    },
    lend, secret,
  }
}
