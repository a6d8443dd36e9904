import { ActionIcon, Anchor, Collapse } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { Spark } from '#ui/spark.tsx'
import { useWords } from '#ui/words.ts'
import type { SignalLine } from './calls.ts'
import { shown } from './figures.ts'
import css from './scorecard.module.css'
import { words } from './words.ts'

const Behind = lazy(async () => ({ default: (await import('./behind.tsx')).Behind }))

interface Row { signal: SignalLine; colour: string; campaignId: string | undefined; marked: boolean }

/** One figure: what it is, where it stands, how it moved, and a way to the events it is made of. */
export function SignalRow({ signal, colour, campaignId, marked }: Row) {
  const t = useWords(words)
  const { pick, lang } = useLang()
  const [defined, setDefined] = useState(marked)
  const [behind, setBehind] = useState(false)
  const here = useRef<HTMLDivElement>(null)
  useEffect(() => { if (marked) here.current?.scrollIntoView({ block: 'center' }) }, [marked])
  const name = pick(signal.name)
  const show = (value: number) => shown(value, signal.unit, lang)
  return (
    <div ref={here} className={`${css.signal} ${marked ? css.marked : ''}`}>
      <div className={css.line}>
        <div>
          <h3 className={css.signalName} style={{ fontSize: 15 }}>{name}</h3>
          <ActionIcon ml={4} size={24} aria-label={t('scorecard.definitionOf', { name })} aria-expanded={defined} onClick={() => setDefined(!defined)}><IconInfoCircle size={16} stroke={1.5} /></ActionIcon>
          <div className={css.quiet}>
            {t('scorecard.window', { days: signal.windowDays })}
            {signal.count > 0 ? <> · <Anchor component="button" type="button" size="sm" onClick={() => setBehind(true)}>{t('scorecard.behind', { count: signal.count })}</Anchor></> : null}
          </div>
        </div>
        <div>
          {signal.value === null
            ? <span className={css.few}>{t('scorecard.few', { count: signal.count, enough: signal.enough })}</span>
            : <span className={css.figure}>{show(signal.value)}</span>}
          {signal.before === null ? null : <div className={css.quiet}>{t('scorecard.wasBefore', { value: show(signal.before) })}</div>}
        </div>
        <div className={css.trend}><Spark points={signal.trend.map((point) => point.value)} colour={colour} show={show} /></div>
      </div>
      <Collapse expanded={defined}>
        <div className={css.definition}>
          <p>{pick(signal.definition)}</p>
          <p className={css.quiet}>{t('scorecard.scale', { good: show(signal.good), bad: show(signal.bad) })} · {t('scorecard.share', { share: signal.share })}</p>
        </div>
      </Collapse>
      <Suspense>{behind ? <Behind signal={signal} campaignId={campaignId} close={() => setBehind(false)} /> : null}</Suspense>
    </div>
  )
}
