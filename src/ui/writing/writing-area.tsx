import { useImperativeHandle, useRef, type ComponentProps, type Ref } from 'react'
import type { Finding } from '#kit/pillar.ts'
import { heaviest, nameOf, stretches } from './places.ts'
import styles from './writing-area.module.css'

export interface WritingHandle {
  focus(): void
  /** Puts the caret on a place of the text and shows it. */
  goTo(place: readonly [start: number, end: number]): void
}

type Area = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'>
interface Given extends Area {
  readonly text: string
  readonly findings: readonly Finding[]
  /** The finding shown as chosen, by its name. */
  readonly chosen?: string | undefined
  /** From here on it is too long for where it goes. */
  readonly overAt?: number | undefined
  readonly onText: (text: string) => void
  /** The caret came to stand on this finding. */
  readonly onFinding?: (name: string | undefined) => void
  readonly handle?: Ref<WritingHandle>
}

/**
 * A text area that grows with its text and underlines what the pillars found.
 * The underlined copy lies beneath in the same grid cell: it gives the height, so the two never scroll apart.
 */
export function WritingArea({ text, findings, chosen, overAt, onText, onFinding, handle, className, ...area }: Given) {
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(handle, () => ({ focus: () => box.current?.focus(), goTo: (place) => goTo(box.current, place) }), [])
  const tellFinding = (caret: number) => onFinding?.(nameAt(caret, findings, text))
  return (
    <div className={`${styles.frame} ${className ?? ''}`}>
      <div className={styles.under} aria-hidden lang={area.lang}>
        {stretches(text, findings, overAt === undefined ? [] : [overAt]).map((piece) => {
          const shown = <Piece key={piece.start} {...piece} whole={text} chosen={chosen} />
          return overAt !== undefined && piece.start >= overAt ? <span key={piece.start} className={styles.over} data-over>{shown}</span> : shown
        })}
        {/* A last empty line takes its room only with something on it. */}
        {'\u200b'}
      </div>
      <textarea
        ref={box} className={styles.area} value={text} rows={1} spellCheck
        onChange={(event) => onText(event.currentTarget.value)}
        onSelect={(event) => tellFinding(event.currentTarget.selectionStart)}
        {...area}
      />
    </div>
  )
}

interface PieceOf { readonly text: string; readonly findings: readonly Finding[]; readonly whole: string; readonly chosen: string | undefined }

function Piece({ text, findings, whole, chosen }: PieceOf) {
  const first = heaviest(findings)
  if (!first) return <>{text}</>
  const isChosen = findings.some((finding) => nameOf(finding, whole) === chosen)
  return (
    <mark
      className={styles.mark} data-weight={first.weight} data-chosen={isChosen || undefined}
      style={{ ['--finding' as string]: `var(--pillar-${first.pillar}, var(--sea))` }}
    >
      {text}
    </mark>
  )
}

function nameAt(caret: number, findings: readonly Finding[], text: string): string | undefined {
  const found = heaviest(findings.filter(({ at }) => at[1] > at[0] && at[0] <= caret && caret <= at[1]))
  return found && nameOf(found, text)
}

function goTo(box: HTMLTextAreaElement | null, [start, end]: readonly [number, number]): void {
  if (!box) return
  box.focus()
  box.setSelectionRange(start, end)
}
