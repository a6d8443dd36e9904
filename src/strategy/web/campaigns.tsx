import { Badge, Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowRight, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { Columns } from '#ui/columns.tsx'
import { Empty } from '#ui/empty.tsx'
import { useKeys } from '#ui/keys.ts'
import { useLang } from '#ui/lang.tsx'
import { List } from '#ui/list.tsx'
import { words as own } from '#ui/own-words.ts'
import { Card, Page, Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { plainDay } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { campaignsQuery, scorecardQuery, strategy, type CampaignLine } from './calls.ts'
import css from './campaigns.module.css'
import { words } from './words.ts'

export const stateColour = { draft: 'stone', live: 'leaf', ended: 'stone' } as const

export function Campaigns() {
  const t = useWords(words)
  const navigate = useNavigate()
  const { may } = useSession()
  const { data } = useSuspenseQuery(campaignsQuery)
  const [planning, setPlanning] = useState(false)
  useKeys(may('plan') ? [{ keys: 'n', says: t('campaigns.start'), run: () => setPlanning(true) }] : [])
  const start = may('plan') ? <Button leftSection={<IconPlus size={18} stroke={1.5} />} onClick={() => setPlanning(true)}>{t('campaigns.start')}</Button> : null
  return (
    <Page title={t('campaigns.title')} lead={t('campaigns.lead')} acts={data.items.length > 0 ? start : null}>
      <Standing />
      {data.items.length === 0 ? <Empty title={t('campaigns.emptyTitle')} says={t('campaigns.emptySays')} act={start} /> : (
        <Section title={t('campaigns.list')}>
          <Card padded={false}>
            <List items={data.items} id={(one) => one.id} label={t('campaigns.list')} open={(one) => void navigate({ to: '/campaigns/$campaignId', params: { campaignId: one.id } })} row={(one) => <Row campaign={one} />} />
          </Card>
        </Section>
      )}
      {planning ? <NewCampaign close={() => setPlanning(false)} /> : null}
    </Page>
  )
}

function Standing() {
  const t = useWords(words)
  const { pick } = useLang()
  const { data } = useQuery(scorecardQuery())
  if (!data) return null
  return (
    <Link to="/campaigns/scorecard" className={css.top}>
      <Columns size={112} columns={data.pillars.map(({ id, name, score }) => ({ id, name: pick(name), score }))} bare />
      <span><span className={css.name}>{t('campaigns.scorecard')}</span><br /><span className={css.facts}>{t('campaigns.scorecardSays')}</span></span>
      <IconArrowRight size={20} stroke={1.5} aria-hidden />
    </Link>
  )
}

function Row({ campaign }: { campaign: CampaignLine }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { startsOn, endsOn } = campaign
  const dates = startsOn && endsOn ? t('campaigns.dates', { from: plainDay(startsOn, lang), to: plainDay(endsOn, lang) }) : startsOn ? t('campaigns.from', { from: plainDay(startsOn, lang) }) : t('campaigns.noDates')
  const facts = [dates, t('campaigns.objectives', { count: campaign.objectives }), ...(campaign.state === 'draft' ? [t('campaigns.gaps', { count: campaign.gaps.length })] : [])]
  return (
    <Link to="/campaigns/$campaignId" params={{ campaignId: campaign.id }} className={css.row}>
      <span className={css.name}>{campaign.name}</span>
      <Badge color={stateColour[campaign.state]}>{t(`states.${campaign.state}`)}</Badge>
      <span className={css.facts}>{facts.join(' · ')}</span>
    </Link>
  )
}

function NewCampaign({ close }: { close: () => void }) {
  const t = useWords(words)
  const ours = useWords(own)
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const make = useMutation({
    mutationFn: () => take(strategy.campaigns.$post({ json: { name } })),
    onSuccess: (campaign) => navigate({ to: '/campaigns/$campaignId', params: { campaignId: campaign.id } }),
  })
  const submit = (event: FormEvent) => { event.preventDefault(); make.mutate() }
  return (
    <Modal opened onClose={close} title={<Text component="span" fw={600}>{t('campaigns.start')}</Text>} closeButtonProps={{ 'aria-label': ours('close') }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <TextInput required data-autofocus label={t('campaigns.name')} description={t('campaigns.nameHint')} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <ProblemNote error={make.error} />
          <Button type="submit" loading={make.isPending}>{t('campaigns.make')}</Button>
        </Stack>
      </form>
    </Modal>
  )
}
