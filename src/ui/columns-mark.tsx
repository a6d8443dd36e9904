import css from './columns-mark.module.css'
import { useWords } from './words.ts'
import { words } from './own-words.ts'

const ids = ['connectivity', 'generosity', 'honesty', 'personality', 'imagination'] as const
// The five of the house have their colours; a team's own pillar is drawn in soft ink.
export const pillarColour = (id: string): string => (ids.some((known) => known === id) ? `var(--pillar-${id})` : 'var(--soft)')

export const tall = 30
export const floor = 44

export function Pediment() {
  return <><path className={css.roof} d="M32 1 62 12.2H2Z" /><rect className={css.base} x="3" y="45" width="58" height="3" rx="0.8" /></>
}

export const xOf = (place: number, count: number) => 6 + place * (52 / count) + (52 / count - 7) / 2

/** The logo: five whole columns under one pediment. While something loads they rise and fall. */
export function Mark({ size = 28, loading = false, label }: { size?: number; loading?: boolean; label?: string }) {
  return (
    <svg viewBox="0 0 64 49" width={size} height={(size * 49) / 64} className={`${css.mark} ${loading ? css.loading : ''}`} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <Pediment />
      {ids.map((id, place) => (
        <rect key={id} className={css.column} style={{ animationDelay: `${place * -180}ms` }} x={xOf(place, 5)} y={floor - tall} width="7" height={tall} rx="1" fill={pillarColour(id)} />
      ))}
    </svg>
  )
}

/** The loading state of a screen; it shows itself only when there is something to wait for. */
export function Waiting() {
  const t = useWords(words)
  return <div className={css.wait} role="status" aria-label={t('loading')}><Mark size={48} loading /></div>
}
