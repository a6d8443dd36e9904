import { Button, Group, Modal, Select, Text } from '@mantine/core'
import { IconCalendarDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '#ui/words.ts'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { nextSlot, type At, type Goal } from './calls.ts'
import { accountName, nameOf } from './chip.tsx'
import { wallAt } from './clock.ts'
import css from './dialogs.module.css'
import { isOut, type Item } from './item.ts'
import { useLook, wallWords } from './look.tsx'
import { byOf, type Lane } from './moves.ts'
import { intents } from './place.ts'
import { Refusals, type Hour } from './refusal.tsx'
import type { Acts } from './use-acts.ts'
import { words } from './words/words.ts'

export interface MoveAsked { readonly does: 'move' | 'copy'; readonly items: readonly Item[]; readonly wall?: string; readonly error?: unknown }
interface Given extends MoveAsked { readonly acts: Acts; readonly zone: string; readonly onClose: () => void; readonly onMove: (items: readonly Item[], goal: Goal, otherwise: (error: Error) => boolean) => Promise<boolean> }

/** The same as a drag, for whoever types: a day, an hour, a zone. */
export function MoveDialog({ does, items, wall: given, error: begun, acts, zone: workspaceZone, onMove, onClose }: Given) {
  const t = useWords(words)
  const look = useLook()
  const first = items.toSorted((a, b) => ((a.at ?? '~') < (b.at ?? '~') ? -1 : 1))[0]!
  const [zone, setZone] = useState(first.zone ?? workspaceZone)
  const start = given ?? (first.at ? wallAt(zone, Date.parse(first.at)) : `${look.today}T10:00`)
  const [day, setDay] = useState(start.slice(0, 10))
  const [time, setTime] = useState(start.slice(11, 16))
  const [error, setError] = useState<unknown>(begun)
  const [isBusy, setBusy] = useState(false)
  const [lane, setLane] = useState<Lane>({})
  const go = async (hour: Hour = {}) => {
    const at: At = { wall: hour.wall?.slice(0, 16) ?? `${day}T${time}`, zone, ...(hour.which ? { which: hour.which } : {}) }
    // Several keep their distance from the first; those without any time all go to the one that was typed.
    const isOne = items.length === 1 || first.at === null
    const into = Object.keys(lane).length > 0 ? { lane } : {}
    const goal: Goal = isOne ? { to: at, ...into } : { by: byOf(wallAt(zone, Date.parse(first.at!)), { kind: 'time', wall: at.wall }), ...into }
    setBusy(true)
    const otherwise = (problem: Error) => { setError(problem); return true }
    const isDone = await (does === 'copy' ? acts.copy(items, goal, otherwise) : onMove(items, goal, otherwise))
    setBusy(false)
    if (isDone) onClose()
  }
  const count = items.length
  return (
    <Modal opened onClose={onClose} title={t(does === 'copy' ? 'move.copyTitle' : 'move.title', { count })} closeButtonProps={{ 'aria-label': t('move.cancel') }}>
      <form onSubmit={(event) => { event.preventDefault(); void go() }}>
        <Text fw={550} lang={first.lang} truncate>{nameOf(first, look.t)}</Text>
        {count > 1 ? <Text size="sm" c="dimmed">{t('move.first')}</Text> : null}
        <div className={css.moments}>
          <label>{t('move.day')}<input data-autofocus className={css.moment} type="date" required value={day} onChange={(event) => setDay(event.currentTarget.value)} /></label>
          <label>{t('move.time')}<input className={css.moment} type="time" required value={time} onChange={(event) => setTime(event.currentTarget.value)} /></label>
        </div>
        <ZoneSelect label={t('move.zone')} nothing={t('move.noZone')} value={zone} onChange={setZone} />
        {does === 'move' && !items.some(isOut) ? <Lanes item={first} lane={lane} onLane={setLane} /> : null}
        <NextPlace item={first} onTake={(next) => { setDay(next.slice(0, 10)); setTime(next.slice(11, 16)) }} zone={zone} />
        <Refusals error={error} zone={zone} names={new Map(items.map((item) => [item.id, nameOf(item, look.t)]))} onChoose={(hour) => void go(hour)} />
        <Group justify="flex-end" gap={8} mt={20}>
          <Button variant="default" onClick={onClose}>{t('move.cancel')}</Button>
          <Button type="submit" loading={isBusy} disabled={day === '' || time === ''}>{t(does === 'copy' ? 'move.goCopy' : 'move.go')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

/** What it is meant for, for whoever does not lead it into another lane by hand. */
function Lanes({ item, lane, onLane }: { item: Item; lane: Lane; onLane: (lane: Lane) => void }) {
  const { t, campaigns } = useLook()
  const campaign = lane.campaignId === undefined ? item.campaignId : lane.campaignId
  return (
    <Group grow gap={12} mt={12}>
      <Select size="sm" label={t('calendar.laneOf.intent')} allowDeselect={false} value={lane.intent ?? item.intent} data={intents.map((one) => ({ value: one, label: t(`intents.${one}`) }))} onChange={(next) => { const intent = intents.find((one) => one === next); if (intent) onLane({ ...lane, intent }) }} />
      {campaigns.size > 0 ? (
        <Select size="sm" label={t('calendar.laneOf.campaign')} placeholder={t('calendar.noLane.campaign')} clearable clearButtonProps={{ 'aria-label': t('calendar.noLane.campaign') }} value={campaign} data={[...campaigns].map(([value, label]) => ({ value, label }))} onChange={(next) => onLane({ ...lane, campaignId: next })} />
      ) : null}
    </Group>
  )
}

/** The next free place in the week of the account it goes to first. */
function NextPlace({ item, zone, onTake }: { item: Item; zone: string; onTake: (wall: string) => void }) {
  const look = useLook()
  const account = item.accountIds[0]
  const { data } = useQuery({ queryKey: ['slots', 'next', account], queryFn: () => nextSlot(account ?? ''), enabled: account !== undefined, retry: false })
  const next = data?.items[0]
  if (!account || !next) return null
  const wall = wallAt(zone, Date.parse(next.at))
  return (
    <Button variant="subtle" size="compact-sm" mt={10} leftSection={<IconCalendarDown size={16} stroke={1.5} aria-hidden />} onClick={() => onTake(wall)}>
      {look.t('move.nextIs', { account: accountName(account, look), time: wallWords(look.lang, wall) })}
    </Button>
  )
}
