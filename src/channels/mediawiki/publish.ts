import { ChannelError, type Account, type Ctx, type Publish, type Receipt, type Ref } from '#kit/channel.ts'
import { ask, codeIn } from './ask.ts'
import { answerLines, idOf, placeIn, sectionLines, wireOf, withdrawn } from './convert.ts'
import { isDone, look, write, type Edit, type Look, type Which, type Written } from './pages.ts'
import { urlOf, type Settings } from './settings.ts'
import { markOf, placeOfLines, placeUnder, replaced, saidIn, unsignedIn, withLines, type Said } from './talk.ts'
import { Done, Pages, type AnswerWire, type PageWire, type SectionWire, type Wire } from './wire.ts'

type At = Account<Settings>
const refused = (because: string) => new ChannelError({ kind: 'refused', because })
const gone = 'answered-gone'

export const publish: Publish<Settings, Wire> = {
  idempotency: 'keyed', kinds: ['post', 'reply'],
  prepare: wireOf, stage, stands, send, revise, retract,
}

const receiptOf = (wire: Pick<Wire, 'is' | 'mark'>, { pageid, title }: Written, settings: Settings): Receipt => {
  const url = urlOf(settings, title)
  return { id: wire.is === 'page' ? idOf(pageid) : idOf(pageid, wire.mark), ...(url ? { url } : {}) }
}
function whichOf(wire: Wire): Which {
  if (wire.is !== 'answer') return { titles: wire.title }
  const page = wire.page ?? placeIn(wire.inReplyTo)?.page
  if (page === undefined) throw refused(gone)
  return { pageids: page }
}

/** Reads the revision the edit will stand on, and writes the whole new text of the page for it. Nothing is changed there. */
async function stage(wire: Wire, { settings }: At, ctx: Ctx): Promise<Wire> {
  const which = wire.is === 'answer' ? await talkOf(wire.inReplyTo, settings, ctx) : whichOf(wire)
  const now = await look(which, settings, ctx)
  const placed: Wire = wire.is === 'answer' ? { ...wire, page: now.page.pageid ?? null } : wire
  if (now.base > 0 && await isDone(which, wire.mark, { settings, ctx })) return { ...placed, base: now.base, whole: now.text }
  return { ...placed, base: now.base, whole: wire.is === 'answer' ? await answered(wire, now, { settings, ctx }) : wholeOf(wire, now) }
}

/** What is said on a talk page is answered there, a page of ours on its talk page. */
async function talkOf(id: string, settings: Settings, ctx: Ctx): Promise<Which> {
  const at = placeIn(id)
  if (!at) throw refused(gone)
  const { page } = await look({ pageids: at.page }, settings, ctx)
  if (page.missing) throw refused(gone)
  if (at.mark !== undefined || page.ns % 2 === 1) return { pageids: at.page }
  if (page.talkid) return { pageids: page.talkid }
  throw refused(gone)
}

function wholeOf(wire: PageWire | SectionWire, { base, text }: Look): string {
  if (wire.is === 'page') {
    if (base > 0) throw refused('name-taken')
    return wire.text
  }
  return [...(text === '' ? [] : [text.trimEnd(), '']), ...sectionLines(wire)].join('\n')
}

async function answered(wire: AnswerWire, { text }: Look, at: { readonly settings: Settings; readonly ctx: Ctx }): Promise<string> {
  const mark = placeIn(wire.inReplyTo)?.mark ?? ''
  const to = saidIn(text).find(({ id }) => id === mark)
  const place = to ? placeUnder(text, to) : mark.startsWith('r') ? placeOfLines(text, await unsignedBy(Number(mark.slice(1)), at)) : undefined
  if (!place) throw refused(gone)
  return withLines(text, place.line, answerLines(wire, place.indent))
}

/** The lines a change brought that nobody signed. */
async function unsignedBy(revid: number, { settings, ctx }: { readonly settings: Settings; readonly ctx: Ctx }): Promise<readonly string[]> {
  const read = async (ids: string) => (await ask(settings, { action: 'query', prop: 'revisions', rvprop: 'ids|content', rvslots: 'main', revids: ids }, { ctx, answer: Pages })).query?.pages?.[0]?.revisions ?? []
  const [one] = await read(String(revid))
  const [before] = one && one.parentid > 0 ? await read(String(one.parentid)) : []
  return unsignedIn(before?.slots?.main?.content ?? '', one?.slots?.main?.content ?? '')
}

/**
 * Compare-and-swap. Whether it is there already is looked up first, by the mark in the summary: the wiki would merge a repeat
 * into a page that was changed meanwhile, and write it again where it was undone.
 */
async function send(wire: Wire, { settings }: At, ctx: Ctx): Promise<Receipt> {
  if (wire.base === null || wire.whole === null) throw new ChannelError({ kind: 'stale' })
  const which = whichOf(wire)
  const done = async (): Promise<Receipt | undefined> => {
    const page = await isDone(which, wire.mark, { settings, ctx })
    return page?.pageid === undefined ? undefined : receiptOf(wire, { pageid: page.pageid, title: page.title }, settings)
  }
  let token = ''
  try {
    const before = await done()
    if (before) return before
    const now = await look(which, settings, ctx)
    // Not what it was written on: nothing is sent that the wiki would have to merge.
    if (now.base !== wire.base) throw new ChannelError({ kind: 'stale' })
    token = now.token
  } catch (error) { throw unwritten(error) }
  const page: Edit['page'] = 'titles' in which ? { title: which.titles } : { pageid: which.pageids }
  const edit = { page, text: wire.whole, summary: wire.summary, base: wire.base }
  try { return receiptOf(wire, await write({ ...edit, token }, settings, ctx), settings) } catch (error) {
    if (codeIn(error) === 'badtoken') return receiptOf(wire, await write({ ...edit, token: (await look(which, settings, ctx)).token }, settings, ctx), settings)
    if (!(error instanceof ChannelError) || error.trouble.kind !== 'stale') throw error
    return await done() ?? await Promise.reject(error)
  }
}

