import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Host, Hosts } from './host.ts'
import type { Both, Lang } from './lang.ts'
import type { Json } from './json.ts'
import type { Brought, OldWord } from './old-words.ts'

/** 'post' is public, 'reply' a public answer, 'message' private. */
export type Kind = 'post' | 'reply' | 'message'
/** A thing on a network, by the network's own id. */
export interface Ref { readonly channel: string; readonly id: string; readonly url?: string }

/** The person a text comes from: a member's voice, or somebody outside. `id` is the network's id of them, or the member's. */
export interface Person {
  readonly id: string; readonly name: string; readonly handle?: string
  readonly url?: string; readonly picture?: string; readonly signOff?: string
}
export interface Attachment {
  readonly id: string; readonly url: string; readonly type: string; readonly alt: string
  /** Of a file that goes along as it is: what it is called, and the sum of its bytes. */
  readonly name?: string; readonly bytes?: number; readonly sha256?: string
  readonly width?: number; readonly height?: number
  /** Length of a video. */
  readonly seconds?: number
  /** The point that matters most, from the top left, each 0 to 1: kept in view where a network crops. */
  readonly focus?: { readonly x: number; readonly y: number }
  /** What the channel's `upload` gave for it: the network's own name for the file. */
  readonly uploaded?: Json
}
/** Where somebody gets letters. */
export interface Box { readonly name: string; readonly address: string }
/** What a link shows of the page behind it; read by us, so that a network need not. */
export interface Card { readonly url: string; readonly title: string; readonly description: string; readonly picture?: Attachment }
/** What honesty says beside a text: paid for by somebody, or made by a machine. Each channel maps it to its network's own mark. */
export type Label = 'sponsored' | 'ai-made'

/** What we hand a channel. Key and time are fixed before the first try, so a second try is the same thing. */
export interface Draft {
  readonly key: string; readonly writtenAt: string
  readonly kind: Kind; readonly title?: string; readonly text: string; readonly lang: Lang
  /** Read before the text and its pictures, which stay folded until somebody opens them; for channels whose limits name it. */
  readonly warning?: string
  readonly media: readonly Attachment[]
  /** The named human who speaks. No public text leaves without one. */
  readonly author: Person
  /** `root`: the first of the thread it stands in, when that is another. */
  readonly inReplyTo?: Ref & { readonly author?: Person; readonly root?: Ref }
  readonly card?: Card
  readonly labels?: readonly Label[]
  /** Of a new wording: what was changed and why, for all to read; for channels whose network shows no such thing of itself. */
  readonly note?: string
  /** The parts that follow in the same thread; only for channels that take a thread whole. */
  readonly more?: readonly Draft[]
  /** Who else gets it, for channels that write to addresses. */
  readonly copies?: readonly Box[]
  /** Where the same post stands on the brand's own site, when it does. */
  readonly link?: string
  readonly tags: readonly string[]
}

/** Limits are data: the composer's counter, the server's check and the docs read the same object. */
export type Unit = 'grapheme' | 'codepoint' | 'utf16' | 'byte' | 'weighted' | 'emoji-bytes'
export interface AnswerFiles { readonly max: number; readonly maxBytes: number; /** Of all of them. */ readonly maxTotal: number }
export interface Limits {
  /** `also`: a second measure that must hold as well. `shortHandles`: of @name@host only @name counts. */
  readonly text: { readonly max: number; readonly unit: Unit; readonly linkCost?: number; readonly shortHandles?: boolean; readonly also?: { readonly max: number; readonly unit: Unit } }
  readonly media?: {
    readonly max: number; readonly types: readonly string[]; readonly maxBytes: number
    /** Pixels of a picture's longer side; pictures are made to fit before they are uploaded. */
    readonly longestSide?: number
    readonly altMax?: number
    readonly video?: { readonly types: readonly string[]; readonly maxBytes: number; readonly maxSeconds?: number }
  }
  /** What may need a warning can be folded behind one; `counted`: it takes room from the text. Absent: a warning is not shown. */
  readonly warning?: { readonly counted: boolean }
  /** What may go along with an answer: files as they are, or pictures as a post has them (`media`). Absent: words alone. */
  readonly answers?: { readonly files: AnswerFiles } | { readonly pictures: true }
  readonly replyWindow?: { readonly hours: number }
  /** What the network takes from no program: a person posts it there with their own hand, and says so. */
  readonly byHand?: readonly Kind[]
  readonly pace?: { readonly sends: number; readonly perMinutes: number }
}

/** Our presence on a channel. */
export interface Account<S = unknown> {
  readonly id: string; readonly workspaceId: string; readonly channel: string
  readonly handle: string; readonly name: string; readonly settings: S
}

