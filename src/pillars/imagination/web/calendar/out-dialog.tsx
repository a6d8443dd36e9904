import { Modal, Text } from '@mantine/core'
import { IconCalendarCheck, IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { told } from '#ui/undo.tsx'
import { useSession } from '#ui/session.ts'
import { again, move, recordDate } from './calls.ts'
import { nameOf } from './chip.tsx'
import { wallAt } from './clock.ts'
import css from './dialogs.module.css'
import type { Item } from './item.ts'
import { useLook, wallWords } from './look.tsx'
import { Refusals } from './refusal.tsx'

/** Something that is out was moved: is its record wrong, or should it be said again? */
export function OutDialog({ item, wall, onClose }: { item: Item; wall: string; onClose: () => void }) {
  const { t, lang, zone } = useLook()
  const { may } = useSession()
  const queries = useQueryClient()
  const when = wallWords(lang, wall)
  const act = useMutation({
    mutationFn: async (choice: 'record' | 'again') => {
      if (choice === 'record') { await recordDate(item, { wall, zone }, t('out.record')); return choice }
      const copied = await again(item.id)
      await move([copied], { to: { wall, zone } })
      return choice
    },
    onSuccess: async (choice) => { told(t(choice === 'record' ? 'out.recorded' : 'out.plannedAgain', { time: when })); onClose(); await queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  const isPast = wall <= wallAt(zone, Date.now())
  return (
    <Modal opened onClose={onClose} title={t('out.title')} closeButtonProps={{ 'aria-label': t('move.cancel') }}>
      <Text size="sm">{t('out.says', { title: nameOf(item, t), time: item.at ? wallWords(lang, wallAt(zone, Date.parse(item.at))) : '' })}</Text>
      <div className={css.choices}>
        <button type="button" className={css.choice} disabled={!isPast || !may('publish') || act.isPending} onClick={() => act.mutate('record')}><IconCalendarCheck size={20} stroke={1.5} aria-hidden /><span><b>{t('out.record')}</b>{t(isPast ? 'out.recordSays' : 'out.recordAhead')}</span></button>
        <button type="button" className={css.choice} disabled={isPast || act.isPending} onClick={() => act.mutate('again')}><IconSend size={20} stroke={1.5} aria-hidden /><span><b>{t('out.again')}</b>{isPast ? t('out.againPast') : t('out.againSays', { time: when })}</span></button>
      </div>
      <Refusals error={act.error} zone={zone} names={new Map()} onChoose={() => onClose()} />
    </Modal>
  )
}
