import { ActionIcon, Popover } from '@mantine/core'
import { IconFilterCode } from '@tabler/icons-react'
import { useState } from 'react'
import type { Term } from '#core/conversations/grammar.ts'
import { useWords } from '#ui/words.ts'
import css from './inbox.module.css'
import { words } from './words/words.ts'

const heads: readonly { readonly head: Term['is']; readonly values: readonly string[] }[] = [
  { head: 'lang', values: ['el', 'en'] }, { head: 'tag', values: [] }, { head: 'channel', values: [] }, { head: 'campaign', values: [] }, { head: 'assignee', values: ['me', 'nobody'] },
  { head: 'waiting', values: ['>2h', '<1d'] }, { head: 'due', values: ['<30m', 'missed'] }, { head: 'state', values: ['open', 'snoozed', 'done'] }, { head: 'priority', values: ['low', 'normal', 'high', 'urgent'] }, { head: 'has', values: ['files', 'notes', 'draft', 'held', 'unread'] },
]

/** What a line of search may say; a press puts it into the line. */
export function SearchHelp({ onAdd }: { onAdd: (piece: string) => void }) {
  const t = useWords(words)
  const [opened, setOpened] = useState(false)
  const add = (piece: string) => { setOpened(false); onAdd(piece) }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={310} trapFocus returnFocus={false}>
      <Popover.Target>
        <ActionIcon size={34} variant="default" onClick={() => setOpened(!opened)} aria-label={t('line.help')} title={t('line.help')} aria-expanded={opened}><IconFilterCode size={17} stroke={1.5} aria-hidden /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('line.help')} p={10}>
        <dl className={css.heads}>
          {heads.map(({ head, values }) => (
            <div key={head}>
              <dt>{t(`line.heads.${head}`)}</dt>
              <dd>{(values.length > 0 ? values : ['']).map((value) => <button key={value} type="button" onClick={() => add(`${head}:${value}`)}>{head}:{value || '…'}</button>)}</dd>
            </div>
          ))}
        </dl>
        <p className={css.hint}>{t('line.hint')}</p>
      </Popover.Dropdown>
    </Popover>
  )
}