export type Log = (message: string, facts?: Readonly<Record<string, unknown>>) => void
/** Lent by the host. No globals, no env, no clock of one's own. `fetch` is the guarded one. */
export interface Ctx {
  readonly fetch: typeof globalThis.fetch; readonly now: () => Date; readonly signal: AbortSignal
  readonly log: Log; readonly host: Host
  /** When the publication this is about was first tried, if it was: `find` looks no further back. */
  readonly firstTriedAt?: Date
  /**
   * Exchanges the account's tokens: one at a time over all processes, under a lock on the account, which is read again first.
   * `exchange` gets the settings as they stand and returns the new ones, or undefined when somebody else renewed them meanwhile.
   */
  renew<S>(account: Account<S>, exchange: (current: S) => Promise<S | undefined>): Promise<Account<S>>
}

/** `more`: the receipts of the further parts, when a thread went out whole. */
export interface Receipt { readonly id: string; readonly url?: string; readonly more?: readonly Receipt[] }
export interface Upload { readonly attachment: Attachment; readonly bytes: Uint8Array<ArrayBuffer>; readonly key: string }
export type Find<S, W> = (wire: W, account: Account<S>, ctx: Ctx) => Promise<Receipt | 'absent' | 'unsure'>

/** Readies the network unseen (an invisible draft, the revision an edit stands on) and returns the wire that `send` commits; may run again without harm. */
export type Stage<S, W> = (wire: W, account: Account<S>, ctx: Ctx) => Promise<W>

/** What the network does when the very same thing arrives twice. It decides what we may do after a crash (docs/write-a-channel.md). */
export type Idempotency<S, W> =
  | { readonly idempotency: 'keyed' }                                                             // the identity is ours: repeating is a no-op, any time
  | {
    readonly idempotency: 'keyed-ttl'; readonly keyHours: number; readonly find: Find<S, W>       // key remembered for a while
    /** Where the servers of one network differ: whether this account's keeps the key. One that does not is read back instead. */
    keepsKey?(account: Account<S>): boolean
  }
  | { readonly idempotency: 'two-phase'; readonly stage: Stage<S, W>; readonly find: Find<S, W> } // invisible draft, then an idempotent commit
  | { readonly idempotency: 'content-refusal'; readonly find: Find<S, W> }                        // the same text is refused: evidence, not a key
  | { readonly idempotency: 'read-back'; readonly find: Find<S, W> }                              // our own timeline can be read
  | { readonly idempotency: 'blind' }                                                             // only a person can look

/** The class of one account: that of its channel, but for servers that do not keep the key. */
export function idempotencyOf<S, W>(publish: Idempotency<S, W>, account: Account<S> | undefined): Idempotency<S, W>['idempotency'] {
  return publish.idempotency === 'keyed-ttl' && account && publish.keepsKey?.(account) === false ? 'read-back' : publish.idempotency
}

export type Publish<S, W> = Idempotency<S, W> & {
  readonly kinds: readonly Kind[]
  /** Whether a thread goes out in one call or part by part, each under the one before; absent: no threads. */
  readonly threads?: 'whole' | 'one-by-one'
  /** Hands over a file before the text that shows it; may run again without harm. Its result is `uploaded` of that attachment. */
  upload?(file: Upload, account: Account<S>, ctx: Ctx): Promise<Json>
  readonly stage?: Stage<S, W>
  /** Pure; the result is JSON, is stored and hashed before the first attempt, and is what `send` gets each time. */
  prepare(draft: Draft, account: Account<S>): W
  /** Where it will stand, if the channel knows before sending. */
  address?(draft: Draft, account: Account<S>): string
  /** Whether what we put at `ref` is still to be seen there; what knows `find` alone is looked for by that. */
  stands?(ref: Ref, account: Account<S>, ctx: Ctx): Promise<'there' | 'absent' | 'unsure'>
  /** The one line that cannot be taken back. Throws ChannelError. */
  send(wire: W, account: Account<S>, ctx: Ctx): Promise<Receipt>
  /** Puts a new wording in the place of what stands at `ref`; safe to repeat. */
  revise?(ref: Ref, wire: W, account: Account<S>, ctx: Ctx): Promise<void>
  /** Takes down what stands at `ref`; safe to repeat. */
  retract?(ref: Ref, wire: W, account: Account<S>, ctx: Ctx): Promise<void>
}

/** A file that came from outside and is kept here: `Host.keepFile` made it. */
export interface HeardFile {
  readonly id: string; readonly name: string; readonly type: string; readonly bytes: number
  /** Where it is fetched from, below the site's root; whoever has the whole of it may. */
  readonly url: string
  readonly width?: number; readonly height?: number
  /** What a picture shows, where whoever attached it said so. */
  readonly alt?: string
}

