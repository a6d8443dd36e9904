import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconPencilPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Check } from '#kit/pillar.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { Empty } from '#ui/empty.tsx'
import { useKeys } from '#ui/keys.ts'
import { Page } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { useNow } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { dayIn, gone, upcoming } from './agenda.ts'
import { campaignsQuery, posts, type PostRow } from '../calls.ts'
import css from './calendar.module.css'
import { Composer } from '../composer/composer.tsx'
import { Days, DraftCard } from './days.tsx'
import { intents, sections, type Intent, type Place, type SectionName } from './place.ts'
import { words } from './words/words.ts'

/** What goes out, what is being written and what went out; the composer lies over it. */
export function Calendar({ checks }: { checks: readonly Check[] }) {
  const t = useWords(words)
  const place = useSearch({ from: '/inside/calendar' })
  const navigate = useNavigate({ from: '/calendar' })
  const { may, workspace } = useSession()
  const [stood, setStood] = useState<string>()
  const lists = useLists(place)
  const go = (change: Partial<Place>, replace = false) => void navigate({ to: '/calendar', search: (before) => ({ ...before, ...change }), replace })
  const open = (id: string, on?: string) => { setStood(id); go({ post: id, on }) }
  const today = dayIn(workspace.zone, useNow())
  const [ahead, drafts, out] = [lists.scheduled.data?.items ?? [], lists.drafts.data?.items ?? [], lists.out.data?.pages.flatMap((page) => page.items) ?? []]
  const days = upcoming(ahead, today, workspace.zone)
  const past = gone(out, workspace.zone)
  const show = place.show ?? 'upcoming'
  const order = [...days.flatMap((day) => day.posts), ...past.flatMap((day) => day.posts), ...drafts]
  useCalendarKeys({ order, stood, stand: setStood, open, mayWrite: may('write') })
  const error = lists.scheduled.error ?? lists.drafts.error ?? lists.out.error
  const isEmpty = !lists.isPending && order.length === 0
  const narrowed = place.campaign !== undefined || place.intent !== undefined
  return (
    <Page
      title={t('calendar.title')} lead={t('calendar.about')}
      acts={may('write') ? <Button leftSection={<IconPencilPlus size={18} stroke={1.5} aria-hidden />} rightSection={<kbd className={css.key}>c</kbd>} onClick={() => open('new')}>{t('calendar.write')}</Button> : null}
    >
      <Filters place={place} go={go} />
      <ProblemNote error={error} />
      {lists.isPending ? <Waiting /> : isEmpty ? (
        <Empty title={t('calendar.title')} says={narrowed ? t('calendar.nothingMatches') : t('empty.upcoming')} act={may('write') ? <Button onClick={() => open('new')}>{t('empty.act')}</Button> : null} />
      ) : (
        <>
          <div className={css.tabs}><SegmentedControl fullWidth size="sm" aria-label={t('calendar.sections')} value={show} onChange={(value) => go({ show: value as SectionName }, true)} data={sections.map((name) => ({ value: name, label: t(`calendar.${name}`) }))} /></div>
          <div className={css.cols} data-show={show}>
            <div>
              <section className={css.part} data-part="upcoming" aria-label={t('calendar.upcoming')}>
                <h2 className={css.sectionTitle}>{t('calendar.upcoming')}</h2>
                <Days days={days} today={today} current={stood} onOpen={open} {...(may('write') ? { onWrite: (day: string) => open('new', day) } : {})} />
              </section>
              <section className={css.part} data-part="published" aria-label={t('calendar.published')}>
                <h2 className={css.sectionTitle}>{t('calendar.published')}</h2>
                {past.length === 0 ? <p style={{ color: 'var(--soft)' }}>{t('empty.published')}</p> : <Days days={past} today={today} current={stood} onOpen={open} />}
                {lists.out.hasNextPage ? <Button variant="default" mt={16} loading={lists.out.isFetchingNextPage} onClick={() => void lists.out.fetchNextPage()}>{t('calendar.more')}</Button> : null}
              </section>
            </div>
            <section className={css.shelf} data-part="drafts" aria-label={t('calendar.drafts')}>
              <h2 className={css.sectionTitle}>{t('calendar.drafts')}</h2>
              {drafts.length === 0 ? <p style={{ color: 'var(--soft)', fontSize: 13 }}>{t('empty.drafts')}</p> : drafts.map((draft) => <DraftCard key={draft.id} post={draft} isCurrent={draft.id === stood} onOpen={open} />)}
            </section>
          </div>
        </>
      )}
      {place.post ? (
        <Composer
          id={place.post} on={place.on} campaign={place.campaign} checks={checks} onClose={() => go({ post: undefined, on: undefined })}
          onId={(id, how) => { setStood(id); go({ post: id }, how?.replace ?? false) }}
        />
      ) : null}
    </Page>
  )
}

