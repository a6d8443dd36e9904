import { Group, Text, TextInput } from '@mantine/core'
import { IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { useLang } from '#ui/lang.tsx'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { Aims } from './aims.tsx'
import type { Campaign } from './calls.ts'
import type { Plan } from './campaign.tsx'
import css from './campaigns.module.css'
import { words } from './words.ts'

interface Given { campaign: Campaign; plan: Plan; mayWrite: boolean; change: (part: Partial<Plan>) => void }

// Where each gap is filled in.
const fieldOf = (gap: string) => document.getElementById(gap === 'startsOn' || gap === 'endsOn' || gap === 'objectives' ? `plan-${gap}` : `brief-${gap}`)

/** Beside the brief: what is missing, the dates, the objectives. */
export function Side({ campaign, plan, mayWrite, change }: Given) {
  const t = useWords(words)
  const reversed = plan.startsOn && plan.endsOn && plan.endsOn < plan.startsOn ? t('campaign.reversed') : undefined
  return (
    <aside className={css.aside}>
      <section className={css.side} aria-label={t('campaign.before')}><Standing campaign={campaign} /></section>
      <section className={css.side}>
        <h2 className={css.sideTitle}>{t('campaign.dates')}</h2>
        <Group grow gap={12} align="flex-start">
          <TextInput id="plan-startsOn" type="date" label={t('campaign.startsOn')} value={plan.startsOn ?? ''} readOnly={!mayWrite} onChange={(event) => change({ startsOn: event.currentTarget.value || null })} />
          <TextInput id="plan-endsOn" type="date" label={t('campaign.endsOn')} value={plan.endsOn ?? ''} readOnly={!mayWrite} error={reversed} onChange={(event) => change({ endsOn: event.currentTarget.value || null })} />
        </Group>
      </section>
      <Aims campaign={{ ...campaign, endsOn: plan.endsOn }} mayWrite={mayWrite} />
    </aside>
  )
}

function Standing({ campaign }: { campaign: Campaign }) {
  const t = useWords(words)
  const { pick, lang, zone } = useLang()
  if (campaign.state === 'live' && campaign.openedAt) return <Text>{t('campaign.isLive', { day: day(new Date(campaign.openedAt), lang, zone) })}</Text>
  if (campaign.state === 'ended' && campaign.endedAt) return <Text>{t('campaign.isEnded', { day: day(new Date(campaign.endedAt), lang, zone) })}</Text>
  if (campaign.gaps.length === 0) return <Group gap={10} wrap="nowrap"><IconCircleCheck size={20} stroke={1.5} color="var(--leaf)" aria-hidden /><Text>{t('campaign.ready')}</Text></Group>
  return (
    <>
      <h2 className={css.sideTitle}>{t('campaign.before')}</h2>
      <ul className={css.gaps}>
        {campaign.gaps.map((gap) => (
          <li key={gap.id}>
            <button type="button" onClick={() => { const field = fieldOf(gap.id); field?.scrollIntoView({ block: 'center' }); field?.focus() }}>
              <IconCircle size={14} stroke={1.5} color="var(--terracotta)" aria-hidden style={{ flex: 'none', transform: 'translateY(2px)' }} />
              <span>{pick(gap.says)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
