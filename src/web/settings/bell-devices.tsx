import { ActionIcon, Switch, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { Card } from '#ui/page.tsx'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { canPush, markOfHere, switchOff, switchOn } from '../push.ts'
import { bell, bellQuery, useBellAct, type BellState } from './bell-calls.ts'
import { bellWords } from './bell-words.ts'
import css from './settings.module.css'

/** The devices that take push messages, this one first. */
export function Devices({ state }: { state: BellState }) {
  const t = useWords(bellWords)
  const { lang, zone } = useLang()
  const queries = useQueryClient()
  const { data: mark } = useQuery({ queryKey: ['bell-here'], queryFn: async () => await markOfHere() ?? '', staleTime: 0 })
  const drop = useBellAct((id: string) => take(bell.devices[':id'].$delete({ param: { id } })))
  const own = state.devices.find((one) => one.endpointHash === mark)
  const turn = useMutation({
    mutationFn: async (on: boolean) => { await (on ? switchOn() : switchOff(own?.id)) },
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['bell-here'] }), queries.invalidateQueries({ queryKey: bellQuery.queryKey })]),
  })
  const others = state.devices.filter((one) => one !== own)
  const isWanted = Object.values(state.wishes).some((wanted) => wanted.includes('push'))
  return (
    <>
      {canPush() ? <Switch label={t('here')} description={t('hereHelp')} checked={own !== undefined} disabled={turn.isPending} onChange={(event) => turn.mutate(event.currentTarget.checked)} /> : <Text size="sm">{t('cannot')}</Text>}
      {turn.isError ? <Text size="sm" c="terracotta" mt={8} role="alert">{turn.error.message === 'denied' ? t('denied') : t('failed')}</Text> : null}
      {isWanted && state.devices.length === 0 && canPush() ? <Text size="sm" c="dimmed" mt={8}>{t('noDevices')}</Text> : null}
      {others.length > 0 ? (
        <div style={{ marginTop: 14 }}><Card padded={false}>
          {others.map((one) => (
            <div key={one.id} className={css.line}>
              <Text size="sm">{t('other', { name: one.name, when: day(new Date(one.addedAt), lang, zone) })}</Text>
              <ActionIcon aria-label={t('drop', { name: one.name })} onClick={() => drop.mutate(one.id)}><IconX size={16} stroke={1.5} /></ActionIcon>
            </div>
          ))}
        </Card></div>
      ) : null}
    </>
  )
}
