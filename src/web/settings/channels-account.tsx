import { Button, CopyButton, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { take } from '#ui/api.ts'
import { useChannelName } from '#ui/channel-name.ts'
import { useLang } from '#ui/lang.tsx'
import { Card } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { told, wrong } from '#ui/undo.tsx'
import { relative, useNow, When } from '#ui/when.tsx'
import { useWords } from '#ui/words.ts'
import { accountsQuery, connecting, dueQuery, type Account, type ChannelKind } from './calls.ts'
import { Circle } from './channels-circle.tsx'
import { ChatTag } from './channels-chat.tsx'
import { CommentsTag } from './channels-comments.tsx'
import { ConnectForm } from './channels-form.tsx'
import { channelWords } from './channels-words.ts'
import css from './channels.module.css'
import { words } from './words.ts'

const known = ['unreached', 'paced', 'unknown', 'expired', 'stale'] as const

/** How the account is, by shape, word and colour. */
function Light({ account }: { account: Account }) {
  const t = useWords(channelWords)
  return <span className={css.light} data-light={account.light}><i aria-hidden />{t(`lights.${account.light}`)}</span>
}

function Health({ account }: { account: Account }) {
  const t = useWords(channelWords)
  const { lang } = useLang()
  const now = useNow()
  const trouble = known.find((one) => one === account.trouble)
  return (
    <>
      {account.why ? <p className={css.why}>{t(`why.${account.why}`)} {account.trouble && account.why !== 'login-needed' ? <span lang={trouble ? undefined : 'en'}>{trouble ? t(`troubles.${trouble}`) : account.trouble}</span> : null}</p> : null}
      {account.endsAt && account.endsSoon && account.why !== 'ended' ? <p className={css.why}>{t('ends', { when: relative(new Date(account.endsAt), now, lang) ?? '' })}</p> : null}
      <p className={css.facts}>
        {account.lastHeardAt ? <>{t('heard')} <When at={account.lastHeardAt} /></> : t('never')}
        {account.pulled && account.lastTriedAt ? <> · {t('tried')} <When at={account.lastTriedAt} /></> : null}
      </p>
    </>
  )
}

function Abilities({ account }: { account: Account }) {
  const t = useWords(words)
  const { max, unit } = account.limits.text
  return (
    <p className={css.facts}>
      {account.kinds.length > 0 ? <>{t('channels.can')}: {account.kinds.map((kind) => t(`channels.kinds.${kind}`)).join(', ')} · {t('channels.limit', { max, unit: t(`channels.units.${unit}`) })}{account.hears.length > 0 ? ' · ' : ''}</> : null}
      {account.hears.length > 0 ? <>{t('channels.hears')}: {account.hears.map((one) => t(`channels.hear.${one}`)).join(', ')}</> : null}
    </p>
  )
}

function Remove({ account, close }: { account: Account; close: () => void }) {
  const t = useWords(channelWords)
  const queries = useQueryClient()
  const { data } = useQuery(dueQuery(account.id))
  const remove = useMutation({
    mutationFn: () => take(connecting.accounts[':id'].$delete({ param: { id: account.id } })),
    onSuccess: async ({ cancelled }) => { await queries.invalidateQueries({ queryKey: accountsQuery.queryKey }); told(t('gone', { count: cancelled })) },
    onError: (error) => wrong(error, t('remove')),
    onSettled: close,
  })
  return (
    <Modal opened onClose={close} withCloseButton={false} title={<Text component="span" fw={600}>{t('removing', { name: account.name })}</Text>}>
      <Text mb={8}>{t('leaveSure', { name: account.name })}</Text>
      {data ? <Text mb={16}>{t('due', { count: data.waits })} {data.onItsWay > 0 ? t('underWay', { count: data.onItsWay }) : null}</Text> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t('cancel')}</Button>
        <Button color="terracotta" disabled={!data} loading={remove.isPending} onClick={() => remove.mutate()}>{t('remove')}</Button>
      </Group>
    </Modal>
  )
}

/** One account: how it is, what it can, and what can be done about it. */
export function AccountCard({ account, channel }: { account: Account; channel: ChannelKind | undefined }) {
  const t = useWords(channelWords)
  const s = useWords(words)
  const { may, workspace } = useSession()
  const [doing, setDoing] = useState<'again' | 'remove'>()
  // Where accounts follow one another, people look for them by name and server.
  const handle = account.circle ? `@${account.handle}@${new URL(workspace.origin).host}` : account.handle
  const channelName = useChannelName()(account.channel)
  const name = account.native ? channelName : account.name
  const under = account.native ? handle : [channelName, handle].filter((one) => one !== account.name).join(' · ')
  return (
    <section aria-label={`${name}, ${channelName}`} className={css.one}>
      <Card>
        <div className={css.head}>
          <div className={css.names}><h3>{name}</h3><p>{under}</p></div>
          <Light account={account} />
        </div>
        <Health account={account} />
        <Abilities account={account} />
        {doing === 'again' && channel ? <div style={{ marginTop: 16 }}><ConnectForm channel={channel} account={account} close={() => setDoing(undefined)} /></div> : (
          <div className={css.acts}>
            <CopyButton value={handle}>{({ copied, copy }) => <Button size="compact-sm" variant="default" aria-label={`${s(copied ? 'channels.copied' : 'channels.copy')}: ${handle}`} onClick={copy}>{s(copied ? 'channels.copied' : 'channels.copy')}</Button>}</CopyButton>
            {channel?.connects && may('manage') ? <Button size="compact-sm" variant={account.light === 'trouble' ? 'filled' : 'default'} onClick={() => setDoing('again')}>{t('again')}</Button> : null}
            {account.channel === 'feeds' && may('plan') ? <Button size="compact-sm" variant="default" renderRoot={(props) => <Link to="/calendar" search={{ ask: 'rules' }} {...props} />}>{t('becomes')}</Button> : null}
            {account.channel === 'forum' && may('moderate') ? <Button size="compact-sm" variant="default" component="a" href="/forum/manage">{t('categories')}</Button> : null}
            {!account.native && may('manage') ? <Button size="compact-sm" variant="subtle" color="terracotta" onClick={() => setDoing('remove')}>{t('remove')}</Button> : null}
          </div>
        )}
        {account.channel === 'comments' && doing !== 'again' ? <CommentsTag account={account} /> : null}
        {account.channel === 'chat' && doing !== 'again' ? <ChatTag account={account} /> : null}
        {account.circle ? <Circle account={account} /> : null}
        {doing === 'remove' ? <Remove account={account} close={() => setDoing(undefined)} /> : null}
      </Card>
    </section>
  )
}
