import { Button, Menu, Popover } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { told, undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { useActSays } from './act-says.ts'
import { walk } from './act-menus.tsx'
import { undoBulk, type Chosen } from './calls.ts'
import { applyMacro, macrosQuery, type Macro } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

/** Does a macro to conversations and says so, with the way back. */
export function useMacro() {
  const t = useWords(rulesWords)
  const ti = useWords(words)
  const queries = useQueryClient()
  const again = async () => { await queries.invalidateQueries({ queryKey: ['inbox'] }); await queries.invalidateQueries({ queryKey: ['conversations'] }) }
  return async (macro: Macro, which: Chosen): Promise<boolean> => {
    try {
      const { id, changed, stayed } = await applyMacro(macro.id, which)
      await again()
      const says = `${t('macros.done', { name: macro.name, count: Math.max(changed, stayed) })}${stayed > 0 ? ` ${t('macros.stayed')}` : ''}`
      if (changed === 0) { if (stayed > 0 || macro.text === '') told(says); return true }
      undoable({ says, undoLabel: ti('act.undo'), undo: () => void undoBulk(id).then(again).catch((error: unknown) => wrong(error, ti('act.failed'))) })
      return true
    } catch (error) { wrong(error, ti('act.failed')); return false }
  }
}

interface Given { readonly id: string; readonly opened: boolean; readonly onOpened: (opened: boolean) => void; /** The macro's text, for the answer. */ readonly onText: (text: string) => void }

/** The macros of a member in one conversation: one press does all of it. */
export function MacroMenu({ id, opened, onOpened, onText }: Given) {
  const t = useWords(rulesWords)
  const { data } = useQuery(macrosQuery)
  const apply = useMacro()
  const says = useActSays()
  const items = data?.items ?? []
  const put = (macro: Macro) => {
    onOpened(false)
    void (macro.acts.length === 0 ? Promise.resolve(true) : apply(macro, { ids: [id] })).then((did) => { if (did && macro.text !== '') onText(macro.text) })
  }
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" width={300} trapFocus withinPortal={false}>
      <Popover.Target>
        <Button size="xs" variant="default" px={9} aria-label={t('macros.label')} title={t('macros.label')} onClick={() => onOpened(!opened)}><IconBolt size={17} stroke={1.5} aria-hidden /></Button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('macros.label')} onKeyDown={walk}>
        <p className={css.menuLabel}>{items.length === 0 ? t('macros.none') : t('macros.about')}</p>
        {items.map((macro) => (
          <button key={macro.id} type="button" className={css.menuItem} onClick={() => put(macro)}>
            <span className={css.macro}><b>{macro.name}</b> <small>{[...macro.acts.map(says), ...(macro.text === '' ? [] : [t('macros.text')])].join(', ')}</small></span>
          </button>
        ))}
        <Link to="/settings/rules" className={css.menuItem}>{t('macros.manage')}</Link>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The same for all that is chosen; what only an answer could use is left out. */
export function MacroChoice({ onUse }: { onUse: (macro: Macro) => void }) {
  const t = useWords(rulesWords)
  const { data } = useQuery(macrosQuery)
  const items = (data?.items ?? []).filter((macro) => macro.acts.length > 0)
  if (items.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button size="compact-sm" variant="default" px={7} aria-label={t('macros.label')} title={t('macros.label')}><IconBolt size={15} stroke={1.5} aria-hidden /></Button></Menu.Target>
      <Menu.Dropdown>{items.map((macro) => <Menu.Item key={macro.id} onClick={() => onUse(macro)}>{macro.name}</Menu.Item>)}</Menu.Dropdown>
    </Menu>
  )
}
