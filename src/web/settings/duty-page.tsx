import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Card, Section } from '#ui/page.tsx'
import { Person } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { short } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { Away } from './away.tsx'
import { DaysOff } from './days-off.tsx'
import { WeekHours } from './duty.tsx'
import { duty, dutyQuery, useDutyAct, type Plan } from './duty-calls.ts'
import { dutyWords } from './duty-words.ts'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'
import { Targets } from './targets.tsx'
import { Ways } from './ways.tsx'

/** Who is there to answer, and what follows from it. */
export function DutyPage() {
  const t = useWords(dutyWords)
  const { lang, zone } = useLang()
  const { data } = useSuspenseQuery(dutyQuery)
  const { open, opensAt } = data.now
  return (
    <SettingsPage title={t('title')} lead={t('lead')} needs="manage">
      <Text mb={16} fw={550}>{open ? t('open') : opensAt ? t('opens', { when: short(new Date(opensAt), lang, zone) }) : t('never')}</Text>
      <Members plan={data} />
      <DaysOff plan={data} />
      <Away plan={data} />
      <Targets />
      <Ways />
    </SettingsPage>
  )
}

type One = Plan['members'][number]
function Members({ plan }: { plan: Plan }) {
  const t = useWords(dutyWords)
  const { me, may } = useSession()
  const [open, setOpen] = useState<One>()
  return (
    <Section title={t('members.title')} lead={t('members.lead')}>
      <Card padded={false}>
        {plan.members.map((one) => (
          <div key={one.id} className={`${css.line} ${css.wrap}`}>
            <Person name={one.name} under={one.own ? t('members.inZone', { zone: one.own.zone }) : t('members.team')} />
            {may('manage') || one.id === me.id ? <Button size="xs" variant="default" onClick={() => setOpen(one)}>{t('members.change', { name: one.name })}</Button> : null}
          </div>
        ))}
      </Card>
      {open ? <OwnHours one={open} plan={plan} close={() => setOpen(undefined)} /> : null}
    </Section>
  )
}

function OwnHours({ one, plan, close }: { one: One; plan: Plan; close: () => void }) {
  const t = useWords(dutyWords)
  const [week, setWeek] = useState(one.own ?? { hours: plan.hours, zone: plan.zone })
  const save = useDutyAct(async (own: typeof week | null) => { await take(duty.members[':id'].$put({ param: { id: one.id }, json: { own: own && { ...own, hours: [...own.hours] } } })); close() })
  return (
    <Modal opened onClose={close} size="lg" title={t('members.change', { name: one.name })} closeButtonProps={{ 'aria-label': t('members.cancel') }}>
      <Stack gap={12}>
        <ZoneSelect label={t('members.zone')} nothing={t('members.zoneNothing')} value={week.zone} onChange={(zone) => setWeek({ ...week, zone })} />
        <div><WeekHours duty={week.hours} readOnly={false} set={(hours) => setWeek({ ...week, hours })} /></div>
        <Group justify="flex-end">
          {one.own ? <Button variant="default" loading={save.isPending} onClick={() => save.mutate(null)}>{t('members.team')}</Button> : null}
          <Button loading={save.isPending} onClick={() => save.mutate(week)}>{t('members.save')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
