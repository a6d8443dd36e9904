import { NumberInput, SegmentedControl, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { take } from '#ui/api.ts'
import { pillarColour } from '#ui/columns-mark.tsx'
import { useLang } from '#ui/lang.tsx'
import { Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { Saved, useSaver } from '#ui/saved.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { pillarsQuery, site, type Strictness } from './calls.ts'
import { Duty } from './duty.tsx'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'

const ways = ['says', 'holds', 'off'] as const
type Way = (typeof ways)[number]
const wayOf = (rule: string, { holds, off }: Strictness): Way => (off.includes(rule) ? 'off' : holds.includes(rule) ? 'holds' : 'says')
const without = (list: readonly string[], rule: string) => list.filter((one) => one !== rule)

/** The same settings with one rule applied another way. */
export function withRule(settings: Strictness, rule: string, way: Way): Strictness {
  const [holds, off] = [without(settings.holds, rule), without(settings.off, rule)]
  return { ...settings, holds: way === 'holds' ? [...holds, rule] : holds, off: way === 'off' ? [...off, rule] : off }
}

export function Pillars() {
  const t = useWords(words)
  const { may } = useSession()
  const { data } = useSuspenseQuery(pillarsQuery)
  // The settings carry no version: the last word counts, as with a light switch.
  const [now, saver] = useSaver<Strictness>(() => ({
    key: 'stoa.unsaved.pillars', value: data.settings, version: 1,
    save: async (value, version) => { await take(site.pillars.$patch({ json: { ...value, holds: [...value.holds], off: [...value.off], duty: [...value.duty] } })); return { version: version + 1 } },
  }))
  useEffect(() => { if (saver.get().state === 'saved') saver.adopt(data.settings, saver.get().version, 'always') }, [saver, data.settings])
  const settings = now.value
  const set = (change: Partial<Strictness>) => saver.change({ ...saver.get().value, ...change })
  const readOnly = !may('manage')
  return (
    <SettingsPage title={t('pillars.title')} lead={t('pillars.lead')} needs="manage" acts={<Saved of={now} />}>
      {now.state === 'failed' ? <ProblemNote error={now.error} retry={() => void saver.flush()} /> : null}
      <Text size="sm" c="dimmed" mb={20}>{t('pillars.saysHint')}</Text>
      {data.pillars.map((pillar) => <Rules key={pillar.id} pillar={pillar} settings={settings} readOnly={readOnly} set={(rule, way) => saver.change(withRule(saver.get().value, rule, way))} />)}
      <Limits settings={settings} readOnly={readOnly} set={set} />
      <Duty duty={settings.duty} readOnly={readOnly} set={(duty) => set({ duty })} />
    </SettingsPage>
  )
}

interface PillarRules { readonly id: string; readonly name: { en: string; el: string }; readonly promise: { en: string; el: string }; readonly rules: readonly { readonly id: string; readonly about: { en: string; el: string } }[] }

function Rules({ pillar, settings, readOnly, set }: { pillar: PillarRules; settings: Strictness; readOnly: boolean; set: (rule: string, way: Way) => void }) {
  const t = useWords(words)
  const { pick } = useLang()
  return (
    <section className={css.pillar} style={{ '--pillar': pillarColour(pillar.id) }} aria-label={pick(pillar.name)}>
      <h2>{pick(pillar.name)}</h2>
      <Text size="sm" c="dimmed">{pick(pillar.promise)}</Text>
      {pillar.rules.length === 0 ? <Text size="sm" c="dimmed" mt={8}>{t('pillars.noRules')}</Text> : null}
      {pillar.rules.map((rule) => (
        <div key={rule.id} className={css.rule}>
          <span>{pick(rule.about)}</span>
          <SegmentedControl size="xs" aria-label={pick(rule.about)} disabled={readOnly} value={wayOf(rule.id, settings)} data={ways.map((way) => ({ value: way, label: t(`pillars.${way}`) }))}
            onChange={(next) => { const way = ways.find((one) => one === next); if (way) set(rule.id, way) }} />
        </div>
      ))}
    </section>
  )
}

function Limits({ settings, readOnly, set }: { settings: Strictness; readOnly: boolean; set: (change: Partial<Strictness>) => void }) {
  const t = useWords(words)
  const { lang } = useLang()
  const point = lang === 'el' ? ',' : '.'
  const number = (given: string | number, keep: (value: number) => void) => { if (typeof given === 'number' && Number.isFinite(given)) keep(given) }
  return (
    <Section title={t('pillars.figures')}>
      <div className={css.mapping}>
        <NumberInput label={t('pillars.asksInRow')} description={t('pillars.asksInRowHint')} min={1} max={20} allowDecimal={false} clampBehavior="strict" readOnly={readOnly} value={settings.asksInRow} onChange={(given) => number(given, (asksInRow) => set({ asksInRow }))} />
        <NumberInput label={t('pillars.givePerAsk')} description={t('pillars.givePerAskHint')} min={0} max={20} step={0.5} decimalSeparator={point} clampBehavior="strict" readOnly={readOnly} value={settings.givePerAsk} onChange={(given) => number(given, (givePerAsk) => set({ givePerAsk }))} />
        <NumberInput label={t('pillars.similarity')} description={t('pillars.similarityHint')} min={20} max={100} suffix=" %" allowDecimal={false} clampBehavior="blur" readOnly={readOnly} value={Math.round(settings.similarity * 100)} onChange={(given) => number(given, (share) => { if (share >= 20 && share <= 100) set({ similarity: share / 100 }) })} />
      </div>
    </Section>
  )
}
