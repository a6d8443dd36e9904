import { Button, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useActSays } from '#pillars/connectivity/web/act-says.ts'
import { Card } from '#ui/page.tsx'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { short, When as Moment } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { ActsEditor, ruleActs } from './acts-editor.tsx'
import { saveRule, tryRule, useRuleAct, type DryRun, type Rule, type RuleBody, type When } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'
import css from './settings.module.css'

const facts = ['received', 'opened', 'assigned', 'missed', 'done'] as const
const passages = ['unanswered', 'due-soon'] as const
const firstMinutes = { unanswered: 120, 'due-soon': 30 } as const

const whenOf = (on: string, minutes: number | undefined): When => {
  const passage = passages.find((one) => one === on)
  return passage ? { on: passage, minutes: minutes ?? firstMinutes[passage] } : { on: facts.find((one) => one === on) ?? 'received' }
}
const minutesOf = (when: When): number | undefined => ('minutes' in when ? when.minutes : undefined)

interface Given { readonly rule: Rule | undefined; readonly onClose: () => void }

/** A rule as it is written, and what it would have done in the month before. */
export function RuleEditor({ rule, onClose }: Given) {
  const t = useWords(rulesWords)
  const [typed, setTyped] = useState<RuleBody>(rule ? { name: rule.name, when: rule.when, line: rule.line, acts: [...rule.acts] } : { name: '', when: { on: 'received' }, line: '', acts: [] })
  const save = useRuleAct(saveRule)
  const dry = useMutation({ mutationFn: tryRule })
  // What was tried is no longer what stands here.
  const set = (more: Partial<RuleBody>) => { dry.reset(); setTyped({ ...typed, ...more }) }
  const ready = typed.acts.length > 0
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (ready && typed.name.trim()) save.mutate({ ...typed, ...(rule ? { id: rule.id, version: rule.version } : {}) }, { onSuccess: () => { told(t('form.kept')); onClose() } })
  }
  return (
    <Card>
      <form onSubmit={keep} className={css.ruleForm} aria-label={t('form.title')}>
        <TextInput size="sm" label={t('form.name')} value={typed.name} maxLength={80} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })} />
        <WhenField when={typed.when} onWhen={(when) => set({ when })} />
        <TextInput size="sm" label={t('form.line')} description={t('form.lineHint')} value={typed.line} maxLength={300} onChange={(event) => set({ line: event.currentTarget.value })} />
        <ActsEditor acts={typed.acts} kinds={ruleActs} onActs={(acts) => set({ acts: [...acts] })} />
        <ProblemNote error={save.error ?? dry.error} />
        <Group gap={8}>
          <Button type="submit" size="sm" disabled={!ready || !typed.name.trim()} loading={save.isPending}>{t('form.save')}</Button>
          <Button size="sm" variant="light" disabled={!ready} loading={dry.isPending} onClick={() => dry.mutate(typed)}>{t('form.try')}</Button>
          <Button size="sm" variant="subtle" onClick={onClose}>{t('form.cancel')}</Button>
        </Group>
        {dry.data ? <WouldHave run={dry.data} when={typed.when} /> : null}
      </form>
    </Card>
  )
}

function WhenField({ when, onWhen }: { when: When; onWhen: (when: When) => void }) {
  const t = useWords(rulesWords)
  const minutes = minutesOf(when)
  const choices = [...facts.map((on) => ({ value: on as string, label: t(`on.${on}`) })), ...passages.map((on) => ({ value: on as string, label: t(`choose.${on}`) }))]
  return (
    <Group gap={8} align="flex-end">
      <NativeSelect size="sm" style={{ flex: 1 }} label={t('form.when')} data={choices} value={when.on} onChange={(event) => onWhen(whenOf(event.currentTarget.value, undefined))} />
      {minutes === undefined ? null : <NumberInput size="sm" w={110} label={t('form.minutes')} min={1} max={43_200} allowDecimal={false} value={minutes} onChange={(next) => onWhen(whenOf(when.on, Number(next) || 1))} />}
    </Group>
  )
}

/** What the month before would have seen of it; nothing was changed. */
function WouldHave({ run, when }: { run: DryRun; when: When }) {
  const t = useWords(rulesWords)
  const { lang, zone } = useLang()
  const says = useActSays()
  return (
    <section aria-label={t('dry.title')} className={css.dry}>
      <Text fw={550} role="status">{t('dry.says', { touched: run.touched, days: String(run.days) })}{run.left > 0 ? ` ${t('dry.left', { count: run.left })}` : ''}</Text>
      {run.whole ? null : <Text size="sm" c="dimmed">{t('dry.part', { when: short(new Date(run.since), lang, zone) })}</Text>}
      {run.asOfNow ? <Text size="sm" c="dimmed">{t('dry.now')}</Text> : null}
      {when.on === 'due-soon' ? <Text size="sm" c="dimmed">{t('dry.soon')}</Text> : null}
      <Text size="sm" c="dimmed">{t('dry.untouched')}</Text>
      {run.examples.length > 0 ? <h2 className={css.dryTitle}>{t('dry.examples')}</h2> : null}
      <ul className={css.dryList}>
        {run.examples.map((one) => (
          <li key={one.conversationId}>
            <Link to="/inbox" search={{ view: 'all', c: one.conversationId }} aria-label={t('dry.open', { name: one.name })}><b>{one.name}</b></Link> <span>{one.text}</span>
            <small>{one.acts.map(says).join(', ')} · <Moment at={one.at} /></small>
          </li>
        ))}
      </ul>
    </section>
  )
}
