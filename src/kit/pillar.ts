import type { Hono } from 'hono'
import type { AnyEvent, EventName, Intent, StoaEvent } from './events.ts'
import type { Both, Lang } from './lang.ts'

/** A post said lately, as the checks need it. */
export interface Recent { readonly id: string; readonly title: string; readonly text: string; readonly intent: Intent; readonly at: string; readonly format: string }
/** When somebody is there to answer, in wall time of the workspace: day 1 (Monday) … 7, minutes after midnight. */
export interface DutyHours { readonly day: number; readonly from: number; readonly to: number }

/** Stretches of time from one instant to another, up to `until`. */
export interface Watch { readonly until: string; readonly spans: readonly { readonly from: string; readonly to: string }[] }

/** What is being written and what is known around it. Plain values, so that browser and server see the same. */
export interface Writing {
  readonly kind: 'post' | 'reply' | 'message'
  readonly lang: Lang; readonly title: string; readonly text: string
  readonly intent: Intent; readonly format: string
  /** The voice it goes out under; undefined when nobody signs. */
  readonly author: { readonly name: string; readonly signOff: string } | undefined
  readonly siteName: string
  /** Newest first. */
  readonly recent: readonly Recent[]
  /** For an answer: what was asked, and by whom. */
  readonly answering?: { readonly text: string; readonly name: string }
  /** Saved beginnings the writer may have started from: each is to become a person's own words before it goes out. */
  readonly openers?: readonly { readonly text: string }[]
  /** When it goes out (now, if unset by the writer) and the zone it is read in. */
  readonly goesOutAt: string; readonly zone: string
  readonly duty: readonly DutyHours[]
  /** When anybody is there in the time to come, with each one's own hours and days off, in order; beyond the last of it `duty` holds. */
  readonly watch?: Watch
  /** How strictly each pillar is applied, and its settings: the team's choice. */
  readonly settings: { readonly asksInRow: number; readonly givePerAsk: number; readonly similarity: number }
}

/** 'note' advises, 'warn' should be looked at, 'stop' holds until somebody gives a reason. */
export type Weight = 'note' | 'warn' | 'stop'
export interface Finding {
  readonly pillar: string; readonly rule: string
  /** The place in `text`, in UTF-16 units, end exclusive; [0, 0] when it is about the whole. */
  readonly at: readonly [start: number, end: number]
  readonly says: Both; readonly because: Both
  /** A better sentence, in the language of the text. */
  readonly instead?: string
  /** Something to show beside it: an earlier post. */
  readonly see?: { readonly postId: string; readonly title: string; readonly text: string; readonly at: string }
  readonly weight: Weight
}
/** Speaks while someone writes; the server runs the same function before anything leaves. Pure. */
export interface Check { readonly id: string; readonly about: Both; readonly langs: readonly Lang[]; look(writing: Writing): readonly Finding[] }

/** What one event adds to a signal. A share adds to `num` and `den`; a duration or level is one `value`. */
export interface Reading {
  /** When it counts, if not at the event's own time. */
  readonly at?: string
  readonly num?: number; readonly den?: number; readonly value?: number
  /** Of the readings of a window with the same word here only the first counts: a post on three accounts is one post. */
  readonly once?: string
  readonly because: Both
}
/** How readings of a window become the figure: num ÷ den; sum of num; median or 90th percentile of values; mean of values. */
export type Fold = 'share' | 'ratio' | 'sum' | 'median' | 'p90' | 'mean'

/**
 * A number computed from events. `good` is where its score is 100 and `bad` where it is 0 (linear between, either way round).
 * Under `enough` readings in the window it is shown as "not enough yet" and takes no part in the score.
 */
export interface Signal {
  readonly id: string
  readonly name: Both
  /** What exactly is counted, for the reader of the figure. */
  readonly definition: Both
  readonly unit: 'percent' | 'ratio' | 'minutes' | 'count'
  readonly fold: Fold
  readonly windowDays: number
  readonly good: number; readonly bad: number; readonly enough: number
  /** Share of this signal in the pillar's score. */
  readonly share: number
  readonly on: readonly EventName[]
  /** Pure. Undefined: this event says nothing about it. */
  weigh(event: AnyEvent): Reading | undefined
}

/** What deserves a person's next ten minutes. */
export interface Nudge { readonly says: Both; readonly to: string; readonly urgent: boolean }

/**
 * One pillar. `H` is the house it lives in and `T` a write transaction of it (core's types; kit knows neither).
 * A sixth pillar is a folder and one line in stoa.ts.
 */
export interface Pillar<H = unknown, T = unknown> {
  readonly id: string
  readonly name: Both
  /** One sentence the audience may hold us to. */
  readonly promise: Both
  readonly checks: readonly Check[]
  readonly signals: readonly Signal[]
  /** Each handler runs once per event, in its own transaction, in the order of the events. */
  readonly on?: { readonly [N in EventName]?: (event: StoaEvent<N>, tx: T, house: H) => Promise<void> }
  today?(house: H, workspaceId: string): Promise<readonly Nudge[]>
  routes?(house: H): Hono
}
export function definePillar<H, T>(pillar: Pillar<H, T>): Pillar<H, T> { return pillar }