/** Of what went before the edit nothing can have been written. */
const unwritten = (error: unknown): unknown => (error instanceof ChannelError && error.trouble.kind === 'unknown' ? new ChannelError({ kind: 'unreached' }, error) : error)

/** Moved or written on by others it is still there; what was deleted, emptied or withdrawn is not. */
async function stands(ref: Ref, { settings }: At, ctx: Ctx): Promise<'there' | 'absent'> {
  const at = placeIn(ref.id)
  const now = at && await look({ pageids: at.page }, settings, ctx)
  if (!now || now.page.missing) return 'absent'
  const text = at.mark === undefined ? now.text : marked(now.text, at.mark)?.text ?? ''
  return text.trim() === '' || Object.values(withdrawn).some((words) => text.includes(`''${words}''`)) ? 'absent' : 'there'
}

const tries = 4
/** Changes a page on its newest revision; when somebody was quicker, on theirs. */
async function change(which: Which, { settings, ctx, summary, by }: { readonly settings: Settings; readonly ctx: Ctx; readonly summary: string; readonly by: (now: Look) => string | undefined | Promise<string | undefined> }): Promise<void> {
  for (let n = 1; ; n++) {
    const now = await look(which, settings, ctx)
    const text = now.page.missing ? undefined : await by(now)
    if (text === undefined || text === now.text) return
    try { return void await write({ page: { pageid: now.page.pageid ?? 0 }, text, summary, base: now.base, token: now.token }, settings, ctx) } catch (error) {
      if (!(error instanceof ChannelError) || error.trouble.kind !== 'stale' || n === tries) throw error
    }
  }
}

/** A whole page is changed only while nobody else has written on it. */
function ownPage({ page }: Look, settings: Settings): void {
  if (page.revisions?.[0]?.user !== settings.userName) throw refused('others-edited')
}
const marked = (text: string, mark: string | undefined): Said | undefined => saidIn(text).find((one) => one.mark !== undefined && one.mark === mark)

async function revise(ref: Ref, wire: Wire, { settings }: At, ctx: Ctx): Promise<void> {
  const at = placeIn(ref.id)
  if (!at) throw refused(gone)
  await change({ pageids: at.page }, { settings, ctx, summary: wire.summary, by: (now) => {
    if (at.mark === undefined) { ownPage(now, settings); return wire.text }
    const one = marked(now.text, at.mark)
    if (!one) throw refused(gone)
    const lines = now.text.split('\n')
    // The signature stays as it was: it says when it was first said.
    const signed = /<!-- stoa:[0-9a-f]{12} -->.*$/.exec(lines[one.end - 1]!)?.[0] ?? '~~~~'
    const fresh = wire.is === 'section' ? sectionLines({ ...wire, mark: at.mark }) : answerLines({ ...wire, mark: at.mark }, one.indent)
    const resigned = fresh.map((line, n) => (n === fresh.length - 1 ? line.replace(/<!-- stoa:.*$/, () => signed) : line))
    return replaced(now.text, { start: wire.is === 'section' ? one.headed ?? one.start : one.start, end: one.end }, resigned)
  } })
}

/** Deleted where we may; else a note stands in its place, with the sign that asks those who may. */
async function retract(ref: Ref, wire: Wire, { settings }: At, ctx: Ctx): Promise<void> {
  const at = placeIn(ref.id)
  if (!at) return
  const note = `''${withdrawn[wire.lang]}''`
  const summary = `${withdrawn[wire.lang]} (stoa:${markOf(`${wire.key} withdrawn`)})`
  if (at.mark !== undefined) {
    return await change({ pageids: at.page }, { settings, ctx, summary, by: (now) => {
      const one = marked(now.text, at.mark)
      if (!one || one.text.includes(note)) return undefined
      const signed = /<!-- stoa:[0-9a-f]{12} -->.*$/.exec(now.text.split('\n')[one.end - 1]!)?.[0] ?? ''
      return replaced(now.text, one, [`${':'.repeat(one.indent)}${one.indent > 0 ? ' ' : ''}${note} ${signed}`])
    } })
  }
  if (settings.mayDelete) return await remove(at.page, summary, { settings, ctx })
  await change({ pageids: at.page }, { settings, ctx, summary, by: (now) => {
    if (now.text.startsWith('{{delete}}')) return undefined
    ownPage(now, settings)
    return `{{delete}}\n${note}`
  } })
}

async function remove(pageid: number, reason: string, { settings, ctx }: { readonly settings: Settings; readonly ctx: Ctx }): Promise<void> {
  const now = await look({ pageids: pageid }, settings, ctx)
  if (now.page.missing || now.base === 0) return
  ownPage(now, settings)
  await ask(settings, { action: 'delete', pageid, reason, token: now.token, maxlag: 5 }, { ctx, answer: Done }).catch((error: unknown) => {
    if (codeIn(error) !== 'missingtitle' && codeIn(error) !== 'nosuchpageid') throw error
  })
}
