import { Anchor, Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { isLang } from '#kit/lang.ts'
import { take } from '#ui/api.ts'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { site, workspaceQuery } from './calls.ts'
import { SettingsPage } from './settings.tsx'
import { words } from './words.ts'

export function Site() {
  const t = useWords(words)
  const { may, workspace } = useSession()
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(workspaceQuery)
  const [typed, setTyped] = useState({ name: data.name, tagline: data.tagline, about: data.about, email: data.email ?? '', zone: data.zone, lang: data.lang })
  const type = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () => take(site.workspace.$patch({ json: { ...typed, email: typed.email.trim() === '' ? null : typed.email } })),
    onSuccess: () => { told(t('saved')); return Promise.all([queries.invalidateQueries({ queryKey: ['workspace'] }), queries.invalidateQueries({ queryKey: ['session'] })]) },
  })
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate() }
  const readOnly = !may('manage')
  return (
    <SettingsPage title={t('site.title')} lead={t('site.lead')} needs="manage" acts={<Anchor href={`${workspace.origin}/`} target="_blank" rel="noreferrer" size="sm">{t('site.look')}</Anchor>}>
      <form onSubmit={submit}>
        <Stack gap={18}>
          <TextInput required label={t('site.name')} maxLength={80} readOnly={readOnly} value={typed.name} error={fieldError(save.error, 'name')} onChange={(event) => type({ name: event.currentTarget.value })} />
          <TextInput label={t('site.tagline')} description={t('site.taglineHint')} maxLength={160} readOnly={readOnly} value={typed.tagline} error={fieldError(save.error, 'tagline')} onChange={(event) => type({ tagline: event.currentTarget.value })} />
          <Textarea label={t('site.about')} description={t('site.aboutHint')} maxLength={4000} minRows={4} maxRows={18} readOnly={readOnly} value={typed.about} error={fieldError(save.error, 'about')} onChange={(event) => type({ about: event.currentTarget.value })} />
          <TextInput type="email" label={t('site.email')} description={t('site.emailHint')} maxLength={254} readOnly={readOnly} value={typed.email} error={fieldError(save.error, 'email')} onChange={(event) => type({ email: event.currentTarget.value })} />
          <div>
            <ZoneSelect label={t('site.zone')} nothing={t('site.zoneNothing')} disabled={readOnly} value={typed.zone} error={fieldError(save.error, 'zone')} onChange={(zone) => type({ zone })} />
            <Text size="xs" c="dimmed" mt={4}>{t('site.zoneHint')}</Text>
          </div>
          <div>
            <Text size="sm" fw={500} mb={4} id="site-lang">{t('site.lang')}</Text>
            <SegmentedControl aria-labelledby="site-lang" disabled={readOnly} value={typed.lang} data={[{ value: 'en', label: 'English' }, { value: 'el', label: 'Ελληνικά' }]} onChange={(lang) => { if (isLang(lang)) type({ lang }) }} />
          </div>
          <ProblemNote error={save.error} />
          {readOnly ? null : <Group><Button type="submit" loading={save.isPending}>{t('save')}</Button></Group>}
        </Stack>
      </form>
    </SettingsPage>
  )
}
