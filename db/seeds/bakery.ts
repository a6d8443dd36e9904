import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { emit } from '#core/events/store.ts'
import type { House } from '#core/house.ts'
import { addPicture } from '#core/media/store.ts'
import { join, memberById, memberFrom, setVoice } from '#core/members/store.ts'
import { members } from '#core/members/tables.ts'
import { changeWorkspace, takeDoor, workspaceById } from '#core/workspaces/store.ts'
import type { Tx } from '#db/database.ts'
import { recompute } from '#strategy/fold.ts'
import { openCampaign, planCampaign, saveCampaign, setObjective } from '#strategy/store.ts'
import { aims, brief, campaignName, days } from './story/campaign.ts'
import { drawings, portraits } from './story/drawings.ts'
import { drafts, published, scheduled } from './story/posts.ts'
import { readers } from './story/readers.ts'
import { followers, people, talks } from './story/talks.ts'
import { site, team } from './story/team.ts'
import { accountsByChannel, dayAhead, draft, edit, publish, react, retract, schedule, settle, turn, wentOut, type Stage, type Thread } from './story/telling.ts'
import type { Teammate, ToldPost } from './story/told.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const crew: readonly Teammate[] = ['eleni', 'maria', 'nikos']

type Pictures = ReadonlyMap<string, Buffer>
async function draw(): Promise<Pictures> {
  const drawn = Object.entries({ ...drawings, ...portraits }).map(async ([name, svg]) => [name, await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer()] as const)
  return new Map(await Promise.all(drawn))
}

async function hang(tx: Tx, house: House, given: { readonly drawn: Pictures; readonly by: string; readonly at: Date }): Promise<Map<string, string>> {
  const alts = new Map(published.flatMap(({ picture }) => (picture ? [[picture.drawing as string, picture.alt]] : [])))
  for (const who of crew) alts.set(who, team[who].voice.name)
  const hung = new Map<string, string>()
  for (const [name, bytes] of given.drawn) hung.set(name, (await addPicture(tx, house.dataDir, { bytes, alt: alts.get(name) ?? '', uploadedBy: given.by, at: given.at })).id)
  return hung
}

/** The three people: the owner who signed up, and two who belong to the story and cannot sign in. */
async function gather(tx: Tx, ownerId: string, { pictures, at }: { readonly pictures: ReadonlyMap<string, string>; readonly at: Date }): Promise<Stage['team']> {
  await tx.update(members).set({ joinedAt: at }).where(eq(members.id, ownerId))
  const owner = await memberById(tx, ownerId)
  const made = { eleni: memberFrom(owner!) } as Record<Teammate, Stage['team']['eleni']>
  for (const who of crew) {
    const { name, role, lang, voice } = team[who]
    if (who !== 'eleni') {
      made[who] = memberFrom(await join(tx, { userId: null, name, email: null, role, lang, at: new Date(at.getTime() + HOUR) }))
      await emit(tx, 'member.joined', { at, memberId: made[who].id, data: { name, role } })
    }
    await setVoice(tx, made[who].id, { ...voice, pictureId: pictures.get(who) ?? null, public: true })
  }
  return made
}

async function plan(tx: Tx, memberId: string, { now, zone }: { readonly now: Date; readonly zone: string }): Promise<string> {
  const at = new Date(now.getTime() - 27.4 * DAY)
  const by = { tx, memberId, at }
  const { id, version } = await planCampaign({ ...by, at: new Date(at.getTime() - DAY) }, campaignName)
  const endsOn = dayAhead(now, zone, days.ends)
  await saveCampaign(by, { id, version }, { name: campaignName, brief, startsOn: dayAhead(now, zone, days.starts), endsOn })
  for (const aim of aims) await setObjective(by, id, { ...aim, dueOn: endsOn })
  await openCampaign(by, id)
  return id
}

interface Scene { readonly at: Date; readonly play: (at: Date) => Promise<void> }

// A steady stream in place of chance: the same story every time it is told.
function steady(seed: number): () => number {
  let state = seed
  return () => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32 }
}

