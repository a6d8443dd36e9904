import { Badge, Button, Group, Modal, Text } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { take } from '#ui/api.ts'
import { words as own } from '#ui/own-words.ts'
import { Page } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { Saved, useSaver } from '#ui/saved.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { BriefForm } from './brief-form.tsx'
import { campaignQuery, strategy, type Campaign as Whole } from './calls.ts'
import { stateColour } from './campaigns.tsx'
import css from './campaigns.module.css'
import { ScorecardView } from './scorecard-view.tsx'
import { Side } from './side.tsx'
import { words } from './words.ts'

export type Plan = Pick<Whole, 'name' | 'brief' | 'startsOn' | 'endsOn'>
const planOf = ({ name, brief, startsOn, endsOn }: Whole): Plan => ({ name, brief, startsOn, endsOn })

export function Campaign() {
  const { campaignId } = useParams({ from: '/inside/campaigns/$campaignId' })
  return <One key={campaignId} id={campaignId} />
}

function usePlan(campaign: Whole) {
  const queries = useQueryClient()
  const id = campaign.id
  const [plan, saver] = useSaver<Plan>(() => ({
    key: `stoa.unsaved.campaign.${id}`, value: planOf(campaign), version: campaign.version,
    save: async (value, version) => {
      const answer = await take(strategy.campaigns[':id'].$put({ param: { id }, json: { ...value, version } }))
      queries.setQueryData(campaignQuery(id).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['campaigns', 'list'] })
      return answer
    },
  }))
  // Another member's words arrive while nothing of ours is on its way.
  useEffect(() => saver.adopt(planOf(campaign), campaign.version), [saver, campaign])
  return { plan, saver }
}

function One({ id }: { id: string }) {
  const t = useWords(words)
  const { may } = useSession()
  const { show } = useSearch({ from: '/inside/campaigns/$campaignId' })
  const { data: campaign } = useSuspenseQuery(campaignQuery(id))
  const { plan, saver } = usePlan(campaign)
  const change = (part: Partial<Plan>) => saver.change({ ...saver.get().value, ...part })
  const mayWrite = may('plan') && campaign.state !== 'ended'
  const head = (
    <Group gap={12} align="center">
      <h1 style={{ margin: 0, minWidth: 0 }}><textarea className={css.title} rows={1} aria-label={t('campaign.name')} value={plan.value.name} maxLength={200} readOnly={!mayWrite} onChange={(event) => change({ name: event.currentTarget.value.replace(/\n/g, ' ') })} /></h1>
      <Badge color={stateColour[campaign.state]}>{t(`states.${campaign.state}`)}</Badge>
    </Group>
  )
  return (
    <Page title={plan.value.name} head={head} acts={<><Saved of={plan} /><Acts campaign={campaign} flush={saver.flush} /></>}>
      <nav className={css.tabs}>
        <Link to="/campaigns/$campaignId" params={{ campaignId: id }} activeOptions={{ exact: true }}>{t('campaign.plan')}</Link>
        <Link to="/campaigns/$campaignId" params={{ campaignId: id }} search={{ show: 'scorecard' }} activeOptions={{ exact: true }}>{t('campaign.scorecard')}</Link>
      </nav>
      {plan.state === 'failed' ? <ProblemNote error={plan.error} retry={() => void saver.flush()} /> : null}
      {plan.state === 'conflict' ? <Conflict id={id} overwrite={saver.overwrite} adopt={(theirs) => saver.adopt(planOf(theirs), theirs.version, 'always')} /> : null}
      {show === 'scorecard' ? <ScorecardView campaignId={id} /> : (
        <div className={css.plan}>
          <BriefForm brief={plan.value.brief} gaps={campaign.state === 'draft' ? campaign.gaps.map((gap) => gap.id) : []} readOnly={!mayWrite} change={(brief) => change({ brief })} />
          <Side campaign={campaign} plan={plan.value} mayWrite={mayWrite} change={change} />
        </div>
      )}
    </Page>
  )
}

function Acts({ campaign, flush }: { campaign: Whole; flush: () => Promise<void> }) {
  const t = useWords(words)
  const ours = useWords(own)
  const { may } = useSession()
  const queries = useQueryClient()
  const [ending, setEnding] = useState(false)
  const set = (answer: Whole) => { queries.setQueryData(campaignQuery(campaign.id).queryKey, answer); void queries.invalidateQueries({ queryKey: ['campaigns', 'list'] }) }
  const open = useMutation({
    mutationFn: async () => { await flush(); return await take(strategy.campaigns[':id'].open.$post({ param: { id: campaign.id } })) },
    onSuccess: (answer) => { set(answer); told(t('campaign.opened', { name: answer.name })) },
  })
  const end = useMutation({ mutationFn: () => take(strategy.campaigns[':id'].close.$post({ param: { id: campaign.id } })), onSuccess: (answer) => { setEnding(false); set(answer) } })
  if (!may('plan') || campaign.state === 'ended') return null
  return (
    <>
      {campaign.state === 'draft'
        ? <Button leftSection={<IconRocket size={18} stroke={1.5} />} loading={open.isPending} onClick={() => open.mutate()}>{t('campaign.live')}</Button>
        : <Button variant="default" onClick={() => setEnding(true)}>{t('campaign.end')}</Button>}
      <Modal opened={open.isError} onClose={open.reset} withCloseButton={false} title={<Text component="span" fw={600}>{t('campaign.before')}</Text>}>
        <ProblemNote error={open.error} />
        <Group justify="flex-end"><Button variant="default" onClick={open.reset}>{ours('close')}</Button></Group>
      </Modal>
      <Modal opened={ending} onClose={() => setEnding(false)} withCloseButton={false} title={<Text component="span" fw={600}>{t('campaign.end')}</Text>}>
        <Text mb={16}>{t('campaign.endSure', { name: campaign.name })}</Text>
        <ProblemNote error={end.error} />
        <Group justify="flex-end"><Button variant="default" onClick={() => setEnding(false)}>{ours('cancel')}</Button><Button color="terracotta" loading={end.isPending} onClick={() => end.mutate()}>{t('campaign.end')}</Button></Group>
      </Modal>
    </>
  )
}

/** Two people wrote at once: nothing is decided without a person. */
function Conflict({ id, overwrite, adopt }: { id: string; overwrite: (version: number) => void; adopt: (theirs: Whole) => void }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const theirs = () => queries.fetchQuery({ ...campaignQuery(id), staleTime: 0 })
  return (
    <div role="alert" className={css.side}>
      <Text fw={600}>{t('campaign.conflict')}</Text>
      <Text size="sm" c="dimmed" mb={12}>{t('campaign.conflictSays')}</Text>
      <Group gap={8}>
        <Button size="xs" onClick={() => void theirs().then((one) => overwrite(one.version))}>{t('campaign.keepMine')}</Button>
        <Button size="xs" variant="default" onClick={() => void theirs().then(adopt)}>{t('campaign.takeTheirs')}</Button>
      </Group>
    </div>
  )
}
