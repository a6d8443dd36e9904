import { NumberInput, Radio, Select, Stack, Switch } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { approvalModes } from '#core/posts/approval/rules.ts'
import { Unsettled } from '#pillars/imagination/web/composer/unsettled.tsx'
import { Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { Saved, useSaver } from '#ui/saved.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { publishingQuery, savePublishing, type Letting } from './calls.ts'
import css from './publishing.module.css'
import { publishingWords } from './publishing-words.ts'
import { SettingsPage } from './settings.tsx'

const million = 1_000_000
const largest = { maxPictureBytes: 100, maxVideoBytes: 2000 } as const

interface Given { readonly now: Letting; readonly readOnly: boolean; readonly set: (change: Partial<Letting>) => void }

/** How things are let out: who says yes, what a picture needs, what happens to what is late, how large files may be. */
export function Publishing() {
  const t = useWords(publishingWords)
  const { may } = useSession()
  const { data } = useSuspenseQuery(publishingQuery)
  // The settings carry no version: the last word counts, as with a light switch.
  const [now, saver] = useSaver<Letting>(() => ({ key: 'stoa.unsaved.publishing', value: data, version: 1, save: async (value, version) => { await savePublishing(value); return { version: version + 1 } } }))
  useEffect(() => { if (saver.get().state === 'saved') saver.adopt(data, saver.get().version, 'always') }, [saver, data])
  const given: Given = { now: now.value, readOnly: !may('manage'), set: (change) => saver.change({ ...saver.get().value, ...change }) }
  return (
    <SettingsPage title={t('title')} lead={t('lead')} needs="manage" acts={<Saved of={now} />}>
      {now.state === 'failed' ? <ProblemNote error={now.error} retry={() => void saver.flush()} /> : null}
      <Unsettled />
      <Yes {...given} />
      <Alt {...given} />
      <TooLate {...given} />
      <Twice {...given} />
      <Sizes {...given} />
    </SettingsPage>
  )
}

function Yes({ now, readOnly, set }: Given) {
  const t = useWords(publishingWords)
  const isStrict = now.approval === 'required' || now.approval === 'two-step'
  return (
    <Section title={t('approval.title')}>
      <Radio.Group aria-label={t('approval.title')} value={now.approval} onChange={(next) => { const approval = approvalModes.find((one) => one === next); if (approval) set({ approval }) }}>
        <Stack gap={12}>{approvalModes.map((mode) => <Radio key={mode} value={mode} disabled={readOnly} label={t(`approval.${mode}.name`)} description={t(`approval.${mode}.says`)} />)}</Stack>
      </Radio.Group>
      {isStrict ? <Switch className={css.under} disabled={readOnly} checked={now.linksCount} label={t('approval.links')} description={t('approval.linksHint')} onChange={(event) => set({ linksCount: event.currentTarget.checked })} /> : null}
    </Section>
  )
}

function Alt({ now, readOnly, set }: Given) {
  const t = useWords(publishingWords)
  return (
    <Section title={t('alt.title')} lead={t('alt.lead')}>
      <Radio.Group aria-label={t('alt.title')} value={now.altText} onChange={(next) => set({ altText: next === 'asked' ? 'asked' : 'required' })}>
        <Stack gap={12}>{(['required', 'asked'] as const).map((one) => <Radio key={one} value={one} disabled={readOnly} label={t(`alt.${one}.name`)} description={t(`alt.${one}.says`)} />)}</Stack>
      </Radio.Group>
    </Section>
  )
}

const lates = ['ask', 'publish-within', 'publish'] as const
const spans = [30, 60, 120, 240, 480, 1440] as const

function TooLate({ now, readOnly, set }: Given) {
  const t = useWords(publishingWords)
  // Where nothing was said, it is asked about.
  const way = now.late?.do ?? 'ask'
  const minutes = now.late?.do === 'publish-within' ? now.late.minutes : 120
  const choose = (next: string) => set({ late: next === 'publish' ? { do: 'publish' } : next === 'publish-within' ? { do: 'publish-within', minutes } : null })
  const nameOf = (span: number): string => (span % 60 === 0 ? t('late.hours', { count: span / 60 }) : t('late.minutes', { count: span }))
  const offered = [...new Set([...spans, minutes])].toSorted((a, b) => a - b)
  return (
    <Section title={t('late.title')} lead={t('late.lead')}>
      <Radio.Group aria-label={t('late.title')} value={way} onChange={choose}>
        <Stack gap={12}>{lates.map((one) => <Radio key={one} value={one} disabled={readOnly} label={t(`late.${one}.name`)} description={t(`late.${one}.says`)} />)}</Stack>
      </Radio.Group>
      {way === 'publish-within' ? (
        <Select className={css.under} w={200} disabled={readOnly} allowDeselect={false} label={t('late.upTo')} value={String(minutes)} data={offered.map((span) => ({ value: String(span), label: nameOf(span) }))}
          onChange={(next) => set({ late: { do: 'publish-within', minutes: Number(next) } })} />
      ) : null}
    </Section>
  )
}

function Twice({ now, readOnly, set }: Given) {
  const t = useWords(publishingWords)
  return (
    <Section title={t('twice.title')}>
      <NumberInput className={css.number} label={t('twice.days')} description={t('twice.daysHint')} min={0} max={365} allowDecimal={false} clampBehavior="strict" readOnly={readOnly} value={now.duplicateDays} onChange={(given) => { if (typeof given === 'number') set({ duplicateDays: given }) }} />
    </Section>
  )
}

function Sizes({ now, readOnly, set }: Given) {
  const t = useWords(publishingWords)
  return (
    <Section title={t('sizes.title')} lead={t('sizes.lead')}>
      <div className={css.sizes}>
        {(['maxPictureBytes', 'maxVideoBytes'] as const).map((one) => (
          <NumberInput key={one} label={t(`sizes.${one}`)} description={t('sizes.most', { most: largest[one] })} suffix=" MB" min={1} max={largest[one]} allowDecimal={false} clampBehavior="blur" readOnly={readOnly} value={Math.round(now[one] / million)}
            onChange={(given) => { if (typeof given === 'number' && given >= 1 && given <= largest[one]) set({ [one]: given * million }) }} />
        ))}
      </div>
    </Section>
  )
}
