import type { Both } from '#kit/lang.ts'

const dayMs = 24 * 3_600_000
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Orthodox Easter Sunday by today's calendar, for the years 1900 to 2099: Meeus' way of counting, and the thirteen days between the calendars. */
export function orthodoxEaster(year: number): string {
  const [a, b, c] = [year % 4, year % 7, year % 19]
  const d = (19 * c + 15) % 30
  const e = (2 * a + 4 * b - d + 34) % 7
  const sum = d + e + 114
  return dateOf(Date.UTC(year, Math.floor(sum / 31) - 1, sum % 31 + 1) + 13 * dayMs)
}

interface Holiday { readonly date: string; readonly name: Both }
const fixed: readonly (readonly [string, string, string])[] = [
  ['01-01', 'New Year’s Day', 'Πρωτοχρονιά'], ['01-06', 'Epiphany', 'Θεοφάνια'], ['03-25', 'Independence Day', 'Ευαγγελισμός και Εθνική Εορτή'], ['05-01', 'Labour Day', 'Πρωτομαγιά'],
  ['08-15', 'Dormition of the Mother of God', 'Κοίμηση της Θεοτόκου'], ['10-28', 'Ohi Day', 'Επέτειος του Όχι'], ['12-25', 'Christmas Day', 'Χριστούγεννα'], ['12-26', 'Second day of Christmas', 'Σύναξη της Θεοτόκου'],
]
const moving: readonly (readonly [number, string, string])[] = [
  [-48, 'Clean Monday', 'Καθαρά Δευτέρα'], [-2, 'Good Friday', 'Μεγάλη Παρασκευή'], [0, 'Easter Sunday', 'Κυριακή του Πάσχα'], [1, 'Easter Monday', 'Δευτέρα του Πάσχα'], [50, 'Whit Monday', 'Αγίου Πνεύματος'],
]

/** The public holidays of Greece in a year, in their order. */
export function greekHolidays(year: number): readonly Holiday[] {
  const easter = Date.parse(orthodoxEaster(year))
  return [
    ...fixed.map(([date, en, el]) => ({ date: `${year}-${date}`, name: { en, el } })),
    ...moving.map(([days, en, el]) => ({ date: dateOf(easter + days * dayMs), name: { en, el } })),
  ].toSorted((a, b) => a.date.localeCompare(b.date))
}
