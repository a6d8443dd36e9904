import { ActionIcon, Button, Group, Menu, Modal, Progress, Text } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { words as own } from '#ui/own-words.ts'
import { undoable, wrong } from '#ui/undo.tsx'
import { plainDay } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { AimForm } from './aim-form.tsx'
import { campaignQuery, strategy, type Aim, type Campaign } from './calls.ts'
import css from './campaigns.module.css'
import { shown } from './figures.ts'
import { words } from './words.ts'

/** The objectives of a campaign, each with where its signal stands now. */
export function Aims({ campaign, mayWrite }: { campaign: Campaign; mayWrite: boolean }) {
  const t = useWords(words)
  const ours = useWords(own)
  const [editing, setEditing] = useState<Aim | 'new'>()
  const drop = useDrop(campaign)
  return (
    <section className={css.side}>
      <Group justify="space-between" mb={4}>
        <h2 className={css.sideTitle} style={{ margin: 0 }}>{t('aims.title')}</h2>
        {mayWrite ? <ActionIcon id="plan-objectives" color="sea" aria-label={t('aims.add')} onClick={() => setEditing('new')}><IconPlus size={18} stroke={1.5} /></ActionIcon> : null}
      </Group>
      {campaign.objectives.length === 0 ? <Text size="sm" c="dimmed">{t('aims.lead')}</Text> : null}
      {campaign.objectives.map((aim) => <One key={aim.id} aim={aim} mayWrite={mayWrite} change={() => setEditing(aim)} drop={() => drop(aim)} />)}
      {mayWrite && campaign.objectives.length === 0 ? <Button mt={12} variant="light" fullWidth onClick={() => setEditing('new')}>{t('aims.add')}</Button> : null}
      <Modal opened={editing !== undefined} onClose={() => setEditing(undefined)} title={<Text component="span" fw={600}>{t(editing === 'new' ? 'aims.add' : 'aims.change')}</Text>} closeButtonProps={{ 'aria-label': ours('close') }}>
        {editing ? <AimForm campaign={campaign} aim={editing === 'new' ? undefined : editing} done={() => setEditing(undefined)} /> : null}
      </Modal>
    </section>
  )
}

// Gone from the screen at once, from the server when the time to undo has passed.
function useDrop(campaign: Campaign) {
  const t = useWords(words)
  const queries = useQueryClient()
  const key = campaignQuery(campaign.id).queryKey
  const refresh = () => queries.invalidateQueries({ queryKey: key })
  return (aim: Aim) => {
    queries.setQueryData(key, (before) => before && { ...before, objectives: before.objectives.filter((one) => one.id !== aim.id) })
    undoable({
      says: t('aims.dropped'), undoLabel: t('aims.undo'), undo: () => void refresh(),
      after: () => { take(strategy.objectives[':id'].$delete({ param: { id: aim.id } })).then(refresh, (error: unknown) => { wrong(error, t('aims.drop')); void refresh() }) },
    })
  }
}

function One({ aim, mayWrite, change, drop }: { aim: Aim; mayWrite: boolean; change: () => void; drop: () => void }) {
  const t = useWords(words)
  const { pick, lang } = useLang()
  const unit = aim.live.unit ?? 'count'
  const show = (value: number) => shown(value, unit, lang)
  const share = aim.live.progress
  return (
    <div className={css.aim}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap={8}>
        <Text fw={550}>{aim.says}</Text>
        {mayWrite ? (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon size={24} aria-label={`${t('aims.change')}: ${aim.says}`}><IconDots size={18} stroke={1.5} /></ActionIcon></Menu.Target>
            <Menu.Dropdown><Menu.Item onClick={change}>{t('aims.change')}</Menu.Item><Menu.Item color="terracotta" onClick={drop}>{t('aims.drop')}</Menu.Item></Menu.Dropdown>
          </Menu>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed">{aim.signalName ? `${pick(aim.signalName)} · ` : ''}{t('aims.path', { baseline: show(aim.baseline), target: show(aim.target), day: plainDay(aim.dueOn, lang) })}</Text>
      <Progress mt={8} size={6} value={(share ?? 0) * 100} color={share === 1 ? 'leaf' : 'sea'} aria-label={share === null ? t('aims.notEnough') : t('aims.reached', { share })} />
      <Text size="sm" mt={4}>{aim.live.value === null ? <Text span size="sm" c="dimmed">{t('aims.notEnough')}</Text> : t('aims.now', { value: show(aim.live.value) })}</Text>
    </div>
  )
}
