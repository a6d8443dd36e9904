import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { counts, type Counts } from './calls.ts'
import { Filters } from './filters.tsx'
import css from './inbox.module.css'
import { BellList } from './bell.tsx'
import { SavedFilters } from './saved.tsx'
import { viewOf, views, type Place, type View } from './place.ts'
import { words } from './words/words.ts'

const useCounts = () => useQuery({ queryKey: ['conversations', 'counts'], queryFn: counts, refetchInterval: 60_000 }).data
const numberOf = (view: View, known: Counts | undefined): number | undefined => (view === 'done' ? undefined : known?.[view])
const presses: ReadonlySet<View> = new Set(['held', 'mine', 'mentioned', 'due'])

// What is about to be missed is counted as far as anybody reads the figure.
const mostDue = 99
const figureOf = (value: number, lang: string, most = Infinity): string => (value > most ? `${most.toLocaleString(lang)}+` : value.toLocaleString(lang))

/** The views with their live counters, and under them the filters. */
export function Views({ place }: { place: Place }) {
  const t = useWords(words)
  const known = useCounts()
  return (
    <nav className={css.views} aria-label={t('inbox.views.label')}>
      <h1 className={css.screenTitle}>{t('inbox.title')}</h1>
      <ul className={css.viewList}>
        {views.map((view) => (
          <li key={view}>
            <Link
              to="/inbox" search={(before) => ({ ...before, view, c: undefined })} className={css.view}
              activeProps={{}} aria-current={viewOf(place) === view ? 'page' : undefined}
            >
              <span>{t(`inbox.views.${view}`)}</span>
              <Number value={numberOf(view, known)} isPressing={presses.has(view)} most={view === 'due' ? mostDue : undefined} says={view === 'due' ? t('inbox.dueSoon') : undefined} />
            </Link>
          </li>
        ))}
      </ul>
      <SavedFilters place={place} />
      <div className={css.filters}><Filters place={place} /></div>
      <BellList />
    </nav>
  )
}

interface Figure { readonly value: number | undefined; readonly isPressing: boolean; /** It is counted no further than this. */ readonly most?: number | undefined; readonly says?: string | undefined }
function Number({ value, isPressing, most, says }: Figure) {
  const { lang } = useLang()
  if (!value) return null
  return <span className={`${css.number} ${isPressing ? css.pressing : ''}`} title={says}>{figureOf(value, lang, most)}</span>
}

/** The views as one choice, where there is no room for a column. */
export function ViewChoice({ place }: { place: Place }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const known = useCounts()
  const { lang } = useLang()
  const choices = views.map((view) => {
    const count = numberOf(view, known)
    return { value: view, label: count ? `${t(`inbox.views.${view}`)} (${figureOf(count, lang, view === 'due' ? mostDue : undefined)})` : t(`inbox.views.${view}`) }
  })
  return (
    <NativeSelect
      size="xs" aria-label={t('inbox.views.label')} data={choices} value={viewOf(place)} style={{ flex: 1 }}
      onChange={(event) => void navigate({ to: '/inbox', search: (before) => ({ ...before, view: event.target.value as View, c: undefined }) })}
    />
  )
}
