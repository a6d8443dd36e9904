import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useLang } from '#ui/lang.tsx'
import { Face } from '#ui/person.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told, undoable, wrong } from '#ui/undo.tsx'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { ChannelMark } from './channel-mark.tsx'
import { apart, merge, suggestions, undoMerge, type Person, type Suggestion } from './contact-calls.ts'
import { words } from './contact-words.ts'
import css from './thread.module.css'

interface Whom { readonly id: string; readonly name: string }

function useAfter() {
  const queries = useQueryClient()
  return () => Promise.all([queries.invalidateQueries({ queryKey: ['contacts'] }), queries.invalidateQueries({ queryKey: ['conversations'] })])
}

/** Who may be the same person, each with its reason; a member says yes or no. */
export function SamePerson({ contact }: { contact: Whom }) {
  const t = useWords(words)
  const { may } = useSession()
  const { data } = useQuery({ queryKey: ['contacts', contact.id, 'suggestions'], queryFn: () => suggestions(contact.id), staleTime: 60_000 })
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label={t('same.title')}>
      <p className={css.label}>{t('same.title')}</p>
      {data.items.slice(0, 3).map((one) => <Suggested key={one.contact.id} contact={contact} other={one} mayAct={may('answer')} />)}
    </section>
  )
}

function Suggested({ contact, other, mayAct }: { contact: Whom; other: Suggestion; mayAct: boolean }) {
  const t = useWords(words)
  const after = useAfter()
  const yes = useMutation({
    mutationFn: () => merge(contact.id, other.contact.id),
    onSuccess: async ({ mergeId }) => {
      await after()
      undoable({ says: t('same.merged', { name: contact.name }), undoLabel: t('same.undo'), undo: () => void undoMerge(mergeId).then(after).then(() => told(t('same.parted'))).catch((error: unknown) => wrong(error, t('same.undo'))) })
    },
  })
  const no = useMutation({ mutationFn: () => apart(contact.id, other.contact.id), onSuccess: async () => { await after(); told(t('same.kept')) } })
  return (
    <div style={{ marginBottom: 12 }}>
      <Group gap={8} wrap="nowrap">
        <Face name={other.contact.name} picture={other.contact.picture ?? undefined} size={28} />
        <Link to="/people/$id" params={{ id: other.contact.id }} style={{ overflowWrap: 'anywhere' }}>{other.contact.name}</Link>
        {other.contact.channels.map((channel) => <ChannelMark key={channel} channel={channel} size={14} />)}
      </Group>
      {other.reasons.slice(0, 2).map((reason) => <Text key={reason.why} size="xs" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>{t(`same.why.${reason.why}`, { sign: reason.sign })}</Text>)}
      {mayAct ? (
        <Group gap={6} mt={6}>
          <Button size="compact-xs" loading={yes.isPending} onClick={() => yes.mutate()}>{t('same.merge')}</Button>
          <Button size="compact-xs" variant="default" loading={no.isPending} onClick={() => no.mutate()}>{t('same.apart')}</Button>
        </Group>
      ) : null}
      <ProblemNote error={yes.error ?? no.error} />
    </div>
  )
}

/** Cards that were made one, and the way back. */
export function Merges({ person }: { person: Person }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const { may } = useSession()
  const after = useAfter()
  const navigate = useNavigate()
  const part = useMutation({
    mutationFn: undoMerge,
    onSuccess: async ({ intoId }) => { await after(); told(t('same.parted')); await navigate({ to: '/people/$id', params: { id: intoId } }) },
  })
  if (person.merges.length === 0) return null
  return (
    <section aria-label={t('same.joined')}>
      <p className={css.label}>{t('same.joined')}</p>
      {person.merges.map((one) => (
        <div key={one.id} style={{ marginBottom: 8 }}>
          <Text size="sm">{t('same.from', { name: one.fromName, date: day(new Date(one.at), lang, zone) })}</Text>
          {may('answer') ? <Button size="compact-xs" variant="default" mt={4} loading={part.isPending} onClick={() => part.mutate(one.id)}>{t('same.part')}</Button> : null}
        </div>
      ))}
      <ProblemNote error={part.error} />
    </section>
  )
}
