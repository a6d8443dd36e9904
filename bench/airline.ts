import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

// A file shaped like a public set of tweets to airlines, made up row by row, the same each time.
const airlines = ['Aegean', 'Sky Ithaca', 'Olympian', 'Delos Air', 'Meltemi', 'Pelagos']
const asks = ['where is my bag', 'why is my flight late again', 'can you rebook me for tomorrow', 'is there a vegetarian meal', 'how do I get a refund', 'πού είναι η βαλίτσα μου', 'γιατί καθυστερεί πάλι η πτήση', 'μπορώ να αλλάξω θέση', 'πότε θα επιστραφούν τα χρήματα', 'έχει πρωινό η πτήση']
const says = ['thank you for the kind crew', 'you were amazing', 'worst service ever', 'the seats are great', 'nobody answers the phone', 'ευχαριστώ για την εξυπηρέτηση', 'απαράδεκτη αναμονή στο γκισέ', 'το πλήρωμα ήταν υπέροχο', 'τρεις ώρες στο τηλέφωνο', 'όμορφη πτήση, όλα στην ώρα τους']
const places = ['Athens', 'Patras', 'Chania', 'Rhodes', 'London', 'Θεσσαλονίκη', 'Κέρκυρα', 'Ηράκλειο', 'Μύκονος', 'Ιωάννινα']

/** Numbers that look like chance and are the same in every run (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Writes the file; a time stands in the United States' order, as in the set it is shaped after. */
export async function writeAirlineFile(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path)
  const random = dice(7)
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!
  out.write('tweet_id,airline_sentiment,negativereason,airline,text,tweet_created\n')
  for (let row = 0; row < rows; row++) {
    const [airline, negative] = [pick(airlines), random() < 0.6]
    const text = `@${airline.replaceAll(' ', '')} ${random() < 0.5 ? `${pick(asks)}?` : `${pick(says)}!`} ${pick(places)} to ${pick(places)}, seat ${Math.floor(random() * 40)}${pick(['A', 'B', 'C'])}, "ref ${Math.floor(random() * 1e6)}"`
    const created = `${2 + Math.floor(random() * 2)}/${13 + Math.floor(random() * 15)}/2015 ${Math.floor(random() * 24)}:${String(Math.floor(random() * 60)).padStart(2, '0')}`
    const line = `${570_000_000_000_000 + row}${String(Math.floor(random() * 1000)).padStart(3, '0')},${negative ? 'negative' : 'positive'},${negative ? 'Late Flight' : ''},${airline},"${text.replaceAll('"', '""')}",${created}\n`
    if (!out.write(line)) await new Promise<void>((done) => { out.once('drain', () => done()) })
  }
  out.end()
  await finished(out)
}
