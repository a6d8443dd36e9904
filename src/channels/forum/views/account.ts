import { problems } from '#kit/problems.ts'
import { Refusal } from '#kit/refusal.ts'
import type { PorchContext } from '../../porch/answer.ts'
import { backTo, cookieOf, noCookie, tokenIn } from '../cookie.ts'
import { body, emailOf, isUuid, oneLine, readForm } from '../fields.ts'
import { askFollow, confirmFollow, followById } from '../follows.ts'
import { appeal, decisionsFor, rulingById } from '../moderate.ts'
import { confirmPage, decisionPage, enterPage, mePage, signInPage } from '../pages/account.ts'
import { nameIn, plainPage } from '../pages/shell.ts'
import { byEmail, enter, joinForum, knownAs, leave, recognisedBy, type Person } from '../people.ts'
import { squareOf, type Room, type View } from '../room.ts'
import { limits } from '../rules.ts'
import { within } from '../say.ts'
import { readSigned, sign, type Signed } from '../signed.ts'
import { categoryById, postById, topicById, wroteBy } from '../topics.ts'
import { paced, signedIn } from './form.ts'
import { answer } from './read.ts'

const workspaceOf = (room: Room): string => room.porch.host.workspaceId
const going = (location: string, cookie?: string): Response => new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', ...(cookie ? { 'set-cookie': cookie } : {}) } })

export const signInForm: View = async (c, room) => answer(c, room, signInPage(room, { to: backTo(c.req.query('to') ?? ''), mail: await room.porch.host.canWriteLetters() }))

async function welcome(room: Room, person: Person, to: string): Promise<Response> {
  const { token, until } = await room.database.write(workspaceOf(room), (tx) => enter(tx, person.id, room.now))
  return going(to, cookieOf(room.porch.site.origin, token, until))
}
/** Names nobody else may take: the house's and the team's. */
const takenNames = async ({ porch }: Room): Promise<string[]> => [porch.site.name, 'stoa', 'admin', ...(await porch.host.people()).map(({ name }) => name)]

const linkSigning = ({ hosts, porch }: Room) => ({ secret: hosts.secret('forum-link'), purpose: `enter ${porch.host.workspaceId}` })
async function sendLink(c: PorchContext, room: Room, { email: typed, to }: { readonly email: string; readonly to: string }): Promise<Response> {
  const email = emailOf(typed)
  if (!await room.porch.host.canWriteLetters()) throw new Refusal('not_found')
  await room.paces.letter(workspaceOf(room), c.get('ip'), email)
  const token = sign(linkSigning(room), JSON.stringify([email, to]), new Date(room.now.getTime() + 20 * 60_000))
  const { words, porch } = room
  await within(squareOf(room), ({ write }) => write({
    to: email, lang: porch.site.lang, subject: words.linkSubject(porch.site.name), text: words.linkBody(`${porch.site.origin}/forum/enter/${token}`), about: { kind: 'forum', id: 'sign-in' }, stoppable: false,
  }))
  return answer(c, room, plainPage(room, { title: words.linkSent, lead: words.linkSentWhy }))
}

export const signIn: View = async (c, room) => {
  const typed = await readForm(c.req.raw, ['name', 'passphrase', 'email', 'to', 'do'])
  const to = backTo(typed.to)
  const at = typed.do === 'join' ? 'join' : typed.do === 'link' ? 'link' : 'in'
  try {
    if (at === 'link') return await sendLink(c, room, { email: typed.email, to })
    const name = oneLine(typed.name, { field: 'name', max: limits.name })
    await room.paces.entry(workspaceOf(room), c.get('ip'), knownAs(name))
    const taken = at === 'join' ? await takenNames(room) : []
    const person = at === 'join' ? await room.database.write(workspaceOf(room), (tx) => joinForum(tx, { name, passphrase: typed.passphrase, taken, now: room.now }))
      : await room.database.read(workspaceOf(room), (db) => recognisedBy(db, { name, passphrase: typed.passphrase }))
    return await welcome(room, person, to)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'not_found') throw refusal
    return answer(c, room, signInPage(room, { to, mail: await room.porch.host.canWriteLetters(), refusal, name: typed.name, at }), problems[refusal.code].status)
  }
}
export const signOut: View = async (c, room) => {
  const token = tokenIn(c)
  if (token && token.length <= 64) await room.database.write(workspaceOf(room), (tx) => leave(tx, token))
  return going('/forum', noCookie(room.porch.site.origin))
}

