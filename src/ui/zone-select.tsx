import { Select } from '@mantine/core'
import { useMemo } from 'react'

const all: readonly string[] = Intl.supportedValuesOf('timeZone')
const plain = (text: string) => text.toLowerCase().replaceAll(/[_/]/g, ' ')

interface Picker { label: string; value: string; nothing: string; error?: string | undefined; disabled?: boolean; onChange: (zone: string) => void }

/** A time zone by its IANA name, found by any part of it. */
export function ZoneSelect({ label, value, nothing, onChange, error, disabled = false }: Picker) {
  const data = useMemo(() => [...new Set([value, ...all])].filter(Boolean).toSorted().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })), [value])
  return (
    <Select searchable allowDeselect={false} limit={60} label={label} data={data} value={value} error={error} disabled={disabled} nothingFoundMessage={nothing} autoComplete="off"
      filter={({ options, search }) => options.filter((option) => 'value' in option && plain(option.value).includes(plain(search.trim())))}
      onChange={(zone) => { if (zone) onChange(zone) }} />
  )
}
