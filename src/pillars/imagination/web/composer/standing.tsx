import { Anchor, Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useLang } from '#ui/lang.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { exact } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import { again, dropProposal, retract, unschedule, type Account, type Post } from '../calls.ts'
import css from './composer.module.css'
import { Clicks } from './links/clicks.tsx'
import { isLost } from './outcomes.ts'
import { Previews } from './preview/previews.tsx'
import type { Shown } from './preview/shown.ts'
import { Publications } from './publications.tsx'
import { PublishDialog } from './publish.tsx'
import { Staying } from './staying.tsx'
import { Team } from './team/team.tsx'
import { words } from './words/words.ts'
import { wordsOf } from './writing.ts'

interface Given { readonly post: Post; readonly accounts: readonly Account[]; readonly voice: Shown['voice']; readonly onEdit: () => void; readonly onPost: (post: Post) => void; readonly onOpen: (id: string) => void }

/** A post that is planned, out or taken down: how it reads, where it stands, and what can be done. */
export function Standing({ post, accounts, voice, onEdit, onPost, onOpen }: Given) {
  const going = accounts.filter((account) => post.accountIds.includes(account.id))
  return (
    <>
      <div className={css.main} tabIndex={0}>
        <div className={css.page} tabIndex={0}><div className={css.column}><Previews page={wordsOf(post)} going={going} voice={voice} /></div></div>
        <aside className={css.side}><div className={css.stack}>
          <Moment post={post} />
          <Proposed post={post} onPost={onPost} />
          <Publications publications={post.publications} accounts={accounts} />
          <Clicks postId={post.id} />
          <Team post={post} />
        </div></aside>
      </div>
      <Acts post={post} accounts={accounts} onEdit={onEdit} onPost={onPost} onOpen={onOpen} />
    </>
  )
}

/** A change to what is out that waits for a yes. */
function Proposed({ post, onPost }: Pick<Given, 'post' | 'onPost'>) {
  const t = useWords(words)
  const { may } = useSession()
  const drop = useMutation({ mutationFn: () => dropProposal(post.id), onSuccess: onPost })
  if (!post.proposal) return null
  return (
    <section aria-label={t('after.proposed')}>
      <h2 className={css.sideTitle}>{t('after.proposed')}</h2>
      <p className={css.quiet} lang={post.lang}>{post.proposal.note}</p>
      {may('write') ? <Button size="compact-sm" mt={8} variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>{t('after.dropProposal')}</Button> : null}
      <ProblemNote error={drop.error} />
    </section>
  )
}

function Moment({ post }: { post: Post }) {
  const t = useWords(words)
  const { lang } = useLang()
  const { workspace } = useSession()
  const url = post.publications.find((one) => one.state === 'confirmed' && one.url)?.url
  const at = post.publishedAt ?? post.dueAt
  const isLeaving = post.state === 'scheduled' && post.dueAt !== null && Date.parse(post.dueAt) <= Date.now()
  return (
    <section role="status">
      <h2 className={css.sideTitle}>{isLeaving ? t('publish.goingOut') : post.state === 'published' ? t('publish.outNow') : t(`states.${post.state}`)}</h2>
      {at ? <Text size="sm">{exact(new Date(at), lang, post.zone ?? workspace.zone)}</Text> : null}
      {url && post.state === 'published' ? <Anchor href={url} target="_blank" rel="noreferrer" fw={550} mt={6} display="inline-block">{t('publish.lookAt')}</Anchor> : null}
      {post.publishedAt ? <Anchor size="sm" mt={6} display="block" renderRoot={(props) => <Link to="/inbox" search={{ view: 'all', post: post.id }} {...props} />}>{t('publication.answers')}</Anchor> : null}
    </section>
  )
}

function Acts({ post, accounts, onEdit, onPost, onOpen }: Omit<Given, 'voice'>) {
  const t = useWords(words)
  const { may, workspace } = useSession()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<'time' | 'down'>()
  const refresh = () => queries.invalidateQueries({ queryKey: ['posts'] })
  const back = useMutation({ mutationFn: () => unschedule(post.id), onSuccess: async (now) => { told(t('publish.unscheduled')); onPost(now); await refresh() } })
  const copy = useMutation({ mutationFn: () => again(post.id), onSuccess: async (made) => { onOpen(made.id); await refresh() } })
  const going = accounts.filter((account) => post.accountIds.includes(account.id))
  const needsAnew = post.state === 'withdrawn' || post.publications.some(isLost)
  return (
    <div className={css.bar}>
      <ProblemNote error={back.error ?? copy.error} />
      <span className={css.push} />
      {may('write') && needsAnew ? <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>{t('after.copy')}</Button> : null}
      {may('publish') && post.state === 'scheduled' ? (
        <>
          <Button variant="default" loading={back.isPending} onClick={() => back.mutate()}>{t('publish.unschedule')}</Button>
          <Button onClick={() => setAsked('time')}>{t('publish.change')}</Button>
        </>
      ) : null}
      {may('publish') && post.state === 'published' ? (
        <>
          <Button variant="default" color="terracotta" onClick={() => setAsked('down')}>{t('after.takeDown')}</Button>
          <Button onClick={onEdit}>{t('after.edit')}</Button>
        </>
      ) : null}
      {asked === 'time' ? <PublishDialog when="later" accounts={going} zone={workspace.zone} on={post.wallTime?.slice(0, 10)} reasons={{}} late={post.late} settled={async () => post} onHeld={() => undefined} onOut={(now) => { onPost(now); setAsked(undefined) }} onClose={() => setAsked(undefined)} /> : null}
      {asked === 'down' ? <TakeDown post={post} going={going} onPost={onPost} onClose={() => setAsked(undefined)} /> : null}
    </div>
  )
}

interface Down { readonly post: Post; readonly going: readonly Account[]; readonly onPost: (post: Post) => void; readonly onClose: () => void }

/** Asks once, and for a public word on why. */
function TakeDown({ post, going, onPost, onClose }: Down) {
  const t = useWords(words)
  const { lang } = useLang()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const act = useMutation({
    mutationFn: () => retract(post.id, note.trim()),
    onSuccess: async (now) => { told(t('after.tookDown')); onPost(now); onClose(); await queries.invalidateQueries({ queryKey: ['posts'] }) },
  })
  const name = useAccountName()
  const names = new Intl.ListFormat(lang).format(going.map(name.whole))
  return (
    <Modal opened onClose={onClose} title={t('after.takeDownTitle')} closeButtonProps={{ 'aria-label': t('act.cancel') }}>
      <form onSubmit={(event) => { event.preventDefault(); if (note.trim()) act.mutate() }}>
        <Text size="sm" mb={12}>{t('after.takeDownSays', { accounts: names })}</Text>
        <Staying post={post} />
        <TextInput data-autofocus label={t('after.takeDownNote')} placeholder={t('after.takeDownPlace')} maxLength={500} value={note} lang={post.lang} onChange={(event) => setNote(event.currentTarget.value)} />
        <ProblemNote error={act.error} />
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="submit" color="terracotta" loading={act.isPending} disabled={!note.trim()}>{t('after.takeDownYes')}</Button>
        </Group>
      </form>
    </Modal>
  )
}
