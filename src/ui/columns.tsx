import { Tooltip } from '@mantine/core'
import css from './columns-mark.module.css'
import { floor, Pediment, pillarColour, tall, xOf } from './columns-mark.tsx'
import { useWords } from './words.ts'
import { words } from './own-words.ts'

/** One column: a pillar and its score of 0 to 100; null while there is not enough to say. */
export interface Column { readonly id: string; readonly name: string; readonly score: number | null; readonly why?: string }

/** The scorecard's mark: each column as high as its score; hover and focus tell why. `bare` where the whole is one link. */
export function Columns({ columns, size = 320, bare = false }: { columns: readonly Column[]; size?: number; bare?: boolean }) {
  const t = useWords(words)
  const tell = (column: Column) => (column.score === null ? t('columns.none', { pillar: column.name }) : t('columns.score', { pillar: column.name, score: Math.round(column.score) }))
  return (
    <svg viewBox="0 0 64 49" width={size} className={css.mark} role="group" aria-label={t('columns.label')} style={{ maxWidth: '100%', height: 'auto' }}>
      <Pediment />
      {columns.map((column, place) => {
        const height = column.score === null ? tall : Math.max(1.2, (column.score / 100) * tall)
        const says = `${tell(column)}${column.why ? `. ${column.why}` : ''}`
        const x = xOf(place, columns.length)
        return (
          <Tooltip key={column.id} label={says} multiline maw={280} openDelay={80}>
            <g {...(bare ? {} : { tabIndex: 0 })} role="img" aria-label={says} className={css.one}>
              <rect className={css.ghost} x={x} y={floor - tall} width="7" height={tall} rx="1" opacity={column.score === null ? 0 : 0.55} />
              <rect className={column.score === null ? css.unknown : css.column} x={x} y={floor - height} width="7" height={height} rx="1" {...(column.score === null ? {} : { fill: pillarColour(column.id) })} />
              <rect className={css.hit} x={x - 1.5} y={floor - tall - 1} width="10" height={tall + 1} rx="1.5" />
            </g>
          </Tooltip>
        )
      })}
    </svg>
  )
}
