import { Button, Group, Modal, NativeSelect, NumberInput, Radio, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { told } from '#ui/undo.tsx'
import { dayAfter } from './agenda.ts'
import { beginSeries, changeSeries, previewRule, seriesQuery, type Series } from './calls.ts'
import { nameOf } from './chip.tsx'
import { wallAt } from './clock.ts'
import css from './dialogs.module.css'
import type { Item } from './item.ts'
import { useLook, wallWords, weekday } from './look.tsx'
import { Refusals } from './refusal.tsx'
import { formFor, formOf, freqs, nthOf, ruleOf, type Freq, type RuleForm } from './rule.ts'

/** A post that comes again: the rule as a form, read back in words with its next times. Of a series, the rule is changed. */
export function RepeatDialog({ item, zone, onClose }: { item: Item; zone: string; onClose: () => void }) {
  const series = useQuery({ ...seriesQuery(item.seriesId ?? ''), enabled: item.seriesId !== null })
  const { t } = useLook()
  return (
    <Modal opened onClose={onClose} size="lg" title={t(item.seriesId ? 'series.change' : 'repeat.title')} closeButtonProps={{ 'aria-label': t('move.cancel') }}>
      {item.seriesId && !series.data ? null : <Rule item={item} zone={series.data?.zone ?? item.zone ?? zone} series={series.data} onClose={onClose} />}
    </Modal>
  )
}

interface Given { readonly item: Item; readonly zone: string; readonly series: Series | undefined; readonly onClose: () => void }
function Rule({ item, zone, series, onClose }: Given) {
  const { t, lang, today } = useLook()
  const queries = useQueryClient()
  const begins = item.occurrence ?? (item.at ? wallAt(zone, Date.parse(item.at)) : `${dayAfter(today, 1)}T10:00`)
  const [day, setDay] = useState(begins.slice(0, 10))
  const [time, setTime] = useState(begins.slice(11, 16))
  const [form, setForm] = useState<RuleForm>(() => (series ? formOf(series.rule, begins.slice(0, 10)) : undefined) ?? formFor(begins.slice(0, 10)))
  const [scope, setScope] = useState<'following' | 'all'>('following')
  const isWhole = day !== '' && time !== '' && form.weekdays.length > 0
  const given = { rule: isWhole ? ruleOf(form, day) : '', startWall: `${day}T${time}`, zone }
  const act = useMutation({
    mutationFn: async () => {
      if (!series) return (await beginSeries({ ...given, fromPostId: item.id, exdates: item.at ? [begins] : [] })).says
      // From the first one on is all of it: then the start moves as well.
      const changed = await changeSeries(series.id, { ...given, version: series.version, startWall: scope === 'all' ? `${series.startWall.slice(0, 10)}T${time}` : given.startWall, ...(scope === 'following' ? { from: begins } : {}) })
      return changed.series.says
    },
    onSuccess: async (says) => { told(t('repeat.made', { rule: says[lang] })); onClose(); await queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  return (
    <form onSubmit={(event) => { event.preventDefault(); act.mutate() }}>
      <Text fw={550} lang={item.lang}>{nameOf(item, t)}</Text>
      <Text size="sm" c="dimmed">{t('repeat.about')}</Text>
      <Fields form={form} day={day} change={(change) => setForm((before) => ({ ...before, ...change }))} />
      <div className={css.moments}>
        <label>{t('repeat.start')}<input className={css.moment} type="date" required value={day} onChange={(event) => setDay(event.currentTarget.value)} /></label>
        <label>{t('repeat.time')}<input className={css.moment} type="time" required value={time} onChange={(event) => setTime(event.currentTarget.value)} /></label>
      </div>
      {series ? <SegmentedControl size="xs" mb={8} value={scope} onChange={(value) => setScope(value as 'following' | 'all')} aria-label={t('series.scope')} data={(['following', 'all'] as const).map((value) => ({ value, label: t(`series.${value}`) }))} /> : null}
      {isWhole ? <Coming given={given} /> : null}
      {!series && item.at ? <Text size="xs" c="dimmed" mt={8}>{t('repeat.stays')}</Text> : null}
      <Refusals error={act.error} zone={zone} names={new Map()} onChoose={(hour) => { if (hour.wall) setTime(hour.wall.slice(11, 16)) }} />
      <Group justify="flex-end" gap={8} mt={20}><Button variant="default" onClick={onClose}>{t('move.cancel')}</Button><Button type="submit" disabled={!isWhole} loading={act.isPending}>{t(series ? 'series.change' : 'repeat.go')}</Button></Group>
    </form>
  )
}

interface FieldsOf { readonly form: RuleForm; readonly day: string; readonly change: (change: Partial<RuleForm>) => void }
function Fields({ form, day, change }: FieldsOf) {
  const { t, lang } = useLook()
  const monday = '2026-11-23'
  return (
    <Stack gap={12} mt={16}>
      <Group gap={8} align="flex-end">
        <NumberInput w={90} label={t('repeat.every')} min={1} max={99} allowDecimal={false} value={form.interval} onChange={(value) => change({ interval: Number(value) || 1 })} />
        <NativeSelect aria-label={t('repeat.unit')} value={form.freq} onChange={(event) => change({ freq: event.currentTarget.value as Freq })} data={freqs.map((value) => ({ value, label: t(`repeat.units.${value}`, { count: form.interval }) }))} />
      </Group>
      {form.freq === 'WEEKLY' ? (
        <div role="group" aria-label={t('repeat.on')} className={css.weekdays}>
          {[1, 2, 3, 4, 5, 6, 7].map((one) => (
            <label key={one}>
              <input type="checkbox" aria-label={weekday(lang, dayAfter(monday, one - 1), 'long')} checked={form.weekdays.includes(one)} onChange={(event) => change({ weekdays: event.currentTarget.checked ? [...form.weekdays, one] : form.weekdays.filter((other) => other !== one) })} />
              <span aria-hidden>{weekday(lang, dayAfter(monday, one - 1))}</span>
            </label>
          ))}
        </div>
      ) : null}
      {form.freq === 'MONTHLY' && day ? (
        <Radio.Group aria-label={t('repeat.monthly')} value={form.monthly} onChange={(value) => change({ monthly: value as RuleForm['monthly'] })}>
          <Group gap={20}>
            <Radio value="date" label={t('repeat.onDate', { day: String(Number(day.slice(8))) })} />
            <Radio value="weekday" label={t('repeat.onWeekday', { nth: t(`repeat.nth.${nthOf(day)}`), weekday: weekday(lang, day, 'long') })} />
          </Group>
        </Radio.Group>
      ) : null}
      <Group gap={8} align="flex-end">
        <NativeSelect label={t('repeat.ends')} value={form.ends} onChange={(event) => change({ ends: event.currentTarget.value as RuleForm['ends'] })} data={(['never', 'until', 'times'] as const).map((value) => ({ value, label: t(`repeat.${value}`) }))} />
        {form.ends === 'until' ? <input className={css.moment} type="date" aria-label={t('repeat.untilDay')} required min={day} value={form.until} onChange={(event) => change({ until: event.currentTarget.value })} /> : null}
        {form.ends === 'times' ? <NumberInput w={110} aria-label={t('repeat.count')} min={1} max={999} allowDecimal={false} value={form.count} onChange={(value) => change({ count: Number(value) || 1 })} /> : null}
      </Group>
    </Stack>
  )
}

/** The rule in words, and when it comes next. */
function Coming({ given }: { given: { readonly rule: string; readonly startWall: string; readonly zone: string } }) {
  const { t, lang } = useLook()
  const { data } = useQuery({ queryKey: ['rule', given], queryFn: () => previewRule(given), retry: false, placeholderData: (before) => before })
  if (!data) return null
  return (
    <div role="status">
      <p className={css.rule}>{data.says[lang]}</p>
      <Text size="sm" c="dimmed">{t('repeat.next')}: {data.next.slice(0, 5).map((one) => `${wallWords(lang, one.wallTime)}${one.clockChange ? ` (${t('repeat.clockChange')})` : ''}`).join(' · ')}{data.next.length > 5 ? ' …' : ''}</Text>
    </div>
  )
}
