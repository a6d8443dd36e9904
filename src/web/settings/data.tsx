import { Badge, Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { take } from '#ui/api.ts'
import { GoTo } from '#ui/go-to.tsx'
import { Card, Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { Progress } from '#ui/progress.tsx'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { bringing, importsQuery, isAtWork, type Bringing, type Columns, type Seen } from './calls.ts'
import { ChooseFile } from './choose-file.tsx'
import { Errors } from './import-errors.tsx'
import { Mapping } from './mapping.tsx'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'


export function Data() {
  const t = useWords(words)
  const { may } = useSession()
  return (
    <SettingsPage title={t('data.title')} lead={t('data.lead')} needs="manage">
      {may('manage') ? <Bring /> : null}
    </SettingsPage>
  )
}

function Bring() {
  const t = useWords(words)
  const queries = useQueryClient()
  const [seen, setSeen] = useState<Seen>()
  const { data } = useSuspenseQuery({ ...importsQuery, refetchInterval: (query) => (query.state.data?.items.some(isAtWork) ? 1000 : false) })
  const inHand = seen && data.items.find((one) => one.id === seen.id)
  const others = data.items.filter((one) => one.id !== seen?.id && !(one.state === 'waiting' && Object.keys(one.mapping ?? {}).length === 0))
  const took = (file: Seen) => { setSeen(file); void queries.invalidateQueries({ queryKey: ['imports'] }) }
  return (
    <>
      {seen ? (
        <Section>
          <Mapping seen={seen} now={inHand} />
          {inHand && (isAtWork(inHand) || inHand.endedAt) ? <div style={{ marginTop: 16 }}><Card><One one={inHand} /></Card></div> : null}
          <Group mt={12}><Button variant="subtle" onClick={() => setSeen(undefined)}>{t('data.again')}</Button></Group>
        </Section>
      ) : <Section><ChooseFile took={took} /></Section>}
      {others.length > 0 ? (
        <Section title={t('data.list')}>
          <Card padded={false}>{others.map((one) => <div key={one.id} className={css.line} style={{ display: 'block' }}><One one={one} /></div>)}</Card>
        </Section>
      ) : null}
    </>
  )
}


/** One import: while it runs its bar, afterwards its result. Both survive a reload, since both are the server's. */
function One({ one }: { one: Bringing }) {
  const t = useWords(words)
  const counts = { made: one.made, known: one.known, wrong: one.wrong }
  if (isAtWork(one)) {
    const label = one.state === 'waiting' ? t('data.waiting') : t(one.dryRun ? 'data.trying' : 'data.running', { name: one.fileName })
    return (
      <>
        <Progress label={label} done={one.doneBytes} total={one.totalBytes} counts={false} secondsLeft={one.secondsLeft} />
        <Group justify="space-between" mt={8}><Text size="sm" c="dimmed">{t(one.dryRun ? 'data.triedCounts' : 'data.counts', counts)}</Text><Stop id={one.id} /></Group>
      </>
    )
  }
  return (
    <>
      <Group justify="space-between" gap={8}>
        <Text fw={550}>{one.fileName}</Text>
        <Group gap={6}>{one.dryRun ? <Badge color="stone">{t('data.tried')}</Badge> : null}<Badge color={one.state === 'done' ? 'leaf' : one.state === 'failed' ? 'terracotta' : 'stone'}>{t(`data.states.${one.state}`)}</Badge></Group>
      </Group>
      <Text size="sm">{t(one.dryRun ? 'data.triedCounts' : 'data.counts', counts)}</Text>
      <Group gap={12}>
        <Text size="sm" c="dimmed"><When at={one.endedAt ?? one.createdAt} /></Text>
        {one.state === 'done' && !one.dryRun && one.made > 0 ? one.format === 'forum' ? <a href="/forum">{t('data.seeForum')}</a> : <GoTo to={one.format === 'disqus' || one.format === 'wxr' ? '/inbox?view=all' : '/inbox?view=all&channel=import'}>{t('data.seeInbox')}</GoTo> : null}
        {one.state === 'stopped' || (one.state === 'done' && one.dryRun) ? <GoOn one={one} /> : null}
      </Group>
      {one.wrong > 0 ? <Errors id={one.id} /> : null}
    </>
  )
}

function Stop({ id }: { id: string }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const stop = useMutation({ mutationFn: () => take(bringing.imports[':id'].stop.$post({ param: { id } })), onError: (error) => wrong(error, t('failed')), onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }) })
  return <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>{t('data.stop')}</Button>
}

/** Takes up what was stopped, or brings in for real what was only tried, with the mapping it has. */
function GoOn({ one }: { one: Bringing }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const start = useMutation({
    mutationFn: () => take(bringing.imports[':id'].start.$post({ param: { id: one.id }, json: { mapping: one.mapping as Columns, dryRun: false } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  })
  return <><Button size="compact-sm" variant="light" loading={start.isPending} onClick={() => start.mutate()}>{t('data.start')}</Button><ProblemNote error={start.error} /></>
}
