import { Button, CloseButton, Popover, Select, Stack } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { accountName } from './chip.tsx'
import css from './calendar.module.css'
import { useLook } from './look.tsx'
import { intents, states, type Filters, type Place } from './place.ts'

interface Given { readonly filters: Filters; readonly authors: ReadonlyMap<string, string>; readonly go: (change: Partial<Place>, replace?: boolean) => void }
type Name = keyof Filters
const names: readonly Name[] = ['account', 'campaign', 'intent', 'state', 'author']
interface Option { readonly value: string; readonly label: string }

function useOptions(authors: Given['authors']): Readonly<Record<Name, readonly Option[]>> {
  const look = useLook()
  const { t } = look
  return {
    account: [...look.accounts.keys()].map((id) => ({ value: id, label: accountName(id, look) })),
    campaign: [...look.campaigns].map(([value, label]) => ({ value, label })),
    intent: intents.map((value) => ({ value, label: t(`intents.${value}`) })),
    state: states.map((value) => ({ value, label: t(`filters.states.${value}`) })),
    author: [...authors].map(([value, label]) => ({ value, label })),
  }
}

/** What is left out; each filter that is on stands as a word that can be taken away. */
export function FilterBar({ filters, authors, go }: Given) {
  const { t } = useLook()
  const options = useOptions(authors)
  const on = names.filter((name) => filters[name] !== undefined)
  const labelOf = (name: Name): string => options[name].find((one) => one.value === filters[name])?.label ?? t(`filters.${name}`)
  return (
    <div className={css.filters} role="group" aria-label={t('filters.title')}>
      <Popover position="bottom-start" width={260} trapFocus returnFocus>
        <Popover.Target><Button variant="default" size="compact-sm" leftSection={<IconFilter size={15} stroke={1.5} aria-hidden />}>{t('filters.count', { count: on.length })}</Button></Popover.Target>
        <Popover.Dropdown>
          <Stack gap={8}>
            {names.map((name) => (
              <Select
                key={name} size="xs" label={t(`filters.${name}`)} placeholder={t('filters.any')} data={[...options[name]]} value={filters[name] ?? null} clearable clearButtonProps={{ 'aria-label': t('filters.remove', { name: labelOf(name) }) }}
                comboboxProps={{ withinPortal: false, shadow: 'md' }} onChange={(value) => go({ [name]: value ?? undefined }, true)}
              />
            ))}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {on.map((name) => <span key={name} className={css.pill}>{labelOf(name)}<CloseButton size="xs" aria-label={t('filters.remove', { name: labelOf(name) })} onClick={() => go({ [name]: undefined }, true)} /></span>)}
      {on.length > 1 ? <Button variant="subtle" size="compact-sm" onClick={() => go(Object.fromEntries(names.map((name) => [name, undefined])), true)}>{t('filters.clear')}</Button> : null}
    </div>
  )
}
