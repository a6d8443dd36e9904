import type { Both } from '#kit/lang.ts'
import { isBlank } from '#kit/text.ts'
import type { Gap } from './rules.ts'
import type { Brief } from './tables.ts'

export const briefParts: Readonly<Record<keyof Brief, Both>> = {
  product: { en: 'the product', el: 'το προϊόν' },
  audience: { en: 'the audience', el: 'το κοινό' },
  competition: { en: 'the competition', el: 'ο ανταγωνισμός' },
  environment: { en: 'the environment', el: 'το περιβάλλον' },
  measures: { en: 'the measures of success', el: 'τα μέτρα επιτυχίας' },
  mixProduct: { en: 'the mix: product', el: 'το μείγμα: προϊόν' },
  mixPlace: { en: 'the mix: place', el: 'το μείγμα: σημεία διάθεσης' },
  mixPrice: { en: 'the mix: price', el: 'το μείγμα: τιμή' },
  mixPromotion: { en: 'the mix: promotion', el: 'το μείγμα: προώθηση' },
  mixPr: { en: 'the mix: public relations', el: 'το μείγμα: δημόσιες σχέσεις' },
}
export const emptyBrief: Brief = {
  product: '', audience: '', competition: '', environment: '', measures: '', mixProduct: '', mixPlace: '', mixPrice: '', mixPromotion: '', mixPr: '',
}

const startsOn: Gap = { id: 'startsOn', says: { en: 'the first day', el: 'η πρώτη ημέρα' } }
const endsOn: Gap = { id: 'endsOn', says: { en: 'the last day', el: 'η τελευταία ημέρα' } }
const objective: Gap = { id: 'objectives', says: { en: 'an objective with a live signal', el: 'ένας στόχος με ζωντανό δείκτη' } }

interface Planned { readonly brief: Brief; readonly startsOn: string | null; readonly endsOn: string | null; readonly objectives: readonly { readonly signal: string }[] }

/** Pure: what a campaign still lacks before it may go live, in the order of the brief. */
export function gapsOf(campaign: Planned, signals: readonly { readonly id: string }[]): Gap[] {
  const parts = Object.entries(briefParts).filter(([part]) => isBlank(campaign.brief[part as keyof Brief])).map(([id, says]) => ({ id, says }))
  const live = campaign.objectives.some(({ signal }) => signals.some(({ id }) => id === signal))
  return [...parts, ...(campaign.startsOn ? [] : [startsOn]), ...(campaign.endsOn ? [] : [endsOn]), ...(live ? [] : [objective])]
}
