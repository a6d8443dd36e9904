import { ActionIcon, Anchor, Button, Group, Modal, Switch, Text } from '@mantine/core'
import { IconPencil, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { accountsQuery } from '../calls.ts'
import { feedRulesQuery, keepFeedRule, removeFeedRule, ruleWords, type FeedRule } from './calls.ts'
import { accountName } from './chip.tsx'
import css from './dialogs.module.css'
import { useLook } from './look.tsx'
import { RuleForm } from './rule-form.tsx'

/** What becomes of what the feeds tell: a rule for each, and whether it is at work. */
export function RulesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLook()
  const rules = useQuery(feedRulesQuery)
  const accounts = useQuery(accountsQuery)
  const [open, setOpen] = useState<FeedRule | 'new'>()
  const feeds = (accounts.data?.items ?? []).filter((account) => account.channel === 'feeds')
  const items = rules.data?.items ?? []
  return (
    <Modal opened onClose={onClose} size="lg" title={t('rules.title')} closeButtonProps={{ 'aria-label': t('exchange.close') }}>
      <Text size="sm" c="dimmed">{t('rules.about')}</Text>
      <ProblemNote error={rules.error ?? accounts.error} />
      {open ? <RuleForm key={open === 'new' ? 'new' : open.id} rule={open === 'new' ? undefined : open} feeds={feeds} accounts={accounts.data?.items ?? []} onClose={() => setOpen(undefined)} /> : (
        <>
          {items.length > 0 ? <ul className={css.list}>{items.map((rule) => <Rule key={rule.id} rule={rule} onEdit={() => setOpen(rule)} />)}</ul> : null}
          {accounts.data && feeds.length === 0 ? <Text size="sm" mt={12}>{t('rules.noFeed')} <Anchor size="sm" renderRoot={(props) => <Link to="/settings/channels" {...props} />}>{t('rules.connect')}</Anchor></Text>
            : rules.data && accounts.data ? <Button mt={16} variant={items.length === 0 ? 'filled' : 'default'} onClick={() => setOpen('new')}>{t('rules.add')}</Button> : null}
        </>
      )}
    </Modal>
  )
}

function Rule({ rule, onEdit }: { rule: FeedRule; onEdit: () => void }) {
  const look = useLook()
  const { t, lang } = look
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: feedRulesQuery.queryKey })
  const turn = useMutation({ mutationFn: (on: boolean) => keepFeedRule(rule.id, { ...ruleWords(rule), on }), onSettled: fresh })
  const remove = useMutation({ mutationFn: () => removeFeedRule(rule.id), onSettled: fresh })
  const where = new Intl.ListFormat(lang).format(rule.accountIds.map((id) => accountName(id, look)))
  const does = rule.does === 'slot' ? t('rules.toSlot', { accounts: where }) : where ? t('rules.toDraftFor', { accounts: where }) : t('rules.toDraft')
  return (
    <li>
      <span><b>{rule.feedName}</b><br />{does} · {t('rules.taken', { count: rule.taken })}<ProblemNote error={turn.error ?? remove.error} /></span>
      <Group gap={6} wrap="nowrap">
        <Switch size="xs" aria-label={t('rules.on', { feed: rule.feedName })} checked={turn.isPending ? turn.variables : rule.on} onChange={(event) => turn.mutate(event.currentTarget.checked)} />
        <ActionIcon size="sm" aria-label={t('rules.edit', { feed: rule.feedName })} onClick={onEdit}><IconPencil size={14} stroke={1.5} /></ActionIcon>
        <ActionIcon size="sm" aria-label={t('rules.remove', { feed: rule.feedName })} onClick={() => remove.mutate()}><IconX size={14} stroke={1.5} /></ActionIcon>
      </Group>
    </li>
  )
}
