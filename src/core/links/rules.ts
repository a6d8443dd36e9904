import type { Both } from '#kit/lang.ts'

const machines = /bot\b|bot[/;)]|crawl|spider|slurp|preview|externalhit|cardyb|fetcher|scanner|monitor|^whatsapp\/|mastodon\/|pleroma|akkoma|misskey|friendica|curl\/|wget\/|python|go-http|java\/|okhttp|axios|node-fetch|undici|http\.rb|libwww|headless|lighthouse|^stoa/i
/** Whether what follows a link says it is a machine; one that says nothing of itself is taken for one. */
export const isMachine = (agent: string | undefined): boolean => !agent?.trim() || machines.test(agent)

/** What the counts of short links are, for whoever reads them. */
export const whatCounts: Both = {
  en: 'Clicks, not people: no cookie is set and no address is kept, so one person who clicks twice counts twice. Machines that say they are machines (previews, crawlers) are counted apart.',
  el: 'Κλικ, όχι άνθρωποι: δεν μπαίνει cookie και δεν κρατιέται καμία διεύθυνση, οπότε όποιος πατά δύο φορές μετρά δύο. Τα μηχανήματα που δηλώνουν ότι είναι μηχανήματα (προεπισκοπήσεις, ανιχνευτές) μετριούνται χωριστά.',
}
