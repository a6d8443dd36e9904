import { Button, Checkbox, Group, NativeSelect, Radio, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { filled } from '#core/schedule/rules.ts'
import { isLang } from '#kit/lang.ts'
import { ProblemNote } from '#ui/problem.tsx'
import type { Account } from '../calls.ts'
import { feedRulesQuery, keepFeedRule, newestOfFeed, ruleWords, type FeedRule, type RuleWords } from './calls.ts'
import { accountName } from './chip.tsx'
import css from './dialogs.module.css'
import { useLook } from './look.tsx'

const marks = ['title', 'text', 'link', 'author'] as const
const intents = ['give', 'talk', 'ask'] as const
interface Given { readonly rule: FeedRule | undefined; readonly feeds: readonly Account[]; readonly accounts: readonly Account[]; readonly onClose: () => void }

/** One rule: which feed, what each new item becomes, where it goes, and in which words. */
export function RuleForm({ rule, feeds, accounts, onClose }: Given) {
  const look = useLook()
  const { t, lang } = look
  const queries = useQueryClient()
  const [form, setForm] = useState<RuleWords>(() => (rule ? ruleWords(rule) : { feedAccountId: feeds[0]?.id ?? '', does: 'draft', accountIds: [], template: '{title}\n\n{link}', lang, intent: 'give', campaignId: null, on: true }))
  const change = (part: Partial<RuleWords>) => setForm((before) => ({ ...before, ...part }))
  const keep = useMutation({
    mutationFn: () => keepFeedRule(rule?.id, form),
    onSuccess: async () => { await queries.invalidateQueries({ queryKey: feedRulesQuery.queryKey }); onClose() },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); keep.mutate() }
  const isWhole = form.feedAccountId !== '' && form.template.trim() !== '' && (form.does === 'draft' || form.accountIds.length > 0)
  return (
    <form onSubmit={submit}>
      <Stack gap={16} mt={16}>
        <NativeSelect label={t('rules.feed')} value={form.feedAccountId} onChange={(event) => change({ feedAccountId: event.currentTarget.value })} data={feeds.map(({ id, name }) => ({ value: id, label: name }))} />
        <Radio.Group label={t('rules.does')} value={form.does} onChange={(next) => change({ does: next === 'slot' ? 'slot' : 'draft' })}>
          <Stack gap={8} mt={6}>{(['draft', 'slot'] as const).map((one) => <Radio key={one} value={one} label={t(`rules.doing.${one}`)} description={t(`rules.doingSays.${one}`)} />)}</Stack>
        </Radio.Group>
        <Checkbox.Group label={t('rules.where')} value={[...form.accountIds]} onChange={(accountIds) => change({ accountIds })}>
          <Group gap={16} mt={6}>{accounts.filter(({ kinds }) => kinds.includes('post')).map(({ id }) => <Checkbox key={id} size="sm" value={id} label={accountName(id, look)} />)}</Group>
        </Checkbox.Group>
        <Words form={form} change={change} />
        <Group gap={16} align="flex-end">
          <SegmentedControl size="xs" aria-label={t('rules.lang')} value={form.lang} onChange={(next) => { if (isLang(next)) change({ lang: next }) }} data={(['en', 'el'] as const).map((value) => ({ value, label: t(`langs.${value}`) }))} />
          <SegmentedControl size="xs" aria-label={t('filters.intent')} value={form.intent} onChange={(next) => { const intent = intents.find((one) => one === next); if (intent) change({ intent }) }} data={intents.map((value) => ({ value, label: t(`intents.${value}`) }))} />
        </Group>
      </Stack>
      <ProblemNote error={keep.error} />
      <Group justify="flex-end" gap={8} mt={20}><Button variant="default" onClick={onClose}>{t('move.cancel')}</Button><Button type="submit" disabled={!isWhole} loading={keep.isPending}>{t('rules.save')}</Button></Group>
    </form>
  )
}

/** The words of each post, with places for what an item says; beside them how the newest item would read. */
function Words({ form, change }: { form: RuleWords; change: (part: Partial<RuleWords>) => void }) {
  const { t } = useLook()
  const area = useRef<HTMLTextAreaElement>(null)
  const { data } = useQuery({ queryKey: ['feed-rules', 'newest', form.feedAccountId], queryFn: () => newestOfFeed(form.feedAccountId), enabled: form.feedAccountId !== '' })
  const item = data?.item ?? undefined
  const put = (mark: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? { selectionStart: form.template.length, selectionEnd: form.template.length }
    change({ template: `${form.template.slice(0, from)}{${mark}}${form.template.slice(to)}` })
    area.current?.focus()
  }
  return (
    <div>
      <Textarea ref={area} label={t('rules.template')} description={t('rules.templateHint')} maxLength={5000} minRows={3} required withAsterisk={false} value={form.template} onChange={(event) => change({ template: event.currentTarget.value })} />
      <Group gap={6} mt={6} role="group" aria-label={t('rules.marks')}>{marks.map((mark) => <Button key={mark} size="compact-xs" variant="light" onClick={() => put(mark)}>{t(`rules.mark.${mark}`)}</Button>)}</Group>
      {data ? (
        <div className={css.example} role="status">
          <Text size="xs" c="dimmed" mb={4}>{t(item ? 'rules.example' : 'rules.exampleMade')}</Text>
          <p lang={form.lang}>{filled(form.template, item ?? { text: `${t('rules.sample.title')}\n${t('rules.sample.text')}`, link: 'https://example.org/1', author: t('rules.sample.author') })}</p>
        </div>
      ) : null}
    </div>
  )
}
