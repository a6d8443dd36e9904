import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ProblemNote } from '#ui/problem.tsx'
import { told, wrong } from '#ui/undo.tsx'
import { linkQuery, makeLink, revokeLink } from './calls.ts'
import { useLook } from './look.tsx'

/** The address other calendars read: made, copied, made anew, taken back. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLook()
  const queries = useQueryClient()
  const { data, error } = useQuery(linkQuery)
  const fresh = () => queries.invalidateQueries({ queryKey: linkQuery.queryKey })
  const make = useMutation({ mutationFn: makeLink, onSettled: fresh })
  const revoke = useMutation({ mutationFn: revokeLink, onSuccess: () => told(t('feed.stopped')), onSettled: fresh })
  const url = data?.url
  return (
    <Modal opened onClose={onClose} size="lg" title={t('feed.title')} closeButtonProps={{ 'aria-label': t('exchange.close') }}>
      <Text size="sm" c="dimmed">{t('feed.about')}</Text>
      <ProblemNote error={error ?? make.error ?? revoke.error} />
      {url ? (
        <>
          <Group gap={8} mt={16} align="flex-end" wrap="nowrap">
            <TextInput flex={1} label={t('feed.address')} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
            <Button onClick={() => void navigator.clipboard.writeText(url).then(() => told(t('feed.copied')), (failed: unknown) => wrong(failed, t('acts.failed')))}>{t('feed.copy')}</Button>
          </Group>
          <Group gap={8} mt={16}>
            <Button variant="default" size="xs" loading={make.isPending} onClick={() => make.mutate()}>{t('feed.renew')}</Button>
            <Button variant="subtle" color="terracotta" size="xs" loading={revoke.isPending} onClick={() => revoke.mutate()}>{t('feed.revoke')}</Button>
            <Text size="xs" c="dimmed">{t('feed.renewSays')}</Text>
          </Group>
        </>
      ) : data ? <Group mt={16} gap={12}><Text size="sm">{t('feed.none')}</Text><Button loading={make.isPending} onClick={() => make.mutate()}>{t('feed.make')}</Button></Group> : null}
    </Modal>
  )
}