function linked(c: PorchContext, room: Room): Signed & { readonly email: string; readonly to: string } {
  const signed = readSigned(linkSigning(room), c.req.param('token') ?? '', room.now)
  if (!signed) throw new Refusal('forum_link_old')
  const [email, to] = JSON.parse(signed.says) as [string, string]
  return { ...signed, email, to }
}
// Scanners of mail open links: only the button signs in.
export const enterForm: View = async (c, room) => {
  const { email } = linked(c, room)
  const known = await room.database.read(workspaceOf(room), (db) => byEmail(db, email))
  return answer(c, room, enterPage(room, { token: c.req.param('token') ?? '', known: known !== undefined }))
}
export const enterByLink: View = async (c, room) => {
  await paced(c, room)
  const { email, to, nonce, until } = linked(c, room)
  const typed = await readForm(c.req.raw, ['name'])
  const known = await room.database.read(workspaceOf(room), (db) => byEmail(db, email))
  try {
    const name = known ? '' : oneLine(typed.name, { field: 'name', max: limits.name })
    const taken = known ? [] : await takenNames(room)
    const person = known ?? await room.database.write(workspaceOf(room), (tx) => joinForum(tx, { name, email, taken, now: room.now }))
    if (!await room.porch.host.useOnce(`forum-link ${nonce}`, until)) throw new Refusal('forum_link_old')
    return await welcome(room, person, to)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return answer(c, room, enterPage(room, { token: c.req.param('token') ?? '', known: known !== undefined, refusal }), problems[refusal.code].status)
  }
}

export const me: View = async (c, room) => {
  if (!room.me) return going('/forum/sign-in?to=%2Fforum%2Fme')
  const { id } = room.me
  const [wrote, decisions] = await room.database.read(workspaceOf(room), async (db) => [await wroteBy(db, id), await decisionsFor(db, id)] as const)
  return answer(c, room, mePage(room, { wrote, decisions }))
}

async function ownDecision(c: PorchContext, room: Room) {
  const [person, id] = [signedIn(room), c.req.param('id')]
  const found = isUuid(id) ? await room.database.read(workspaceOf(room), async (db) => {
    const ruling = await rulingById(db, id)
    const post = ruling && await postById(db, ruling.postId)
    const topic = post && await topicById(db, post.topicId)
    return ruling && post && topic && { ruling, post, topic }
  }) : undefined
  if (!found || found.ruling.personId !== person.id || found.ruling.ruled !== 'hidden') throw new Refusal('not_found')
  return found
}
export const decision: View = async (c, room) => answer(c, room, decisionPage(room, await ownDecision(c, room)))
export const object: View = async (c, room) => {
  await paced(c, room)
  const found = await ownDecision(c, room)
  const typed = await readForm(c.req.raw, ['text'])
  const [person, text] = [signedIn(room), body(typed.text, limits.reason)]
  await room.database.write(workspaceOf(room), (tx) => appeal(tx, person, { id: found.ruling.id, text, now: room.now }))
  return going(`/forum/decisions/${found.ruling.id}`)
}

const followSigning = ({ hosts, porch }: Room) => ({ secret: hosts.secret('forum-link'), purpose: `follow ${porch.host.workspaceId}` })
async function titleOf(room: Room, about: string, id: string): Promise<string | undefined> {
  return await room.database.read(workspaceOf(room), async (db) => {
    if (about === 'topic') { const topic = await topicById(db, id); return topic?.state === 'shown' ? topic.title : undefined }
    const category = await categoryById(db, id)
    return category && nameIn(room, category)
  })
}
export const follow: View = async (c, room) => {
  const typed = await readForm(c.req.raw, ['about', 'id', 'email'])
  const about = typed.about === 'category' ? 'category' : 'topic'
  const title = isUuid(typed.id) ? await titleOf(room, about, typed.id) : undefined
  if (title === undefined || !await room.porch.host.canWriteLetters()) throw new Refusal('not_found')
  const email = emailOf(typed.email)
  await room.paces.letter(workspaceOf(room), c.get('ip'), email)
  const { words, porch } = room
  await within(squareOf(room), async ({ tx, write }) => {
    const row = await askFollow(tx, { email, lang: porch.site.lang, about, aboutId: typed.id }, room.now)
    const token = sign(followSigning(room), row.id, new Date(room.now.getTime() + 7 * 86_400_000))
    await write({ to: email, lang: row.lang, subject: words.confirmSubject(title), text: words.confirmBody(`${porch.site.origin}/forum/follow/${token}`), about: { kind: 'forum', id: 'confirm' }, stoppable: false })
  })
  return answer(c, room, plainPage(room, { title: words.followAsked, lead: words.followAskedWhy }))
}
async function followed(c: PorchContext, room: Room) {
  const signed = readSigned(followSigning(room), c.req.param('token') ?? '', room.now)
  const row = signed && await room.database.read(workspaceOf(room), (db) => followById(db, signed.says))
  if (!row) throw new Refusal('forum_link_old')
  return row
}
export const confirmForm: View = async (c, room) => {
  const row = await followed(c, room)
  return answer(c, room, confirmPage(room, { token: c.req.param('token') ?? '', title: await titleOf(room, row.about, row.aboutId) ?? '' }))
}
export const confirm: View = async (c, room) => {
  const row = await followed(c, room)
  await within(squareOf(room), (open) => confirmFollow(open, row, room.now))
  return answer(c, room, plainPage(room, { title: room.words.followed, lead: room.words.followedWhy }))
}
