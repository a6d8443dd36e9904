import { useWords } from './words.ts'
import { words } from './own-words.ts'

interface Line { points: readonly (number | null)[]; colour: string; show: (value: number) => string; width?: number; height?: number }

/** A small trend line with the last value as its label; days without a figure leave a gap. */
export function Spark({ points, colour, show, width = 220, height = 44 }: Line) {
  const t = useWords(words)
  const known = points.flatMap((value, place) => (value === null ? [] : [{ value, place }]))
  const last = known.at(-1)
  if (!last || !known[0]) return null
  const low = Math.min(...known.map((point) => point.value))
  const high = Math.max(...known.map((point) => point.value))
  const x = (place: number) => 2 + (place / Math.max(1, points.length - 1)) * (width - 8)
  const y = (value: number) => (high === low ? height / 2 : 4 + (1 - (value - low) / (high - low)) * (height - 8))
  const path = points.reduce((sofar, value, place) => (value === null ? sofar : `${sofar}${sofar === '' || points[place - 1] === null ? 'M' : 'L'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`), '')
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" style={{ maxWidth: '100%', overflow: 'visible' }}
      aria-label={t('trend', { first: show(known[0].value), last: show(last.value), low: show(low), high: show(high) })}>
      <path d={path} fill="none" stroke={colour} strokeWidth="1.75" strokeLinejoin="round" strokeLinecap="round" />
      <circle cx={x(last.place)} cy={y(last.value)} r="3" fill={colour} stroke="var(--raised)" strokeWidth="1.5" />
    </svg>
  )
}
