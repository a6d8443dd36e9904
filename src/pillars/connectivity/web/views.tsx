import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { counts, type Counts } from './calls.ts'
import { Filters } from './filters.tsx'
import css from './inbox.module.css'
import { BellSettings } from './bell.tsx'
import { SavedFilters } from './saved.tsx'
import { viewOf, views, type Place, type View } from './place.ts'
import { words } from './words/words.ts'

const useCounts = () => useQuery({ queryKey: ['conversations', 'counts'], queryFn: counts }).data
const numberOf = (view: View, known: Counts | undefined): number | undefined => (view === 'done' || view === 'due' ? undefined : known?.[view])
const presses: ReadonlySet<View> = new Set(['held', 'mine', 'mentioned'])

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
              <Number value={numberOf(view, known)} isPressing={presses.has(view)} />
            </Link>
          </li>
        ))}
      </ul>
      <SavedFilters place={place} />
      <div className={css.filters}><Filters place={place} /></div>
      <BellSettings />
    </nav>
  )
}

function Number({ value, isPressing }: { value: number | undefined; isPressing: boolean }) {
  const { lang } = useLang()
  if (!value) return null
  return <span className={`${css.number} ${isPressing ? css.pressing : ''}`}>{value.toLocaleString(lang)}</span>
}

/** The views as one choice, where there is no room for a column. */
export function ViewChoice({ place }: { place: Place }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const known = useCounts()
  const { lang } = useLang()
  const choices = views.map((view) => {
    const count = numberOf(view, known)
    return { value: view, label: count ? `${t(`inbox.views.${view}`)} (${count.toLocaleString(lang)})` : t(`inbox.views.${view}`) }
  })
  return (
    <NativeSelect
      size="xs" aria-label={t('inbox.views.label')} data={choices} value={viewOf(place)} style={{ flex: 1 }}
      onChange={(event) => void navigate({ to: '/inbox', search: (before) => ({ ...before, view: event.target.value as View, c: undefined }) })}
    />
  )
}
