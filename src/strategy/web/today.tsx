import { Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Columns } from '#ui/columns.tsx'
import { pillarColour } from '#ui/columns-mark.tsx'
import { Empty } from '#ui/empty.tsx'
import { GoTo } from '#ui/go-to.tsx'
import { useChannelName } from '#ui/channel-name.ts'
import { useLang } from '#ui/lang.tsx'
import { List } from '#ui/list.tsx'
import { Card, Page, Section } from '#ui/page.tsx'
import { Face } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { exact, short, useNow, When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { scorecardQuery, todayQuery, type TodayFacts } from './calls.ts'
import css from './today.module.css'
import { words } from './words.ts'

const hourIn = (zone: string, now: Date) => Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(now))
const greeting = (hour: number) => (hour >= 4 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening')
const toConversation = (id: string) => `/inbox?view=all&c=${id}`
const toPost = (id: string) => `/calendar?post=${id}`

/** The porch by its word; a network by its own name. */
/** What deserves the next ten minutes. */
export function Today() {
  const t = useWords(words)
  const { zone } = useLang()
  const { me } = useSession()
  const now = useNow(60_000)
  const { data } = useSuspenseQuery(todayQuery)
  const hello = t(`today.${greeting(hourIn(zone, now))}`, { name: me.name.split(/\s+/)[0] ?? me.name })
  const isCalm = data.waiting.length === 0 && data.wentWrong.length === 0
  const isEmpty = isCalm && data.goesOut.length === 0 && data.nudges.length === 0
  return (
    <Page title={t('today.title')} head={<h1 className={css.hello}>{hello}</h1>} lead={isCalm ? t('today.calm') : null}>
      {data.wentWrong.length > 0 ? <Wrong items={data.wentWrong} /> : null}
      {isEmpty ? <Empty title={t('today.quiet')} says={t('today.quietSays')} /> : (
        <div className={css.grid}>
          <div><Waits items={data.waiting} /><GoesOut items={data.goesOut} /></div>
          <div><Nudges items={data.nudges} /><Score /></div>
        </div>
      )}
    </Page>
  )
}

function Wrong({ items }: { items: TodayFacts['wentWrong'] }) {
  const t = useWords(words)
  const nameOf = useChannelName()
  return (
    <section className={css.wrong} aria-label={t('today.wrong')}>
      <h2>{t('today.wrong')}</h2>
      <Text size="sm" px={14} pb={6}>{t('today.wrongSays')}</Text>
      {items.map((one) => {
        const state = one.state === 'needs-person' || one.state === 'unknown' || one.state === 'auth-needed' ? one.state : 'refused'
        const inside = <><b>{one.title ?? t('today.reply')}</b><br /><Text span size="sm">{t(`today.states.${state}`, { channel: nameOf(one.channel) })} · <When at={one.dueAt} /></Text></>
        return one.postId ? <GoTo key={one.id} className={css.item} to={toPost(one.postId)}>{inside}</GoTo> : <div key={one.id} className={css.item}>{inside}</div>
      })}
    </section>
  )
}

function Waits({ items }: { items: TodayFacts['waiting'] }) {
  const t = useWords(words)
  const { history } = useRouter()
  return (
    <Section title={t('today.waiting')} acts={<GoTo to="/inbox">{t('today.all')}</GoTo>}>
      <Card padded={false}>
        {items.length === 0 ? <Text c="dimmed" p={14}>{t('today.noWaiting')}</Text> : (
          <List items={items} id={(one) => one.id} label={t('today.waiting')} open={(one) => history.push(`/app${toConversation(one.id)}`)} row={(one) => (
            <GoTo to={toConversation(one.id)} className={css.row}>
              <Face name={one.contact.name} size={36} />
              <span><span className={css.who}>{one.contact.name}</span> <Text span size="sm" c="dimmed">{one.assignee ? t('today.with', { name: one.assignee.name }) : ''}</Text></span>
              <span className={css.waits}><When at={one.waitingSince} /></span>
              <span className={css.quote} lang={one.lang ?? undefined}>{one.lastText}</span>
            </GoTo>
          )} />
        )}
      </Card>
    </Section>
  )
}

function Nudges({ items }: { items: TodayFacts['nudges'] }) {
  const t = useWords(words)
  const { pick } = useLang()
  if (items.length === 0) return null
  return (
    <Section title={t('today.nudges')}>
      <Card padded={false}>
        {items.map((nudge) => (
          <GoTo key={`${nudge.pillar}${nudge.says.en}`} to={nudge.to} className={css.nudge}>
            <i style={{ background: pillarColour(nudge.pillar) }} /><span style={nudge.urgent ? { fontWeight: 580 } : {}}>{pick(nudge.says)}</span>
          </GoTo>
        ))}
      </Card>
    </Section>
  )
}

function GoesOut({ items }: { items: TodayFacts['goesOut'] }) {
  const t = useWords(words)
  const nameOf = useChannelName()
  const { lang, zone } = useLang()
  return (
    <Section title={t('today.goesOut')} acts={<GoTo to="/calendar">{t('today.calendar')}</GoTo>}>
      <Card padded={false}>
        {items.length === 0 ? <Text c="dimmed" p={14}>{t('today.noGoesOut')}</Text> : items.map((post) => (
          <GoTo key={post.id} to={toPost(post.id)} className={css.item}>
            <b lang={post.lang}>{post.title || t('today.untitled')}</b>
            <Text size="sm" c="dimmed"><span title={exact(new Date(post.dueAt), lang, post.zone ?? zone)}>{short(new Date(post.dueAt), lang, post.zone ?? zone)}</span> · {post.channels.map(nameOf).join(', ')} · {t('today.by', { name: post.author.name })}</Text>
          </GoTo>
        ))}
      </Card>
    </Section>
  )
}

function Score() {
  const t = useWords(words)
  const { pick } = useLang()
  const { data } = useSuspenseQuery(scorecardQuery())
  return (
    <Section title={t('campaigns.scorecard')} acts={<GoTo to="/campaigns/scorecard">{t('today.figures')}</GoTo>}>
      <Columns size={260} columns={data.pillars.map((pillar) => ({ id: pillar.id, name: pick(pillar.name), score: pillar.score, why: pick(pillar.promise) }))} />
    </Section>
  )
}
