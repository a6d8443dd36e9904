import { Anchor, Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Waiting } from '#ui/columns-mark.tsx'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { day } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { erase, exportPath, type Person } from './contact-calls.ts'
import { words } from './contact-words.ts'
import css from './thread.module.css'

/** What is theirs: handed over whole, or erased for good. */
export function TheirOwn({ person }: { person: Person }) {
  const t = useWords(words)
  const { may } = useSession()
  const [asking, setAsking] = useState(false)
  if (!may('manage')) return null
  return (
    <section aria-label={t('own.title')}>
      <p className={css.label}>{t('own.title')}</p>
      <Button component="a" href={exportPath(person.id)} download size="xs" variant="default" mb={8}>{t('own.export')}</Button>
      <div><Button size="xs" variant="default" c="var(--terracotta)" onClick={() => setAsking(true)}>{t('own.erase')}</Button></div>
      <Asking person={person} opened={asking} close={() => setAsking(false)} />
    </section>
  )
}

function Asking({ person, opened, close }: { person: Person; opened: boolean; close: () => void }) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const act = useMutation({ mutationFn: () => erase(person.id, name), onSuccess: async () => { close(); await queries.invalidateQueries({ queryKey: ['contacts'] }) } })
  return (
    <Modal opened={opened} onClose={close} title={t('own.eraseTitle', { name: person.name })} closeButtonProps={{ 'aria-label': t('own.cancel') }}>
      <form onSubmit={(event) => { event.preventDefault(); act.mutate() }}>
        <Text size="sm" mb={12}>{t('own.eraseSays')}</Text>
        <TextInput label={t('own.eraseName', { name: person.name })} data-autofocus autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <ProblemNote error={act.error} />
        <Group mt={16} gap={8}>
          <Button type="submit" color="terracotta" disabled={name.trim() !== person.name.trim()} loading={act.isPending}>{t('own.eraseDo')}</Button>
          <Button variant="default" onClick={close}>{t('own.cancel')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

/** What is left of somebody who was erased: that it was done, by whom, and the proof. */
export function Erased({ person }: { person: Person }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  const queries = useQueryClient()
  const done = person.erasure?.state === 'done'
  useEffect(() => {
    if (done) return
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['contacts', person.id] }), 1_500)
    return () => clearInterval(timer)
  }, [done, queries, person.id])
  const signed = person.erasure?.receipt
  if (!done || !signed) return <div role="status"><Waiting /><Text ta="center">{t('own.running')}</Text></div>
  const { receipt } = signed
  return (
    <div style={{ maxWidth: '62ch' }}>
      <p>{t('own.done', { date: day(new Date(receipt.endedAt), lang, zone), by: receipt.by })}</p>
      <p>{receipt.left.length === 0 ? t('own.nothing') : t('own.left', { places: receipt.left.join(', ') })}</p>
      {receipt.elsewhere.length > 0 ? <><p>{t('own.elsewhere')}</p><ul>{receipt.elsewhere.map((url) => <li key={url}><Anchor href={url} target="_blank" rel="noreferrer">{url}</Anchor></li>)}</ul></> : null}
      <Anchor download={`erasure-${receipt.id}.json`} href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(signed, null, 2))}`}>{t('own.receipt')}</Anchor>
    </div>
  )
}
