import { ActionIcon, Button, Group, Switch, Text } from '@mantine/core'
import { IconArrowUp, IconPencil, IconX } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActSays } from '#pillars/connectivity/web/act-says.ts'
import { Card } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { undoable, wrong } from '#ui/undo.tsx'
import { When as Moment } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { Macros } from './macros.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { dropRule, orderRules, pauseRule, rulesQuery, saveRule, useRuleAct, type Rule, type When } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'
import css from './settings.module.css'
import { SettingsPage } from './settings.tsx'

/** What happens by itself in the inbox, and what is done there at one press. */
export function Rules() {
  const t = useWords(rulesWords)
  const { may } = useSession()
  const { data } = useSuspenseQuery(rulesQuery)
  const [open, setOpen] = useState<string>()
  const order = useRuleAct(orderRules)
  const close = () => setOpen(undefined)
  const raise = (place: number) => order.mutate(data.items.map(({ id }) => id).toSpliced(place - 1, 2, data.items[place]!.id, data.items[place - 1]!.id), { onError: (error) => wrong(error, t('failed')) })
  const isFull = data.items.length >= data.limit
  return (
    <SettingsPage title={t('title')} lead={t('lead')} acts={may('plan') && open !== 'new' ? <Button size="sm" disabled={isFull} onClick={() => setOpen('new')}>{t('add')}</Button> : null}>
      {isFull ? <Text size="sm" c="dimmed" mb={12}>{t('full', { limit: String(data.limit) })}</Text> : null}
      {open === 'new' ? <div className={css.ruleNew}><RuleEditor rule={undefined} onClose={close} /></div> : null}
      <Card padded={false}>
        {data.items.length === 0 ? <div className={css.line}><Text size="sm" c="dimmed">{t('none')}</Text></div> : null}
        {data.items.map((rule, place) => (open === rule.id
          ? <RuleEditor key={rule.id} rule={rule} onClose={close} />
          : <RuleLine key={rule.id} rule={rule} onEdit={() => setOpen(rule.id)} onUp={place > 0 ? () => raise(place) : undefined} />))}
      </Card>
      <div className={css.macros}><Macros /></div>
    </SettingsPage>
  )
}

function RuleLine({ rule, onEdit, onUp }: { rule: Rule; onEdit: () => void; onUp: (() => void) | undefined }) {
  const t = useWords(rulesWords)
  const { may } = useSession()
  const { name } = rule
  const failed = { onError: (error: unknown) => wrong(error, t('failed')) }
  const pause = useRuleAct(pauseRule)
  const drop = useRuleAct(dropRule)
  const back = useRuleAct(saveRule)
  const { when, line, acts } = rule
  const remove = () => drop.mutate(rule.id, { ...failed, onSuccess: () => undoable({ says: t('dropped', { name }), undoLabel: t('undo'), undo: () => back.mutate({ name, when, line, acts: [...acts] }, failed) }) })
  return (
    <div className={`${css.line} ${css.wrap}`}>
      <div className={css.ruleSays}>
        <Text fw={550}>{name}</Text>
        <Sentence rule={rule} />
        <Text size="xs" c="dimmed">{t('times', { count: rule.times })}{rule.lastAt ? <>, {t('last')} <Moment at={rule.lastAt} /></> : null}</Text>
        {rule.pausedBecause === 'runaway' ? <Text size="sm" c="terracotta" role="status">{t('runaway')}</Text> : null}
        {rule.broken.map((what) => <Text key={what} size="sm" c="terracotta">{t(`broken.${what}`)}</Text>)}
      </div>
      {may('plan') ? (
        <Group gap={4} wrap="nowrap">
          <Switch size="sm" mr={8} checked={rule.pausedAt === null} aria-label={t('active', { name })} disabled={pause.isPending} onChange={(event) => pause.mutate({ id: rule.id, paused: !event.currentTarget.checked }, failed)} />
          {onUp ? <ActionIcon aria-label={t('up', { name })} onClick={onUp}><IconArrowUp size={16} stroke={1.5} aria-hidden /></ActionIcon> : null}
          <ActionIcon aria-label={t('edit', { name })} onClick={onEdit}><IconPencil size={16} stroke={1.5} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={t('drop', { name })} onClick={remove}><IconX size={16} stroke={1.5} aria-hidden /></ActionIcon>
        </Group>
      ) : null}
    </div>
  )
}

function Sentence({ rule }: { rule: Rule }) {
  const t = useWords(rulesWords)
  const says = useActSays()
  const happens = useHappens()
  return (
    <Text size="sm">
      {t('sentence.when')} {happens(rule.when)}, {t('sentence.if')} <code className={css.ruleAsks}>{rule.line === '' ? t('sentence.every') : rule.line}</code>, {t('sentence.does')}: {rule.acts.map(says).join(', ')}
    </Text>
  )
}

function useHappens(): (when: When) => string {
  const t = useWords(rulesWords)
  const span = (minutes: number): string => {
    const [size, unit] = ([[1440, 'd'], [60, 'h'], [1, 'm']] as const).find(([one]) => minutes % one === 0)!
    return t(`span.${unit}`, { count: minutes / size })
  }
  return (when) => ('minutes' in when ? t(`on.${when.on}`, { minutes: span(when.minutes) }) : t(`on.${when.on}`))
}
