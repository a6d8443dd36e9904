// How well the spam filter tells spam from honest words, on public sets. The sets stand beside the project, in ../shared/data, and are no part of it.
// The rules were written while looking at one half of each set (`written`); the figures are of the other half.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { weigh } from '#text/spam/weigh.ts'
import { report } from './run.mjs'

const data = resolve(import.meta.dirname, '../../shared/data')
const need = ['sms_spam/dev.csv', 'youtube_comment_spam/comments.csv', 'twcs_sample/twcs_sample.csv', 'twitter_airline/dev.csv', 'forum_discourse/topics', 'el_en_tatoeba/pairs.csv', 'el_ogtd/dev_train.csv']
const missing = need.filter((one) => !existsSync(join(data, one)))
if (missing.length > 0) {
  console.error(`measure:spam needs the public sets beside the project, in ../shared/data. Not there: ${missing.join(', ')}`)
  process.exit(2)
}

interface Said { readonly text: string; readonly spam: boolean; readonly written: boolean }
interface Set { readonly lang: 'en' | 'el'; readonly kind: string; readonly all: readonly Said[] }
const rows = (path: string): Record<string, string>[] => parse(readFileSync(join(data, path)), { columns: true, relax_column_count: true, relax_quotes: true, bom: true }) as Record<string, string>[]
const isWritten = (text: string): boolean => createHash('sha256').update(text).digest()[0]! % 2 === 0
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('\ufeff', '').trim()
/** Twitter writes a picture as a link to itself at the end; that is nothing anybody typed. */
const honest = (text: string): Said => ({ text: text.replace(/https?:\/\/t\.co\/\w+/g, '').trim(), spam: false, written: isWritten(text) })

interface Topic { readonly post_stream: { readonly posts: readonly { readonly cooked: string }[] } }
const topics = readdirSync(join(data, 'forum_discourse/topics')).map((name) => JSON.parse(readFileSync(join(data, 'forum_discourse/topics', name), 'utf8')) as Topic)
const sets: Readonly<Record<string, Set>> = {
  youtube: { lang: 'en', kind: 'comments under a video', all: rows('youtube_comment_spam/comments.csv').map((row) => ({ text: plain(row['CONTENT']!), spam: row['CLASS'] === '1', written: row['video'] === 'Psy' })) },
  sms: { lang: 'en', kind: 'text messages', all: rows('sms_spam/dev.csv').map((row) => ({ text: row['text']!, spam: row['label'] === 'spam', written: isWritten(row['text']!) })) },
  customers: { lang: 'en', kind: 'customers’ questions', all: rows('twcs_sample/twcs_sample.csv').filter((row) => row['inbound'] === 'True').map((row) => honest(row['text']!)) },
  airlines: { lang: 'en', kind: 'complaints', all: rows('twitter_airline/dev.csv').map((row) => honest(row['text']!)) },
  forum: { lang: 'en', kind: 'posts of a forum', all: topics.flatMap((topic) => topic.post_stream.posts.map((post) => honest(plain(post.cooked)))) },
  sentencesEn: { lang: 'en', kind: 'sentences', all: rows('el_en_tatoeba/pairs.csv').map((row) => honest(row['en']!)) },
  sentencesEl: { lang: 'el', kind: 'sentences', all: rows('el_en_tatoeba/pairs.csv').map((row) => honest(row['el']!)) },
  tweetsEl: { lang: 'el', kind: 'tweets, many of them rude', all: rows('el_ogtd/dev_train.csv').map((row) => honest(row['tweet']!)) },
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000)
function figuresOf(all: readonly Said[]) {
  const read = all.map((one) => ({ ...one, is: weigh(one.text).is }))
  const of = (spam: boolean, held: (is: string) => boolean) => read.filter((one) => one.spam === spam && held(one.is)).length
  const [spam, fine] = [of(true, () => true), of(false, () => true)]
  const [caught, wrongly] = [of(true, (is) => is !== 'fine'), of(false, (is) => is !== 'fine')]
  const [surely, wronglySurely] = [of(true, (is) => is === 'certain'), of(false, (is) => is === 'certain')]
  return { spam, honest: fine, precision: spam === 0 ? null : share(caught, caught + wrongly), recall: share(caught, spam), falsePositives: share(wrongly, fine), certain: { precision: spam === 0 ? null : share(surely, surely + wronglySurely), recall: share(surely, spam), falsePositives: share(wronglySurely, fine) } }
}

const show = process.argv[2]
if (show !== undefined) {
  // What the rules get wrong in the half they were written with; the other half is not to be looked at.
  for (const one of sets[show]!.all.filter((said) => said.written)) {
    const verdict = weigh(one.text)
    if ((verdict.is !== 'fine') !== one.spam) console.log(`${one.spam ? 'missed' : 'WRONGLY'} ${verdict.score} ${verdict.signs.map((sign) => `${sign.sign}(${sign.words.join('|')})`).join(' ')} :: ${one.text.slice(0, 160).replace(/\s+/g, ' ')}`)
  }
}

const perSet = Object.fromEntries(Object.entries(sets).map(([name, { lang, kind, all }]) => [name, { lang, kind, written: figuresOf(all.filter((one) => one.written)), reported: figuresOf(all.filter((one) => !one.written)) }]))
const reported = Object.values(sets).flatMap(({ all }) => all.filter((one) => !one.written))
const times = reported.map(({ text }) => { const from = performance.now(); weigh(text); return performance.now() - from }).toSorted((a, b) => a - b)
const worst = ['http://a.gr/ '.repeat(400), 'check '.repeat(700), 'δείτε το '.repeat(500), 'а1a'.repeat(1_400)].map((text) => { weigh(text); const from = performance.now(); weigh(text); return performance.now() - from })
const wrongly = (lang: 'en' | 'el') => { const all = Object.values(sets).filter((one) => one.lang === lang).flatMap((one) => one.all.filter((said) => !said.written && !said.spam)); return share(all.filter((one) => weigh(one.text).is !== 'fine').length, all.length)! }
const two = (figure: number): number => Math.round(figure * 1_000) / 1_000
report({
  name: 'spam',
  figures: {
    commentsPrecision: perSet['youtube']!.reported.precision!, commentsRecall: perSet['youtube']!.reported.recall!, smsPrecision: perSet['sms']!.reported.precision!, smsRecall: perSet['sms']!.reported.recall!,
    falsePositivesEn: wrongly('en'), falsePositivesEl: wrongly('el'), medianMs: two(times[Math.floor(times.length / 2)]!), p99Ms: two(times[Math.floor(times.length * 0.99)]!), worstMs: two(Math.max(...worst)), sets: perSet,
  },
  targets: { commentsPrecision: { min: 0.98 }, commentsRecall: { min: 0.6 }, smsPrecision: { min: 0.95 }, falsePositivesEn: { max: 0.01 }, falsePositivesEl: { max: 0.005 }, p99Ms: { max: 1 } },
})
