import { Button, Group, PasswordInput, Select, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { take } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'
import { asProblem, fieldError, ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useChannelName } from '#ui/channel-name.ts'
import { useWords } from '#ui/words.ts'
import { accountsQuery, connecting, type Account, type ChannelKind } from './calls.ts'
import { channelWords } from './channels-words.ts'
import css from './channels.module.css'

interface Line { field: ChannelKind['fields'][number]; value: string; held: boolean; error: string | undefined; change: (value: string) => void }

/** One line of the form, as its channel asks for it. A secret that is kept is never shown. */
function Entry({ field, value, held, error, change }: Line) {
  const { pick } = useLang()
  const t = useWords(channelWords)
  const label = field.optional && !held ? t('optional', { name: pick(field.label) }) : pick(field.label)
  const common = { label, description: held ? t('kept') : field.help ? pick(field.help) : undefined, error, maxLength: 8000, ...(field.placeholder ? { placeholder: field.placeholder } : {}) }
  if (field.kind === 'choice') return <Select {...common} data={(field.choices ?? []).map((one) => ({ value: one.value, label: pick(one.label) }))} value={value || null} onChange={(next) => change(next ?? '')} clearable={field.optional === true} />
  const required = !field.optional && !held
  if (field.kind === 'secret') return <PasswordInput {...common} required={required} withAsterisk={false} value={value} autoComplete="new-password" onChange={(event) => change(event.currentTarget.value)} />
  return <TextInput {...common} required={required} withAsterisk={false} value={value} inputMode={field.kind === 'address' ? 'url' : 'text'} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => change(event.currentTarget.value)} />
}

const spelled = (channel: ChannelKind, given: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(given).map(([name, value]) => {
  const address = channel.fields.find((field) => field.name === name)?.kind === 'address'
  return [name, address && /^[\w.-]+\.[a-z]{2,}(\/|:|$)/i.test(value.trim()) ? `https://${value.trim()}` : value.trim()]
}))

/** The form that connects an account of a channel, or connects one again; it checks itself and says what is wrong. */
export function ConnectForm({ channel, account, close }: { channel: ChannelKind; account?: Account; close: () => void }) {
  const t = useWords(channelWords)
  const name = useChannelName()(channel.id)
  const queries = useQueryClient()
  const [given, setGiven] = useState<Record<string, string>>(() => Object.fromEntries(channel.fields.map(({ name }) => [name, account?.settings[name] ?? ''])))
  const settings = () => spelled(channel, given)
  const check = useMutation({ mutationFn: () => take(connecting.accounts.check.$post({ json: { channel: channel.id, settings: settings(), ...(account ? { accountId: account.id } : {}) } })) })
  const keep = useMutation({
    mutationFn: async () => await (account ? take(connecting.accounts[':id'].$put({ param: { id: account.id }, json: { settings: settings() } })) : take(connecting.accounts.$post({ json: { channel: channel.id, settings: settings() } }))),
    onSuccess: async () => { await queries.invalidateQueries({ queryKey: accountsQuery.queryKey }); told(t('connected', { name: account?.name ?? name })); close() },
  })
  const signIn = useMutation({
    mutationFn: () => take(connecting.accounts.login.begin.$post({ json: { channel: channel.id, settings: settings(), ...(account ? { accountId: account.id } : {}) } })),
    onSuccess: ({ to }) => { window.location.assign(to) },
  })
  const error = keep.error ?? signIn.error ?? check.error
  const atField = channel.fields.some(({ name }) => error && asProblem(error).field === name)
  const change = (name: string) => (value: string) => { setGiven({ ...given, [name]: value }); check.reset(); keep.reset(); signIn.reset() }
  const submit = (event: FormEvent) => { event.preventDefault(); check.reset(); keep.mutate() }
  const secrets = channel.fields.some(({ kind }) => kind === 'secret')
  return (
    <form onSubmit={submit} className={css.form} aria-label={name}>
      {channel.fields.map((field) => <Entry key={field.name} field={field} value={given[field.name] ?? ''} held={account?.secrets.includes(field.name) ?? false} error={fieldError(error, field.name)} change={change(field.name)} />)}
      {secrets ? <Text size="xs" c="dimmed">{t('sealedNote')}</Text> : null}
      {channel.login === 'needs-https' ? <Text size="xs" c="dimmed">{t('needsHttps', { name })}</Text> : null}
      {check.data && !error ? <p className={css.works} role="status">{t('works', check.data)}</p> : null}
      <ProblemNote error={atField ? null : error} />
      <Group gap={8}>
        {channel.login === 'yes' ? <Button variant={channel.fields.length > 0 ? 'default' : 'filled'} loading={signIn.isPending} onClick={() => signIn.mutate()}>{t('signIn', { name })}</Button> : null}
        {channel.fields.length > 0 ? <Button type="submit" loading={keep.isPending}>{t(account ? 'keep' : 'connect')}</Button> : null}
        {channel.fields.length > 0 ? <Button variant="default" loading={check.isPending} onClick={() => { keep.reset(); check.mutate() }}>{t('check')}</Button> : null}
        <Button variant="subtle" onClick={close}>{t('cancel')}</Button>
      </Group>
    </form>
  )
}
