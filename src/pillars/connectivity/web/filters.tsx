import { Button, Popover, Select, Stack, Text } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useWords } from '#ui/words.ts'
import { accountsQuery, campaignsQuery } from './calls.ts'
import { useChannelName } from '#ui/channel-name.ts'
import { narrowed, type Place } from './place.ts'
import { words } from './words/words.ts'

/** Channel, language, campaign and post: what narrows a view. */
export function Filters({ place }: { place: Place }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const nameOf = useChannelName()
  const accounts = useQuery(accountsQuery)
  const campaigns = useQuery(campaignsQuery)
  const set = (change: Partial<Place>) => void navigate({ to: '/inbox', search: (before) => ({ ...before, ...change }), replace: true })
  const channels = [...new Map((accounts.data?.items ?? []).map((one) => [one.channel, nameOf(one.channel)])).entries()]
  const choose = (label: string, any: string, given: { value: string | undefined; data: { value: string; label: string }[]; name: keyof Place }) => (
    <Select
      key={given.name} size="xs" label={label} placeholder={any} data={given.data} value={given.value ?? null} clearable
      onChange={(value) => set({ [given.name]: value ?? undefined })} clearButtonProps={{ 'aria-label': t('inbox.clearFilters') }}
    />
  )
  return (
    <Stack gap={12}>
      {choose(t('inbox.channel'), t('inbox.anyChannel'), { name: 'channel', value: place.channel, data: channels.map(([value, label]) => ({ value, label })) })}
      {choose(t('inbox.language'), t('inbox.anyLanguage'), { name: 'lang', value: place.lang, data: [{ value: 'en', label: t('inbox.english') }, { value: 'el', label: t('inbox.greek') }] })}
      {choose(t('inbox.campaign'), t('inbox.anyCampaign'), { name: 'campaign', value: place.campaign, data: (campaigns.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })) })}
      {place.post ? <Text size="xs" c="dimmed">{t('inbox.postAny')}</Text> : null}
      {narrowed(place) > 0 ? <Button size="compact-xs" variant="subtle" onClick={() => set({ channel: undefined, lang: undefined, campaign: undefined, post: undefined })}>{t('inbox.clearFilters')}</Button> : null}
    </Stack>
  )
}

/** The same, behind one button, where there is no room for a column. */
export function FiltersButton({ place }: { place: Place }) {
  const t = useWords(words)
  const on = narrowed(place)
  return (
    <Popover position="bottom-end" width={240} trapFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.5} aria-hidden />}>
          {on > 0 ? t('inbox.filterOn', { count: on }) : t('inbox.filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown><Filters place={place} /></Popover.Dropdown>
    </Popover>
  )
}
