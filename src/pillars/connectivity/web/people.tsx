import { Button, Select, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Waiting } from '#ui/columns-mark.tsx'
import { Empty } from '#ui/empty.tsx'
import { useKeys } from '#ui/keys.ts'
import { List } from '#ui/list.tsx'
import { Card, Page } from '#ui/page.tsx'
import { Face } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import type { PersonRow } from './calls.ts'
import { useChannelName } from '#ui/channel-name.ts'
import { ChannelMark } from './channel-mark.tsx'
import { filters, people, type PeopleFilter } from './contact-calls.ts'
import { words as ours } from './contact-words.ts'
import css from './people.module.css'
import { words } from './words/words.ts'

/** Everybody who ever wrote, those heard last first. */
export function People() {
  const t = useWords(words)
  const place = useSearch({ from: '/inside/people' })
  const { q, ...narrowed } = place
  const navigate = useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(q ?? '')
  const list = useInfiniteQuery({
    queryKey: ['contacts', 'list', place], initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => people(place, pageParam), getNextPageParam: (last) => last.next, placeholderData: (before) => before,
  })
  useEffect(() => {
    if (typed.trim() === (q ?? '')) return
    const timer = setTimeout(() => void navigate({ to: '/people', search: (before) => ({ ...before, q: typed.trim() || undefined }), replace: true }), 150)
    return () => clearTimeout(timer)
  }, [typed, q, navigate])
  useKeys([{ keys: '/', says: t('keys.search'), run: () => box.current?.focus() }])
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page title={t('people.title')} lead={t('people.about')}>
      <div className={css.filters}>
        <TextInput
          ref={box} w={300} maw="100%" type="search" placeholder={t('people.search')} aria-label={t('people.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />} onKeyDown={(event) => { if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur() }}
        />
        <Filters narrowed={narrowed} change={(next) => void navigate({ to: '/people', search: { q, ...next }, replace: true })} />
      </div>
      <ProblemNote error={list.error} retry={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 ? <Empty title={t('people.title')} says={q || Object.values(narrowed).some(Boolean) ? t('people.found') : t('people.empty')} /> : (
        <Card padded={false}>
          <List
            items={rows} id={(person) => person.id} label={t('people.list')} row={(person) => <PersonLine person={person} />}
            open={(person) => void navigate({ to: '/people/$id', params: { id: person.id } })} onEnd={() => { if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage() }}
          />
        </Card>
      )}
    </Page>
  )
}

interface Narrowing { readonly narrowed: Omit<PeopleFilter, 'q'>; readonly change: (next: Omit<PeopleFilter, 'q'>) => void }
function Filters({ narrowed, change }: Narrowing) {
  const t = useWords(ours)
  const channelName = useChannelName()
  const { data } = useQuery({ queryKey: ['contacts', 'filters'], queryFn: filters, staleTime: 60_000 })
  const { channel, tag, lang } = narrowed
  const set = (part: Omit<PeopleFilter, 'q'>) => change({ ...narrowed, ...part })
  return (
    <>
      <Select w={150} clearable aria-label={t('filter.channel')} placeholder={t('filter.anyChannel')} value={channel ?? null} onChange={(value) => set({ channel: value ?? undefined })} data={(data?.channels ?? []).map((value) => ({ value, label: channelName(value) }))} />
      <Select w={150} clearable aria-label={t('filter.lang')} placeholder={t('filter.anyLang')} value={lang ?? null} onChange={(value) => set({ lang: value ?? undefined })} data={[{ value: 'en', label: t('lang.en') }, { value: 'el', label: t('lang.el') }]} />
      {(data?.tags.length ?? 0) > 0 || tag ? <Select w={150} clearable searchable aria-label={t('filter.tag')} placeholder={t('filter.anyTag')} value={tag ?? null} onChange={(value) => set({ tag: value ?? undefined })} data={[...(data?.tags ?? [])]} /> : null}
      {channel || tag || lang ? <Button variant="subtle" onClick={() => change({})}>{t('filter.clear')}</Button> : null}
    </>
  )
}

function PersonLine({ person }: { person: PersonRow }) {
  const t = useWords(words)
  const picture = person.identities.find((one) => one.picture)?.picture
  const handles = person.identities.map((one) => one.handle).filter(Boolean).join(' · ')
  return (
    <Link to="/people/$id" params={{ id: person.id }} className={css.line}>
      <Face name={person.name} picture={picture} size={36} />
      <div className={css.who}>
        <Text fw={550} truncate>{person.name}</Text>
        <Text size="xs" c="dimmed" truncate>{handles || person.email || t('people.noHandle')}</Text>
      </div>
      <span className={css.channels}>{[...new Set(person.identities.map((one) => one.channel))].map((channel) => <ChannelMark key={channel} channel={channel} size={16} />)}</span>
      <Text size="sm" c="dimmed" className={css.count}>{t('card.conversations', { count: person.conversations })}</Text>
      <Text size="sm" c="dimmed" className={css.when}><When at={person.lastSeen} /></Text>
    </Link>
  )
}
