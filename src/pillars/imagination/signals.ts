import type { Signal } from '#kit/pillar.ts'

const DAY = 86_400_000
/** The Monday (UTC) of an instant's week. */
export function mondayOf(at: string): string {
  const day = new Date(at)
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10)
}
const playFormats: readonly string[] = ['contest', 'promotion', 'game']

const freshness: Signal = {
  id: 'freshness',
  name: { en: 'Freshness', el: 'Φρεσκάδα' },
  definition: {
    en: 'How unlike anything we said in the 90 days before each post is, on average: 100 % when nothing repeats.',
    el: 'Πόσο διαφέρει κάθε ανάρτηση από όσα είπαμε τις 90 ημέρες πριν, κατά μέσο όρο: 100 % όταν τίποτα δεν επαναλαμβάνεται.',
  },
  unit: 'percent', fold: 'mean', windowDays: 30, good: 0.8, bad: 0.3, enough: 4, share: 3,
  on: ['post.published'],
  weigh(event) {
    if (event.name !== 'post.published') return undefined
    const alike = Math.round(event.data.similarity * 100)
    const because = { en: `${alike} % like the nearest earlier post.`, el: `${alike} % όμοια με την πιο κοντινή παλιότερη ανάρτηση.` }
    return { value: 1 - event.data.similarity, once: event.postId ?? event.data.publicationId, because }
  },
}

const rhythm: Signal = {
  id: 'rhythm',
  name: { en: 'Weeks with something new', el: 'Εβδομάδες με κάτι νέο' },
  definition: {
    en: 'Weeks (Monday to Sunday) in which we published at least once, of the four or five that the last 28 days touch.',
    el: 'Εβδομάδες (Δευτέρα ως Κυριακή) όπου δημοσιεύσαμε έστω μία φορά, από τις τέσσερις ή πέντε που αγγίζουν οι τελευταίες 28 ημέρες.',
  },
  unit: 'count', fold: 'sum', windowDays: 28, good: 4, bad: 0, enough: 1, share: 2,
  on: ['post.published'],
  weigh(event) {
    if (event.name !== 'post.published') return undefined
    const monday = mondayOf(event.at)
    return { num: 1, once: monday, because: { en: `Something new in the week of ${monday}.`, el: `Κάτι νέο την εβδομάδα από ${monday}.` } }
  },
}

const plays: Signal = {
  id: 'play-this-quarter',
  name: { en: 'Plays this quarter', el: 'Παιχνίδια του τριμήνου' },
  definition: {
    en: 'Contests, promotions and games among our posts of the last 90 days. One a month is where it should be.',
    el: 'Διαγωνισμοί, προσφορές και παιχνίδια στις αναρτήσεις των τελευταίων 90 ημερών. Ένα τον μήνα είναι ό,τι πρέπει.',
  },
  unit: 'count', fold: 'sum', windowDays: 90, good: 3, bad: 0, enough: 4, share: 2,
  on: ['post.published'],
  weigh(event) {
    if (event.name !== 'post.published') return undefined
    const play = playFormats.includes(event.data.format)
    const because = play ? { en: 'A play: something to take part in.', el: 'Ένα παιχνίδι: κάτι για να πάρει κανείς μέρος.' } : { en: 'A post, but not a play.', el: 'Ανάρτηση, όχι παιχνίδι.' }
    return { num: play ? 1 : 0, once: event.postId ?? event.data.publicationId, because }
  },
}

export const signals: readonly Signal[] = [freshness, rhythm, plays]
