import { Button, Checkbox, NumberInput, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { moments, ways, withWay, type Moment, type Way } from '#core/bells/rules.ts'
import { take } from '#ui/api.ts'
import { Section } from '#ui/page.tsx'
import { ringSoftly } from '#ui/ring.ts'
import { useWords } from '#ui/words.ts'
import { bell, bellQuery, useBellAct, useBellChange, type BellState } from './bell-calls.ts'
import { Devices } from './bell-devices.tsx'
import { QuietHours } from './bell-quiet.tsx'
import { bellWords } from './bell-words.ts'
import css from './bell.module.css'

/** What calls a member, by which ways, and when they want quiet. */
export function BellSettings() {
  const t = useWords(bellWords)
  const { data } = useQuery(bellQuery)
  const top = useRef<HTMLDivElement>(null)
  const isHere = data !== undefined
  useEffect(() => { if (isHere && window.location.hash === '#notifications') top.current?.scrollIntoView({ block: 'start' }) }, [isHere])
  if (!data) return null
  return (
    <div ref={top} id="notifications" className={css.bell}>
      <Section title={t('title')} lead={t('lead')}>
        <Wishes state={data} />
        <AllowHere state={data} />
      </Section>
      <Section title={t('devices')} lead={t('devicesLead')}><Devices state={data} /></Section>
      <Section title={t('mail')}><Mail state={data} /></Section>
      <Section title={t('quiet')} lead={t('quietLead', { zone: data.zone })}><QuietHours state={data} /></Section>
    </div>
  )
}

const hints: readonly Moment[] = ['missed', 'silent']
function Wishes({ state }: { state: BellState }) {
  const t = useWords(bellWords)
  const change = useBellChange()
  const set = (moment: Moment, way: Way, on: boolean) => {
    if (way === 'sound' && on) ringSoftly()
    void change(state, { wishes: withWay(state.wishes, { moment, way, on }) })
  }
  return (
    <div className={css.scroll}>
      <table className={css.wishes}>
        <thead><tr><th scope="col">{t('what')}</th>{ways.map((way) => <th key={way} scope="col">{t(`way.${way}`)}</th>)}</tr></thead>
        <tbody>
          {moments.map((moment) => (
            <tr key={moment}>
              <th scope="row">{t(`moment.${moment}`)}{hints.includes(moment) ? <small>{t(`hint.${moment as 'missed' | 'silent'}`)}</small> : null}</th>
              {ways.map((way) => (
                <td key={way}><Checkbox size="sm" aria-label={t('box', { moment: t(`moment.${moment}`), way: t(`way.${way}`) })} checked={state.wishes[moment].includes(way)} onChange={(event) => set(moment, way, event.currentTarget.checked)} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt={8}>{t('bellAbout')}</Text>
    </div>
  )
}

/** A browser shows notifications only once it was asked, and by a click. */
function AllowHere({ state }: { state: BellState }) {
  const t = useWords(bellWords)
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'granted'))
  if (!Object.values(state.wishes).some((wanted) => wanted.includes('bell')) || permission === 'granted') return null
  if (permission === 'denied') return <Text size="sm" c="terracotta" mt={10}>{t('denied')}</Text>
  return <Button variant="default" size="xs" mt={12} onClick={() => void Notification.requestPermission().then(setPermission)}>{t('allow')}</Button>
}

function Mail({ state }: { state: BellState }) {
  const t = useWords(bellWords)
  const change = useBellChange()
  const resume = useBellAct(() => take(bell.mail.$post()))
  const [minutes, setMinutes] = useState<number | string>(state.mailAfter)
  const keep = () => {
    const given = Math.min(720, Math.max(5, Math.round(Number(minutes) || state.mailAfter)))
    setMinutes(given)
    if (given !== state.mailAfter) void change(state, { mailAfter: given })
  }
  return (
    <>
      <NumberInput className={css.minutes} label={t('mailAfter')} min={5} max={720} step={5} suffix={` ${t('minutes', { count: Number(minutes) || 0 }).replace(/^\D*\d+\s*/, '')}`} value={minutes} onChange={setMinutes} onBlur={keep} />
      {state.mail === 'ready' ? <Text size="sm" c="dimmed" mt={8}>{t('mailTo', { email: state.email ?? '' })}</Text> : null}
      {state.mail === 'no-account' ? <Text size="sm" mt={8}>{t('mailNoAccount')} <Link to="/settings/channels">{t('mailConnect')}</Link></Text> : null}
      {state.mail === 'no-address' ? <Text size="sm" mt={8}>{t('mailNoAddress')}</Text> : null}
      {state.mail === 'stopped' ? <Text size="sm" mt={8}>{t('mailStopped')} <Button size="compact-sm" variant="default" loading={resume.isPending} onClick={() => resume.mutate(undefined)}>{t('mailResume')}</Button></Text> : null}
      <Checkbox mt={16} label={t('words')} description={t('wordsHelp')} checked={state.withWords} onChange={(event) => void change(state, { withWords: event.currentTarget.checked })} />
    </>
  )
}
