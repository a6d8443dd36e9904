import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
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
import { people, type PersonRow } from './calls.ts'
import { ChannelMark } from './channel-mark.tsx'
import css from './people.module.css'
import { words } from './words/words.ts'

/** Everybody who ever wrote, those heard last first. */
export function People() {
  const t = useWords(words)
  const { q } = useSearch({ from: '/inside/people' })
  const navigate = useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(q ?? '')
  const list = useInfiniteQuery({
    queryKey: ['contacts', 'list', q ?? ''], initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => people(q ?? '', pageParam), getNextPageParam: (last) => last.next, placeholderData: (before) => before,
  })
  useEffect(() => {
    if (typed.trim() === (q ?? '')) return
    const timer = setTimeout(() => void navigate({ to: '/people', search: { q: typed.trim() || undefined }, replace: true }), 150)
    return () => clearTimeout(timer)
  }, [typed, q, navigate])
  useKeys([{ keys: '/', says: t('keys.search'), run: () => box.current?.focus() }])
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page title={t('people.title')} lead={t('people.about')}>
      <TextInput
        ref={box} mb={16} maw={420} type="search" placeholder={t('people.search')} aria-label={t('people.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />} onKeyDown={(event) => { if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur() }}
      />
      <ProblemNote error={list.error} retry={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 ? <Empty title={t('people.title')} says={q ? t('people.found') : t('people.empty')} /> : (
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
