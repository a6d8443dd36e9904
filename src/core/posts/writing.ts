import type { Finding, Writing } from '#kit/pillar.ts'
import type { Db } from '#db/database.ts'
import { nearest } from '#text/similarity.ts'
import type { House } from '../house.ts'
import { personOf } from '../members/store.ts'
import { review, rulesOf } from '../writing/rules.ts'
import { surroundings } from '../writing/store.ts'
import { faces, placeIn, wholeText, type Saying } from './rules.ts'
import type { Post } from './store.ts'
import type { Reviewed } from './tables.ts'

/** A finding, the accounts whose words it is about (none: the shared words of a post that goes nowhere yet), and the part it lies in; the comment under the post comes last. */
export interface Placed extends Finding { readonly accountIds: readonly string[]; readonly part: number }
export interface Reading { readonly findings: readonly Placed[]; readonly reviewed: Reviewed }

interface Read { readonly saying: Saying; readonly writing: Writing; readonly findings: readonly Placed[] }

/** What the pillars say about each wording of a post: a stop in any of them holds the whole. */
export async function readPost(db: Db, house: Pick<House, 'pillars'>, { post, at, now }: { readonly post: Post; readonly at: Date; readonly now: Date }): Promise<Reading> {
  const around = await surroundings(db, now, post.id)
  const person = await personOf(db, post.authorId)
  const { holds, off, ...settings } = around.settings
  const read = faces(post).map((saying): Read => {
    const whole = wholeText(saying.face)
    const writing: Writing = {
      kind: 'post', lang: post.lang, title: saying.face.title, text: whole.text, intent: post.intent, format: post.format, siteName: around.siteName, recent: around.recent,
      author: person ? { name: person.name, signOff: person.signOff ?? '' } : undefined, goesOutAt: at.toISOString(), zone: around.zone, duty: around.duty, watch: around.watch, settings,
    }
    const findings = review(house.pillars, writing, { holds, off }).map((finding) => ({ ...finding, ...placeIn(whole, finding.at), accountIds: saying.accountIds }))
    return { saying, writing, findings }
  })
  return { findings: read.flatMap((one) => one.findings), reviewed: seenIn(read) }
}

// The nearest of all wordings counts, and a post invites when each of its wordings does.
function seenIn(read: readonly Read[]): Reviewed {
  const nears = read.flatMap(({ writing }) => nearest(`${writing.title}\n${writing.text}`, writing.recent.map((one) => ({ ...one, text: `${one.title}\n${one.text}` }))) ?? [])
  const near = nears.toSorted((a, b) => b.similarity - a.similarity)[0]
  const findings = read.flatMap((one) => one.findings)
  return { findings: rulesOf(findings), similarity: near?.similarity ?? 0, similarTo: near?.item.id ?? null, invites: !findings.some((one) => one.rule === 'invites-nobody') }
}