interface Heard { readonly ref: Ref; readonly at: string; readonly author: Person }
/** Anything heard from a network, in our words. `ref` is the network's id: hearing it twice changes nothing. */
export type Incoming =
  | Heard & {
    readonly does: 'says'; readonly text: string; readonly html?: string; readonly lang?: string; readonly email?: string
    readonly inReplyTo?: Ref; readonly visibility: 'public' | 'private'
    /** A reason to let a person look before it is shown. */
    readonly hold?: string
    /** Said on a page of this house, which shows it to everybody. */
    readonly hosted?: true
    /** Not put to us: seen because we follow or watch its author. */
    readonly overheard?: boolean
    readonly files?: readonly HeardFile[]
    /** Who else it was sent to, without us. */
    readonly copies?: readonly Box[]
    /** What the talk it begins is about. */
    readonly subject?: string
    /** It goes on with a talk: under nothing we know, it belongs to the newest with the same person about the same. */
    readonly continues?: true
    /** What else it stands under, nearest first: for networks that name the whole way back. */
    readonly references?: readonly string[]
    /** What their program put under it: the words they answer, a signature. */
    readonly folded?: string
    /** Sent by a machine in somebody's absence: nobody waits for an answer to it. */
    readonly automatic?: true
    /** The page of another site under which a talk begins. */
    readonly page?: { readonly url: string; readonly title: string }
  }
  /** What we sent could not be delivered after all. */
  | Heard & { readonly does: 'bounces'; readonly about: Ref; readonly because: string }
  | Heard & { readonly does: 'edits'; readonly text: string; readonly html?: string }
  | Heard & { readonly does: 'withdraws' }
  | Heard & { readonly does: 'likes' | 'unlikes' | 'shares' | 'unshares'; readonly about: Ref }
  | Heard & { readonly does: 'follows' | 'unfollows' }
  /** How somebody found the talk that `about` belongs to, from 1 to 5. Once for each talk. */
  | Heard & { readonly does: 'rates'; readonly about: Ref; readonly score: number; readonly text: string }

export interface Listen<S, C> {
  /** How often `open` is pulled; 60 when not said. */
  readonly everySeconds?: number
  readonly hears: readonly ('everything' | 'search' | 'mentions' | 'replies' | 'messages')[]
  /** Pulled by the worker; the cursor is stored with the items. */
  open?(account: Account<S>, cursor: C | undefined, ctx: Ctx): AsyncIterable<{ items: readonly Incoming[]; cursor: C }>
  /** Webhooks; verifies first. House channels with `routes` hand over by `host.hear` instead. */
  receive?(request: Request, account: Account<S>, ctx: Ctx): Promise<readonly Incoming[]>
}

/** Somebody we follow on a channel. `id` is the network's id of them. */
export interface Followed { readonly id: string; readonly handle: string; readonly name: string; readonly url: string | null; readonly state: 'pending' | 'accepted' | 'rejected' }
/** For networks on which accounts follow one another. `follow` throws Refusal('actor_not_found'). */
export interface Circle<S> {
  look(account: Account<S>, ctx: Ctx): Promise<{ readonly followers: number; readonly following: readonly Followed[] }>
  follow(target: string, account: Account<S>, ctx: Ctx): Promise<Followed>
  unfollow(id: string, account: Account<S>, ctx: Ctx): Promise<void>
}

/** A line of the form that connects an account. `name` is a key of the settings. */
export interface Field {
  readonly name: string; readonly label: Both; readonly help?: Both
  readonly kind: 'text' | 'address' | 'secret' | 'choice'; readonly choices?: readonly { readonly value: string; readonly label: Both }[]
  readonly placeholder?: string; readonly optional?: boolean
  /** Emptied in the form, it is emptied; else what is kept stays. */
  readonly clears?: true
}
/** `settings`: completed by what the network told. `endsAt`: when the access ends unless it is renewed. */
export interface Verified<S> { readonly id: string; readonly handle: string; readonly name?: string; readonly settings?: S; readonly endsAt?: string }
export interface Login<S> {
  /** Where to send the person; `keep` is handed to `finish` when they come back with the same `state`. */
  begin(given: { readonly settings: Readonly<Record<string, string>>; readonly back: string; readonly state: string }, ctx: Ctx): Promise<{ readonly to: string; readonly keep: Json }>
  finish(given: { readonly keep: Json; readonly answer: URLSearchParams; readonly back: string }, ctx: Ctx): Promise<S>
}
/** Where a network's own page sends people back to: one address per channel, so that the answer of one is never taken for another's. */
export const backTo = (origin: string, channelId: string): string => `${origin}/app/settings/channels/back/${channelId}`
/** Why an account could not be connected, and what to do about it. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError'
  readonly says: Both
  readonly field: string | undefined
  constructor(says: Both, field?: string, cause?: unknown) {
    super(says.en, { cause })
    this.says = says
    this.field = field
  }
}

/** A person's word on something heard. `id` is the network's id of it. */
export interface Ruling { readonly to: 'shown' | 'hidden' | 'spam'; readonly reason: string }
export interface Ruled extends Ruling { readonly id: string; readonly by: { readonly id: string; readonly name: string }; readonly at: Date }

