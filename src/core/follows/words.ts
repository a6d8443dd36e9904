import type { Lang } from '#kit/lang.ts'

const en = {
  confirmSubject: (site: string) => `${site}: letters about answers to your comment`,
  confirm: (place: string, link: string) => `Somebody, we hope you, asked for a letter when your comment is answered:\n${place}\n\nConfirm it here:\n${link}\n\nIf it was not you, do nothing: no letter comes.`,
  subject: (name: string, site: string) => `${name} answered your comment on ${site}`,
  answered: (name: string, text: string, place: string) => `${name} writes:\n\n${text}\n\nRead it in its place and answer:\n${place}`,
}
const el: typeof en = {
  confirmSubject: (site) => `${site}: μηνύματα για απαντήσεις στο σχόλιό σας`,
  confirm: (place, link) => `Κάποιος, ελπίζουμε εσείς, ζήτησε μήνυμα όταν απαντηθεί το σχόλιό σας:\n${place}\n\nΕπιβεβαιώστε το εδώ:\n${link}\n\nΑν δεν ήσασταν εσείς, μην κάνετε τίποτα: δεν θα έρθει κανένα μήνυμα.`,
  subject: (name, site) => `Απάντηση στο σχόλιό σας: ${name}, ${site}`,
  answered: (name, text, place) => `${name}:\n\n${text}\n\nΔείτε το στη θέση του και απαντήστε:\n${place}`,
}
export const wordsOf: Readonly<Record<Lang, typeof en>> = { en, el }
