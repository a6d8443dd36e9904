import type { Account, Attachment, HeardFile, Incoming, Kind, Person, Ref, Ruling } from './channel.ts'
import type { Json } from './json.ts'
import type { Lang } from './lang.ts'

/** The brand's public face, as its workspace set it. `origin` has no trailing slash. */
export interface Site {
  readonly workspaceId: string; readonly name: string; readonly tagline: string; readonly about: string
  readonly lang: Lang; readonly zone: string; readonly origin: string; readonly email: string | null
}

/** Something of ours that stands (or stood) on a channel: a confirmed publication and its frozen wire. */
export interface Standing {
  readonly key: string; readonly ref: Ref; readonly kind: Kind; readonly wire: Json
  readonly postId: string | null; readonly publishedAt: string; readonly editedAt: string | null
  readonly editNote: string | null
  /** Set when it was taken down: since when, and the public word on it. */
  readonly gone: { readonly at: string; readonly note: string } | null
  readonly replies: number
}

/** One utterance under a post, from any channel, ours or theirs, oldest first. */
export interface Utterance {
  readonly id: string; readonly channel: string; readonly from: 'visitor' | 'team'
  readonly author: Person; readonly text: string; readonly html: string | null
  readonly lang: string | null; readonly at: string; readonly parentId: string | null
  readonly ref: Ref | null; readonly withdrawn: boolean
  /** When whoever wrote it changed it last. */
  readonly editedAt?: string
}
export interface RecentWord extends Utterance { readonly postId: string }
/** Somebody's own words, for whoever proves to have said them. `because`: why they were hidden, as a person put it. */
export interface OwnWords {
  readonly id: string; readonly text: string; readonly at: string; readonly author: Person; readonly editedAt: string | null
  readonly state: 'shown' | 'held' | 'hidden' | 'withdrawn'; readonly because: string | null
  /** What nobody else sees, as it would stand in the thread: whoever spams is shown their own words. */
  readonly alone?: Utterance
  /** Hidden: whether they may ask for another look, have asked, or were answered. */
  readonly appeal?: 'open' | 'asked' | 'answered'
}
export interface Page { readonly limit: number; readonly before?: string }
export interface HeardResult {
  readonly state: 'new' | 'known' | 'held' | 'ignored'; readonly messageId?: string
  /** Of what the house holds for reasons of its own: what it found, and whether its author is told. */
  readonly held?: { readonly signs: readonly string[]; readonly silently: boolean }
}

/** A file somebody outside hands over. `by` names them, so that nobody else can send it on. */
export interface HandedFile { readonly bytes: Uint8Array; readonly name: string; readonly by: string }
/** A letter to somebody's e-mail address. Not `stoppable`: they asked for it just now. Two with the same `once` are one. */
export interface Letter {
  readonly to: string; readonly name?: string; readonly lang: Lang; readonly subject: string; readonly text: string
  readonly about: { readonly kind: string; readonly id: string }; readonly stoppable?: boolean; readonly once?: string
  /** The mail it answers. */
  readonly inReplyTo?: string
}

/** Whether somebody is there now, who, and how long answers take in those hours; null: nobody can honestly say. */
export interface Duty {
  readonly open: boolean; readonly opensAt: string | null; readonly waitMinutes: number | null
  readonly faces: readonly { readonly name: string; readonly picture: string | null; readonly langs: readonly string[] }[]
}

/** One transaction of the house, for a channel that keeps something of its own with what is heard. */
export interface Within {
  /** core's and the channel's tables in one go; the channel knows its type. */
  readonly tx: unknown
  hear(items: readonly Incoming[]): Promise<readonly HeardResult[]>
  /** Puts a letter into the post; false when its reader wants none about this. `Host.canWriteLetters` says whether there is one. */
  write(letter: Letter): Promise<boolean>
  /** Somebody who stopped letters about something wants them again. */
  resume(email: string, about: Letter['about']): Promise<void>
  /** Two names on the channel are one person from now on, by proof of the second; what the first said is theirs. */
  isSame(guest: string, proven: Person & { readonly email?: string }): Promise<void>
}