/** What the house writes to one address: a notice, or a talk that goes on. `id` is the house's own and stays. */
export interface Letter {
  readonly id: string; readonly to: string; readonly name: string; readonly lang: Lang; readonly subject: string; readonly text: string; readonly writtenAt: string
  readonly replyTo?: string; readonly inReplyTo?: string
  /** Where its reader stops further ones: a page on GET, done on POST (RFC 8058). */
  readonly stop?: string
}
export interface Letters<S, W> {
  /** Pure; `id` is the network's id it will have, known before it is sent. */
  prepare(letter: Letter, account: Account<S>): { readonly wire: W; readonly id: string }
  send(wire: W, account: Account<S>, ctx: Ctx): Promise<Receipt>
  readonly find: Find<S, W>
}

/** `about`: what the letter was about, by the channel's own id of it. */
export interface LetterAnswer { readonly about: string; readonly said: Extract<Incoming, { does: 'says' }>; readonly now: Date }

/** Presence of a member *is* the capability; there are no flags to drift. */
export interface Channel<S = unknown, W extends Json = Json, C extends Json = Json> {
  readonly id: string
  readonly name: string
  /** How people call it, where its name is a word and no proper name. */
  readonly called?: Both
  /** One sentence for the screen where accounts are connected. */
  readonly about: Both
  /** Made for every workspace at its birth: places of the brand's own, which need no sign-up elsewhere. */
  readonly native?: { readonly handle: (siteName: string) => string }
  readonly settings: z.ZodType<S>
  /** What a person fills in to connect an account; absent: nobody connects one by hand. */
  readonly fields?: readonly Field[]
  /** Names in the settings that are kept encrypted and never shown again. */
  readonly sealed?: readonly string[]
  /** Connects by the network's own page, where this Stoa has an address the network can send people back to. */
  readonly login?: Login<S>
  /** Tries what was filled in. Throws ConnectError. */
  verify(settings: S, ctx: Ctx): Promise<Verified<S>>
  limits(account: Account<S>): Limits
  readonly publish?: Publish<S, W>
  /** Letters of the house to an e-mail address. */
  readonly letters?: Letters<S, Json>
  readonly listen?: Listen<S, C>
  readonly circle?: Circle<S>
  /**
   * Somebody answered by mail a letter that was about something here: how it is heard on this channel, within their transaction
   * (a house channel knows its type). Undefined: it stays a mail.
   */
  letterAnswered?(tx: unknown, answer: LetterAnswer): Promise<{ readonly accountId: string; readonly item: Incoming } | undefined>
  /** Told when a person decides whether something heard is shown, within their transaction (a house channel knows its type). */
  ruled?(tx: unknown, ruling: Ruled): Promise<void>
  /** Takes in what another system kept, within the caller's transaction; safe to repeat. Nothing of it is news to anybody. */
  bringIn?(tx: unknown, account: Account<S>, given: { readonly words: readonly OldWord[]; readonly origin: string }): Promise<readonly Brought[]>
  /** Paths of its routes at which a signed-in member is known, as `/forum/*`. */
  readonly membersAt?: readonly string[]
  /** Public pages and endpoints of a channel that lives in this house. Mounted at the site's root. */
  routes?(hosts: Hosts): Hono
  /** What it carries on by itself while the house is open, such as deliveries. The worker starts it once and stops it at the end. */
  background?(hosts: Hosts, log: Log): { stop(): Promise<void> }
}
// Method bivariance lets a list hold channels of different settings and wires.
export type AnyChannel = Channel<never, never, never> | Channel

export function defineChannel<S, W extends Json, C extends Json>(channel: Channel<S, W, C>): Channel<S, W, C> { return channel }

/** The only failures the worker knows. Anything else is a bug and is treated as `unknown`. */
export type Trouble =
  | { readonly kind: 'refused'; readonly because: string }   // the network said no: never again
  | { readonly kind: 'expired' }                             // our access ended: a person reconnects
  | { readonly kind: 'paced'; readonly retryAt: Date }
  | { readonly kind: 'unreached' }                           // the request never left: safe to repeat
  | { readonly kind: 'stale' }                               // refused because what it stood on has changed; nothing was written: stage afresh
  | { readonly kind: 'unknown' }                             // it left; we do not know

export class ChannelError extends Error {
  override readonly name = 'ChannelError'
  readonly trouble: Trouble
  constructor(trouble: Trouble, cause?: unknown) {
    super(trouble.kind === 'refused' ? trouble.because : trouble.kind, { cause })
    this.trouble = trouble
  }
}
