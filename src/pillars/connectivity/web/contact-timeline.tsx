import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Waiting } from '#ui/columns-mark.tsx'
import { Card, Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { ChannelMark } from './channel-mark.tsx'
import { timeline, type Moment } from './contact-calls.ts'
import { words } from './contact-words.ts'
import css from './people.module.css'

/** Everything that passed between us, over all channels, newest first. */
export function Timeline({ id }: { id: string }) {
  const t = useWords(words)
  const story = useInfiniteQuery({
    queryKey: ['contacts', id, 'timeline'], initialPageParam: null as string | null, queryFn: ({ pageParam }) => timeline(id, pageParam), getNextPageParam: (last) => last.next,
  })
  const all = story.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={t('story.title')}>
      <ProblemNote error={story.error} retry={() => void story.refetch()} />
      {story.isPending ? <Waiting /> : all.length === 0 ? <p>{t('story.empty')}</p> : (
        <Card padded={false}>
          <ol className={css.story}>{all.map((one) => <Told key={`${one.id} ${one.does}`} moment={one} />)}</ol>
        </Card>
      )}
      {story.hasNextPage ? <Button mt={12} variant="default" loading={story.isFetchingNextPage} onClick={() => void story.fetchNextPage()}>{t('story.more')}</Button> : null}
    </Section>
  )
}

function Told({ moment }: { moment: Moment }) {
  const t = useWords(words)
  const { does, who, about, text, lang, channel, conversationId } = moment
  const says = does === 'answered' || does === 'noted' ? t(`story.${does}`, { who: who ?? '' }) : t(`story.${does}`)
  const inside = (
    <>
      <span>{channel ? <ChannelMark channel={channel} size={16} /> : null}</span>
      <span className={css.told}>
        <Text component="span" size="xs" c="dimmed">{[says, about].filter(Boolean).join(' · ')}</Text>
        {text ? <span className={css.talkText} lang={lang ?? undefined}>{text}</span> : null}
      </span>
      <small><When at={moment.at} /></small>
    </>
  )
  return (
    <li className={does === 'answered' || does === 'noted' ? css.ours : undefined}>
      {conversationId ? <Link to="/inbox" search={{ c: conversationId }} className={css.talk}>{inside}</Link> : <div className={css.talk}>{inside}</div>}
    </li>
  )
}