function reactions(stage: Stage, post: ToldPost, at: Date): Scene[] {
  const next = steady(post.key.length * 7919 + post.day)
  const first = Math.floor(next() * readers.length)
  const each = (does: 'likes' | 'shares', count: number) => Array.from({ length: count }, (_, place): Scene => {
    const reader = readers[(first + place * 7) % readers.length]!
    return { at: new Date(at.getTime() + (0.2 + next() ** 3 * 60) * HOUR), play: (when) => react(stage, { does, ...reader, key: post.key }, when) }
  })
  return [...each('likes', post.likes ?? 0), ...each('shares', post.shares ?? 0)]
}

function conversation(stage: Stage, talk: (typeof talks)[number], begins: Date): Scene[] {
  const thread: Thread = { count: 0 }
  let at = begins.getTime()
  const scenes = talk.turns.map((spoken): Scene => {
    at += spoken.after * HOUR
    return { at: new Date(at), play: (when) => turn({ stage, at: when }, talk, { ...spoken, thread }) }
  })
  return [...scenes, { at: new Date(at + 2 * HOUR), play: (when) => settle({ stage, at: when }, talk, thread) }]
}

function scenesOf(stage: Stage): Scene[] {
  const { now } = stage
  const at = new Map(published.map((post) => [post.key, wentOut(post, stage)]))
  const ago = (day: number) => new Date(now.getTime() - day * DAY)
  return [
    ...published.map((post): Scene => ({ at: at.get(post.key)!, play: (when) => publish(stage, post, when) })),
    ...published.flatMap((post) => reactions(stage, post, at.get(post.key)!)),
    ...talks.flatMap((talk) => conversation(stage, talk, at.get(talk.under)!)),
    ...followers.map(([who, day]): Scene => ({ at: ago(day), play: (when) => react(stage, { does: 'follows', who, name: people[who]! }, when) })),
    { at: new Date(at.get('olive-bread')!.getTime() + 28.5 * HOUR), play: (when) => edit({ stage, at: when }, 'olive-bread', {
      from: '350 γρ. νερό', to: '330 γρ. νερό', note: 'Το νερό από 350 έγινε 330 γραμμάρια: με αλεύρι του εμπορίου έβγαινε μαλακό. Το πρόσεξε ο Παναγιώτης.' }) },
    { at: new Date(at.get('sunday-open')!.getTime() + 17 * HOUR), play: (when) => retract({ stage, at: when }, 'sunday-open', 'Το παζάρι αναβλήθηκε λόγω βροχής, οπότε την Κυριακή δεν ανοίγουμε. Συγγνώμη σε όσους το είχαν υπολογίσει.') },
  ]
}

async function tell(stage: Stage): Promise<void> {
  const past = scenesOf(stage).filter(({ at }) => at.getTime() < stage.now.getTime()).toSorted((a, b) => a.at.getTime() - b.at.getTime())
  for (const { at, play } of past) await play(at)
  for (const post of scheduled) await schedule(stage, post, new Date(stage.now.getTime() - 20 * HOUR))
  for (const post of drafts) await draft(stage, post, new Date(stage.now.getTime() - post.day * DAY))
}

/**
 * A month of the bakery in Patras, told through the same doors people use: posts reviewed and published, comments heard, answers
 * signed. One transaction: it is all there or not at all. What is scheduled goes out by this house's own worker.
 */
export async function seedBakery(house: House, { workspaceId, ownerId, now }: { readonly workspaceId: string; readonly ownerId: string; readonly now: Date }): Promise<void> {
  const drawn = await draw()
  await house.database.write(workspaceId, async (tx) => {
    await takeDoor(tx, 'story')
    const { zone, settings } = (await workspaceById(tx, workspaceId))!
    const began = new Date(now.getTime() - 75 * DAY)
    await changeWorkspace(tx, { ...site, settings: { ...settings, duty: [1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 7 * 60, to: 20 * 60 })) } })
    const pictures = await hang(tx, house, { drawn, by: ownerId, at: began })
    const crewOf = await gather(tx, ownerId, { pictures, at: began })
    const campaignId = await plan(tx, ownerId, { now, zone })
    await tell({ tx, house, now, zone, team: crewOf, accounts: await accountsByChannel(tx), pictures, campaignId, told: new Map() })
    await recompute(tx, house.pillars)
  })
}
