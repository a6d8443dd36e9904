import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { campaignQuery, scorecardQuery, strategy, type Aim, type Campaign } from './calls.ts'
import { fromTyped, shown, suffix, typedOf } from './figures.ts'
import { words } from './words.ts'

interface Form { campaign: Campaign; aim: Aim | undefined; done: () => void }

function useAim({ campaign, aim, done }: Form) {
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(scorecardQuery())
  const signals = data.pillars.flatMap((pillar) => pillar.signals)
  const [typed, setTyped] = useState(() => {
    const unit = aim?.live.unit ?? 'count'
    return { says: aim?.says ?? '', signal: aim?.signal ?? '', baseline: aim ? typedOf(aim.baseline, unit) : ('' as number | string), target: aim ? typedOf(aim.target, unit) : ('' as number | string), dueOn: aim?.dueOn ?? campaign.endsOn ?? '' }
  })
  const signal = signals.find((one) => one.id === typed.signal)
  const unit = signal?.unit ?? 'count'
  const save = useMutation({
    mutationFn: () => {
      const json = { says: typed.says, signal: typed.signal, dueOn: typed.dueOn, baseline: fromTyped(Number(typed.baseline), unit), target: fromTyped(Number(typed.target), unit) }
      return aim ? take(strategy.objectives[':id'].$put({ param: { id: aim.id }, json })) : take(strategy.campaigns[':id'].objectives.$post({ param: { id: campaign.id }, json }))
    },
    onSuccess: (answer) => { queries.setQueryData(campaignQuery(campaign.id).queryKey, answer); done() },
  })
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }))
  return { pillars: data.pillars, signal, unit, typed, change, save }
}

/** One objective: its sentence, its signal, from where to where, and by when. */
export function AimForm(given: Form) {
  const t = useWords(words)
  const { pick, lang } = useLang()
  const { pillars, signal, unit, typed, change, save } = useAim(given)
  const same = typed.target !== '' && Number(typed.target) === Number(typed.baseline) ? t('aims.same') : undefined
  const submit = (event: FormEvent) => { event.preventDefault(); if (!same) save.mutate() }
  const takeSignal = (id: string | null) => {
    const found = pillars.flatMap((pillar) => pillar.signals).find((one) => one.id === id)
    change({ signal: id ?? '', baseline: found?.value === null || found === undefined ? '' : typedOf(Math.round(found.value * 1000) / 1000, found.unit) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <TextInput required data-autofocus label={t('aims.says')} description={t('aims.saysHint')} maxLength={500} value={typed.says} error={fieldError(save.error, 'says')} onChange={(event) => change({ says: event.currentTarget.value })} />
        <Select required searchable label={t('aims.signal')} description={t('aims.signalHint')} value={typed.signal || null} error={fieldError(save.error, 'signal')} onChange={takeSignal}
          data={pillars.map((pillar) => ({ group: pick(pillar.name), items: pillar.signals.map((one) => ({ value: one.id, label: pick(one.name) })) }))} />
        {signal ? <Text size="sm" c="dimmed">{pick(signal.definition)} {signal.value === null ? t('aims.noFigure') : `${t('aims.today', { value: shown(signal.value, signal.unit, lang) })}.`}</Text> : null}
        <Group grow gap={12} align="flex-start">
          <NumberInput required label={t('aims.baseline')} suffix={suffix(unit, lang)} decimalSeparator={lang === 'el' ? ',' : '.'} value={typed.baseline} hideControls onChange={(baseline) => change({ baseline })} />
          <NumberInput required label={t('aims.target')} suffix={suffix(unit, lang)} decimalSeparator={lang === 'el' ? ',' : '.'} value={typed.target} hideControls error={same ?? fieldError(save.error, 'target')} onChange={(target) => change({ target })} />
          <TextInput required type="date" label={t('aims.dueOn')} value={typed.dueOn} error={fieldError(save.error, 'dueOn')} onChange={(event) => change({ dueOn: event.currentTarget.value })} />
        </Group>
        <ProblemNote error={save.error} />
        <Group justify="flex-end" gap={8}><Button variant="default" onClick={given.done}>{t('aims.cancel')}</Button><Button type="submit" loading={save.isPending}>{t('aims.save')}</Button></Group>
      </Stack>
    </form>
  )
}
