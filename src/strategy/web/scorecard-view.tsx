import { useSuspenseQuery } from '@tanstack/react-query'
import { Columns } from '#ui/columns.tsx'
import { pillarColour } from '#ui/columns-mark.tsx'
import { useLang } from '#ui/lang.tsx'
import { clock } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { scorecardQuery, type PillarLine } from './calls.ts'
import css from './scorecard.module.css'
import { SignalRow } from './signal-row.tsx'
import { words } from './words.ts'

const whole = (score: number) => Math.round(score)

/** The five columns, and under them every figure they are made of. */
export function ScorecardView({ campaignId, signal }: { campaignId?: string | undefined; signal?: string | undefined }) {
  const t = useWords(words)
  const { pick, lang, zone } = useLang()
  const { data } = useSuspenseQuery(scorecardQuery(campaignId))
  return (
    <>
      <div className={css.hero}>
        <Columns size={380} columns={data.pillars.map((pillar) => ({ id: pillar.id, name: pick(pillar.name), score: pillar.score, why: pick(pillar.promise) }))} />
        <ul className={css.legend}>
          {data.pillars.map((pillar) => (
            <li key={pillar.id}>
              <a href={`#pillar-${pillar.id}`} onClick={(event) => { event.preventDefault(); document.getElementById(`pillar-${pillar.id}`)?.scrollIntoView({ block: 'start' }) }}>
                <span className={css.swatch} style={{ background: pillarColour(pillar.id) }} />
                <span><span className={css.name}>{pick(pillar.name)}</span><span className={css.promise}>{pick(pillar.promise)}</span></span>
                <span className={css.score}>{pillar.score === null ? '–' : whole(pillar.score)}<Change of={pillar} /></span>
              </a>
            </li>
          ))}
        </ul>
      </div>
      {data.pillars.map((pillar) => <Pillar key={pillar.id} pillar={pillar} campaignId={campaignId} marked={signal} />)}
      <p className={css.quiet}>{t('scorecard.lead')} {t('scorecard.asOf', { time: clock(new Date(data.computedAt), lang, zone) })}.</p>
    </>
  )
}

function Change({ of: { score, before } }: { of: Pick<PillarLine, 'score' | 'before'> }) {
  const t = useWords(words)
  if (score === null) return <span className={css.change}>{t('scorecard.none')}</span>
  if (before === null) return null
  const by = whole(score) - whole(before)
  return <span className={css.change}>{by > 0 ? t('scorecard.up', { by }) : by < 0 ? t('scorecard.down', { by: -by }) : t('scorecard.same')}</span>
}

function Pillar({ pillar, campaignId, marked }: { pillar: PillarLine; campaignId: string | undefined; marked: string | undefined }) {
  const t = useWords(words)
  const { pick } = useLang()
  return (
    <section id={`pillar-${pillar.id}`} className={css.pillar} aria-label={pick(pillar.name)}>
      <div className={css.pillarHead} style={{ '--pillar': pillarColour(pillar.id) }}>
        <h2 className={css.pillarTitle}>{pick(pillar.name)}</h2>
        <span className={css.pillarScore}>{pillar.score === null ? <span className={css.few}>{t('scorecard.none')}</span> : t('scorecard.of100', { score: whole(pillar.score) })}</span>
      </div>
      {pillar.signals.map((signal) => <SignalRow key={signal.id} signal={signal} colour={pillarColour(pillar.id)} campaignId={campaignId} marked={marked === signal.id} />)}
    </section>
  )
}
