import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core'
import { IconCalendarShare, IconChevronLeft, IconChevronRight, IconClockPlus, IconDots, IconDownload, IconFileImport, IconLayoutRows, IconPencilPlus, IconRss } from '@tabler/icons-react'
import { dayAfter, mondayOf } from './agenda.ts'
import { exportAddress, type Range } from './calls.ts'
import css from './calendar.module.css'
import { dayWords, monthWords, stretch, useLook } from './look.tsx'
import { laneKinds, views, type LaneKind, type Place, type View } from './place.ts'

export type Tool = 'slots' | 'rules' | 'feed' | 'import'
interface Given {
  readonly view: View; readonly views: readonly View[]; readonly day: string; readonly lanes: LaneKind | undefined; readonly exportTo: Range; readonly mayPlan: boolean
  readonly go: (change: Partial<Place>, replace?: boolean) => void; readonly turn: (by: 1 | -1) => void; readonly onWrite: () => void; readonly onTool: (tool: Tool) => void
}

export const agendaDays = 28
/** The stretch of time that is shown, in words. */
export function periodOf(view: View, day: string, lang: 'en' | 'el'): string {
  if (view === 'month') return monthWords(lang, day)
  if (view === 'week') return stretch(lang, mondayOf(day), dayAfter(mondayOf(day), 6))
  return view === 'day' ? `${dayWords(lang, day)} ${day.slice(0, 4)}` : stretch(lang, day, dayAfter(day, agendaDays - 1))
}

/** Where in time one stands, and the ways to elsewhere. */
export function Head({ view, views: offered, day, lanes, exportTo, mayPlan, go, turn, onWrite, onTool }: Given) {
  const { t, lang, mayWrite } = useLook()
  return (
    <header className={css.head}>
      <div className={css.when}>
        <h1>{t('calendar.title')}</h1>
        <div className={css.period}>
          <h2 aria-live="polite">{periodOf(view, day, lang)}</h2>
          <ActionIcon variant="default" size="lg" data-turn="-1" aria-label={t(`calendar.before.${view}`)} title={t(`calendar.before.${view}`)} onClick={() => turn(-1)}><IconChevronLeft size={18} stroke={1.5} /></ActionIcon>
          <Button variant="default" size="compact-md" onClick={() => go({ day: undefined })}>{t('calendar.today')}</Button>
          <ActionIcon variant="default" size="lg" data-turn="1" aria-label={t(`calendar.after.${view}`)} title={t(`calendar.after.${view}`)} onClick={() => turn(1)}><IconChevronRight size={18} stroke={1.5} /></ActionIcon>
        </div>
      </div>
      <div className={css.ways}>
        {offered.length > 1 ? <SegmentedControl size="xs" aria-label={t('calendar.view')} value={view} onChange={(value) => go({ span: value as View })} data={views.filter((name) => offered.includes(name)).map((name) => ({ value: name, label: t(`calendar.views.${name}`) }))} /> : null}
        {view === 'agenda' ? null : <Lanes lanes={lanes} go={go} />}
        <Tools exportTo={exportTo} mayPlan={mayPlan} onTool={onTool} />
        {mayWrite ? <Button size="sm" leftSection={<IconPencilPlus size={18} stroke={1.5} aria-hidden />} rightSection={<kbd className={css.key}>c</kbd>} onClick={onWrite}>{t('calendar.write')}</Button> : null}
      </div>
    </header>
  )
}

function Lanes({ lanes, go }: Pick<Given, 'lanes' | 'go'>) {
  const { t } = useLook()
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="xs" leftSection={<IconLayoutRows size={16} stroke={1.5} aria-hidden />}>{lanes ? t(`calendar.lane.${lanes}`) : t('calendar.lanes')}</Button></Menu.Target>
      <Menu.Dropdown>
        {([undefined, ...laneKinds] as const).map((kind) => <Menu.Item key={kind ?? 'none'} role="menuitemradio" aria-checked={kind === lanes} fw={kind === lanes ? 600 : 400} onClick={() => go({ lanes: kind })}>{t(`calendar.lane.${kind ?? 'none'}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
}

function Tools({ exportTo, mayPlan, onTool }: Pick<Given, 'exportTo' | 'mayPlan' | 'onTool'>) {
  const { t, mayWrite } = useLook()
  const icon = { size: 18, stroke: 1.5, 'aria-hidden': true } as const
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="default" size={30} aria-label={t('calendar.tools')} title={t('calendar.tools')}><IconDots size={18} stroke={1.5} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {mayPlan ? <Menu.Item leftSection={<IconClockPlus {...icon} />} onClick={() => onTool('slots')}>{t('slots.open')}</Menu.Item> : null}
        {mayPlan ? <Menu.Item leftSection={<IconRss {...icon} />} onClick={() => onTool('rules')}>{t('rules.open')}</Menu.Item> : null}
        <Menu.Item leftSection={<IconCalendarShare {...icon} />} onClick={() => onTool('feed')}>{t('feed.open')}</Menu.Item>
        {mayWrite ? <Menu.Item leftSection={<IconFileImport {...icon} />} onClick={() => onTool('import')}>{t('exchange.importOpen')}</Menu.Item> : null}
        <Menu.Item component="a" href={exportAddress(exportTo)} download="calendar.csv" leftSection={<IconDownload {...icon} />}>{t('exchange.exportCsv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