/** What a house channel may ask of the house for one workspace. Channels never see core. */
export interface Host {
  readonly workspaceId: string
  site(): Promise<Site>
  account(channel: string): Promise<Account | undefined>
  /** A connected account by its own id. */
  connected(id: string): Promise<Account | undefined>
  /** Every connected account of a channel, the oldest first. */
  connectedOn(channel: string): Promise<readonly Account[]>
  /** Confirmed posts of an account, newest first; `before` is the publishedAt of the last one seen. */
  published(accountId: string, page: Page & { readonly lang?: Lang; readonly tag?: string }): Promise<readonly Standing[]>
  publishedCount(accountId: string): Promise<number>
  /** One of ours by the network's id or by its key; also while it is being sent, so that a peer that fetches at once finds it. */
  standing(accountId: string, id: string): Promise<Standing | undefined>
  /** What stands on another channel of the same post: where to point a reader. */
  elsewhere(postId: string): Promise<readonly Standing[]>
  thread(postId: string): Promise<readonly Utterance[]>
  /** What is said under a page of another site. */
  talkAt(accountId: string, pageUrl: string): Promise<readonly Utterance[]>
  /** When the first word under such a page was heard. */
  talkedSince(accountId: string, pageUrl: string): Promise<string | undefined>
  /** The newest words under any post, newest first. */
  recentTalk(limit: number): Promise<readonly RecentWord[]>
  /** Whether something of theirs stands, by the id they have on the account's channel. */
  hasSpoken(accountId: string, authorId: string): Promise<boolean>
  /** Asks by letter whether it was they who want to hear of answers to what they said; `confirm` makes the address at which they say so. */
  followAnswers(account: Account, asked: { readonly refId: string; readonly email: string; readonly lang: Lang; readonly place: string; confirm(id: string): string }): Promise<void>
  /** They said yes; false when there is nothing left to say yes to. */
  confirmFollow(id: string): Promise<boolean>
  ownWords(accountId: string, refId: string): Promise<OwnWords | undefined>
  /** Their author asks for another look at words that were hidden; false when there is nothing to ask, or they asked before. */
  appealOwn(accountId: string, asked: { readonly refId: string; readonly text: string }): Promise<boolean>
  duty(): Promise<Duty>
  /** The team's public people, in the order they joined. */
  people(): Promise<readonly (Person & { readonly about: string; readonly langs: readonly string[]; readonly topics: readonly string[] })[]>
  picture(id: string): Promise<Attachment | undefined>
  /** Takes in what was heard, in one transaction; safe to repeat. */
  hear(account: Account, items: readonly Incoming[]): Promise<readonly HeardResult[]>
  /** All that is done within is kept, or none of it. */
  within<T>(account: Account, work: (within: Within) => Promise<T>): Promise<T>
  /** Keeps a file by what its bytes are: pictures are encoded anew. Refuses kinds nobody should be sent. */
  keepFile(file: HandedFile): Promise<HeardFile>
  /** Those of these files that they handed over. */
  filesOf(by: string, ids: readonly string[]): Promise<readonly HeardFile[]>
  /** The bytes of a file that is kept; undefined: it is no longer there. */
  readFile(id: string): Promise<Uint8Array | undefined>
  /** A member's word on something heard, by its id on the channel. False when it was never heard. */
  rule(account: Account, id: string, ruling: Ruling & { readonly by: { readonly id: string; readonly name: string } }): Promise<boolean>
  /** Whether letters can be written: there is an e-mail account that works. */
  canWriteLetters(): Promise<boolean>
  /** True the first time a token is shown, false ever after; it may be forgotten once `until` has passed. Survives a restart. */
  useOnce(token: string, until: Date): Promise<boolean>
  /** A key of the house for one purpose, the same after every restart; never shown to anybody. */
  secret(purpose: string): string
  /** The house's own tools, for channels that live in it: its database, its guarded way out, its keys, its resolver. The channel knows their types. */
  lend(name: 'database' | 'fetch' | 'keys' | 'resolve'): unknown
}

/** Which workspace answers at an address. */
export interface Hosts {
  readonly origin: string
  at(request: Request): Promise<Host | undefined>
  of(workspaceId: string): Host
  /** A key for one purpose, the same after every restart; never shown to anybody. */
  secret(purpose: string): string
  /** The house's own tools, for channels that live in it: its database, its guarded way out, its keys, its resolver. The channel knows their types. */
  lend(name: 'database' | 'fetch' | 'keys' | 'resolve'): unknown
}
