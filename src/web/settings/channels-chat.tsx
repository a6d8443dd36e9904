import { Button, CopyButton, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { take } from '#ui/api.ts'
import { useSession } from '#ui/session.ts'
import { wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { accountsQuery, connecting, type Account } from './calls.ts'
import { chatWords } from './channels-chat-words.ts'
import css from './channels-chat.module.css'

const newSecret = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '')

function Copied({ value, label, children }: { value: string; label: string; children: ReactNode }) {
  const t = useWords(chatWords)
  return (
    <div className={css.copied}>
      <code className={css.code}>{children}</code>
      <CopyButton value={value}>{({ copied, copy }) => <Button size="compact-sm" variant="default" aria-label={`${t(copied ? 'copied' : 'copy')}: ${label}`} onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
    </div>
  )
}

/** A secret is seen once, when it is made: here it is kept sealed, there it belongs on the site's server. */
function Identity({ account }: { account: Account }) {
  const t = useWords(chatWords)
  const queries = useQueryClient()
  const [secret, setSecret] = useState<string>()
  const [asking, setAsking] = useState(false)
  const held = account.secrets.includes('identitySecret')
  const make = useMutation({
    mutationFn: async () => {
      const identitySecret = newSecret()
      await take(connecting.accounts[':id'].$put({ param: { id: account.id }, json: { settings: { identitySecret } } }))
      return identitySecret
    },
    onSuccess: async (made) => { setSecret(made); await queries.invalidateQueries({ queryKey: accountsQuery.queryKey }) },
    onError: (error) => wrong(error, t('makeSecret')),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Text size="sm" fw={550} mt={14}>{t('identity')}</Text>
      <Text size="sm" c="dimmed" mb={8} style={{ textWrap: 'pretty' }}>{t(held ? 'identityHeld' : 'identityNone')}</Text>
      <Button size="compact-sm" variant="default" loading={make.isPending} onClick={() => (held ? setAsking(true) : make.mutate())}>{t(held ? 'newSecret' : 'makeSecret')}</Button>
      {asking ? (
        <Modal opened onClose={() => setAsking(false)} withCloseButton={false} title={<Text component="span" fw={600}>{t('newSecret')}</Text>}>
          <Text mb={16}>{t('oldEnds')}</Text>
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(false)}>{t('cancel')}</Button><Button loading={make.isPending} onClick={() => make.mutate()}>{t('newSecret')}</Button></Group>
        </Modal>
      ) : null}
      {secret === undefined ? null : (
        <Modal opened onClose={() => setSecret(undefined)} withCloseButton={false} size="lg" title={<Text component="span" fw={600}>{t('secretTitle')}</Text>}>
          <Text mb={12} style={{ textWrap: 'pretty' }}>{t('secretOnce')}</Text>
          <Copied value={secret} label={t('secretTitle')}>{secret}</Copied>
          <Text size="sm" c="dimmed" mt={12} style={{ textWrap: 'pretty' }}>{t('claims', { key: account.id })}</Text>
          <Group justify="flex-end" mt={16}><Button onClick={() => setSecret(undefined)}>{t('kept')}</Button></Group>
        </Modal>
      )}
    </>
  )
}

/** What goes onto the site, and where it may stand. */
export function ChatTag({ account }: { account: Account }) {
  const t = useWords(chatWords)
  const { workspace, may } = useSession()
  const tag = `<script async src="${workspace.origin}/chat/widget.js" data-chat="${account.id}"></script>`
  return (
    <div className={css.tag}>
      <Text size="sm" fw={550}>{t('tag')}</Text>
      <Text size="sm" c="dimmed" mb={8} style={{ textWrap: 'pretty' }}>{t('tagHelp')}</Text>
      <Copied value={tag} label={t('tag')}>{tag}</Copied>
      <p className={css.sites}>{t('sites')}: {(account.settings['sites'] ?? '').split(' ').join(', ')}</p>
      {may('manage') ? <Identity account={account} /> : null}
    </div>
  )
}