function useLists({ campaign, intent }: Place) {
  const asked = { campaignId: campaign, intent }
  const scheduled = useQuery({ queryKey: ['posts', 'ahead', asked], queryFn: () => posts({ ...asked, state: 'scheduled', limit: '200' }) })
  const drafts = useQuery({ queryKey: ['posts', 'drafts', asked], queryFn: () => posts({ ...asked, state: 'draft', limit: '50' }) })
  const out = useInfiniteQuery({
    queryKey: ['posts', 'out', asked], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => posts({ ...asked, state: 'published,withdrawn', limit: '20', cursor: pageParam }), getNextPageParam: (last) => last.next ?? undefined,
  })
  return { scheduled, drafts, out, isPending: scheduled.isPending || drafts.isPending || out.isPending }
}

function Filters({ place, go }: { place: Place; go: (change: Partial<Place>, replace?: boolean) => void }) {
  const t = useWords(words)
  const { data } = useQuery(campaignsQuery)
  return (
    <div className={css.filters} role="group" aria-label={t('calendar.filters')}>
      <Select
        size="xs" w={200} aria-label={t('calendar.campaign')} placeholder={t('calendar.anyCampaign')} clearable value={place.campaign ?? null} clearButtonProps={{ 'aria-label': t('calendar.anyCampaign') }}
        data={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} onChange={(value) => go({ campaign: value ?? undefined }, true)}
      />
      <Select
        size="xs" w={160} aria-label={t('calendar.intent')} placeholder={t('calendar.anyIntent')} clearable value={place.intent ?? null} clearButtonProps={{ 'aria-label': t('calendar.anyIntent') }}
        data={intents.map((intent) => ({ value: intent, label: t(`intents.${intent}`) }))} onChange={(value) => go({ intent: (value as Intent | null) ?? undefined }, true)}
      />
    </div>
  )
}

interface Keyed { readonly order: readonly PostRow[]; readonly stood: string | undefined; readonly stand: (id: string) => void; readonly open: (id: string) => void; readonly mayWrite: boolean }

function useCalendarKeys({ order, stood, stand, open, mayWrite }: Keyed): void {
  const t = useWords(words)
  const at = order.findIndex((post) => post.id === stood)
  const move = (by: number) => {
    const next = order[Math.min(order.length - 1, Math.max(0, at === -1 ? 0 : at + by))]
    if (!next) return
    stand(next.id)
    const element = document.querySelector<HTMLElement>(`[data-post="${next.id}"]`)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest' })
  }
  useKeys([
    { keys: 'j', says: t('keys.next'), run: () => move(1) },
    { keys: 'k', says: t('keys.previous'), run: () => move(-1) },
    { keys: 'Enter', says: t('keys.open'), run: () => { if (at >= 0) open(order[at]!.id) } },
    ...(mayWrite ? [{ keys: 'c', says: t('keys.compose'), run: () => open('new') }] : []),
  ])
}
