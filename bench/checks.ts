import type { Intent } from '#kit/events.ts'
import type { Recent, Writing } from '#kit/pillar.ts'
import { checks as connectivity } from '#pillars/connectivity/checks.ts'
import { checks as generosity } from '#pillars/generosity/checks.ts'
import { checks as honesty } from '#pillars/honesty/checks.ts'
import { checks as imagination } from '#pillars/imagination/checks.ts'
import { checks as personality } from '#pillars/personality/checks.ts'
import { report } from './run.mjs'

// How long all checks take on a draft of 3,000 characters beside 100 recent posts, while somebody types: the text is another each time.
const checks = [...connectivity, ...generosity, ...honesty, ...personality, ...imagination]
const sentences = [
  'Το ψωμί σίκαλης βγαίνει από τον φούρνο στις επτά κάθε πρωί.',
  'Το ζυμώνουμε με αλεύρι ολικής από τα Καλάβρυτα και **θαλασσινό** αλάτι.',
  'Η Μαρία ταΐζει το προζύμι δύο φορές τη μέρα, π.χ. στις 6 π.μ. και στις 6 μ.μ.',
  'Our rye is out of the oven, and [the recipe](https://fournos.gr/rye) is here.',
  'We made a mistake with the labels on Tuesday; Nikos called everyone.', 'Ο Νίκος λέει «δεν υπάρχει βιασύνη» και έχει δίκιο.',
  'Bread stays fresh in linen, never in plastic.',
]
const draft = (turn: number, length: number): string => {
  let text = `Σκέψη ${turn}. `
  for (let place = turn; text.length < length; place++) text += `${sentences[place % sentences.length]}${place % 5 === 4 ? '\n\n' : ' '}`
  return text.slice(0, length)
}
const intents: readonly Intent[] = ['give', 'give', 'talk', 'ask', 'give']
const recent: readonly Recent[] = Array.from({ length: 100 }, (_, turn) => ({
  id: `post-${turn}`, title: `Ανάρτηση ${turn}`, text: draft(turn * 3, 1_000), intent: intents[turn % intents.length]!,
    at: '2026-04-20T09:00:00Z', format: 'note',
}))
const writing = (kind: 'post' | 'reply', turn: number): Writing => ({
  kind, lang: 'el', title: '', text: draft(turn, 3_000), intent: kind === 'post' ? 'ask' : 'talk', format: 'note',
    author: { name: 'Μαρία', signOff: 'Μαρία' }, siteName: 'Φούρνος της Ελένης', recent,
  ...(kind === 'reply' ? { answering: { text: 'Κάνετε ψωμί σίκαλης χωρίς γλουτένη;', name: 'Νίκος' } } : {}),
  goesOutAt: '2026-05-04T09:00:00Z', zone: 'Europe/Athens', duty: [{ day: 1, from: 420, to: 900 }], settings: { asksInRow: 2,
    givePerAsk: 3, similarity: 0.6 },
})

function time(kind: 'post' | 'reply', turns: number, first: number): readonly number[] {
  return Array.from({ length: turns }, (_, turn) => {
    const given = writing(kind, first + turn)
    const start = performance.now()
    for (const check of checks) check.look(given)
    return performance.now() - start
  }).toSorted((a, b) => a - b)
}
const at = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.min(sorted.length - 1,
  Math.floor(sorted.length * share))]! * 100) / 100

time('post', 30, 0)
time('reply', 30, 1_000)
const posts = time('post', 200, 2_000)
const replies = time('reply', 200, 3_000)
const figures = { checks: checks.length, postMedianMs: at(posts, 0.5), postP95Ms: at(posts, 0.95), replyMedianMs: at(replies, 0.5),
  replyP95Ms: at(replies, 0.95) }
report({ name: 'checks', figures, targets: { postP95Ms: { max: 10 }, replyP95Ms: { max: 10 } } })
