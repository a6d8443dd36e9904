import { Button, FileButton, Group, Modal, MultiSelect, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { sendForm, take } from '#ui/api.ts'
import { Face } from '#ui/person.tsx'
import { fieldError, ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { languageName, team, type Member, type Voice } from './calls.ts'
import { words } from './words.ts'

const languages = ['el', 'en', 'ar', 'bg', 'de', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'ro', 'ru', 'sq', 'sr', 'tr', 'uk', 'zh']
const label = (code: string) => { const name = languageName(code); return name.charAt(0).toLocaleUpperCase() + name.slice(1) }
interface Given { member: Member; voice: Voice | undefined; close: () => void }

function useVoice({ member, voice, close }: Given) {
  const t = useWords(words)
  const queries = useQueryClient()
  const [typed, setTyped] = useState({
    name: voice?.name ?? member.name, about: voice?.about ?? '', signOff: voice?.signOff ?? '', langs: [...(voice?.langs ?? [])], topics: [...(voice?.topics ?? [])],
    pictureId: voice?.pictureId ?? null, picture: voice?.picture ?? null, public: voice?.public ?? true,
  })
  const type = (change: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () => { const { picture: _, ...json } = typed; return take(team.voices[':id'].$put({ param: { id: member.id }, json })) },
    onSuccess: async () => {
      told(t('saved'))
      close()
      await Promise.all(['voices', 'session', 'writing'].map((noun) => queries.invalidateQueries({ queryKey: [noun] })))
    },
  })
  const send = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('file', file)
      form.set('alt', typed.name)
      return sendForm<{ id: string; url: string }>('/media', form)
    },
    onSuccess: ({ id, url }) => type({ pictureId: id, picture: url }),
  })
  return { typed, type, save, send }
}

export function VoiceForm(given: Given) {
  const t = useWords(words)
  const { typed, type, save, send } = useVoice(given)
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate() }
  return (
    <Modal opened onClose={given.close} size={560} title={<Text component="span" fw={600}>{t('of', { name: given.member.name })}</Text>} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <Group gap={16}>
            <Face name={typed.name} picture={typed.picture} size={72} />
            <FileButton accept="image/png,image/jpeg,image/webp,image/avif" inputProps={{ 'aria-label': t('face'), tabIndex: -1 }} onChange={(file) => { if (file) send.mutate(file) }}>
              {(props) => <Button {...props} variant="default" loading={send.isPending}>{t('choose')}</Button>}
            </FileButton>
            {typed.pictureId ? <Button variant="subtle" color="stone" onClick={() => type({ pictureId: null, picture: null })}>{t('remove')}</Button> : null}
          </Group>
          <ProblemNote error={send.error} />
          <TextInput required label={t('name')} maxLength={80} value={typed.name} error={fieldError(save.error, 'name')} onChange={(event) => type({ name: event.currentTarget.value })} />
          <Textarea label={t('about')} description={t('aboutHint')} maxLength={600} value={typed.about} error={fieldError(save.error, 'about')} onChange={(event) => type({ about: event.currentTarget.value })} />
          <TextInput label={t('signOff')} description={t('signOffHint')} maxLength={60} value={typed.signOff} error={fieldError(save.error, 'signOff')} onChange={(event) => type({ signOff: event.currentTarget.value })} />
          <MultiSelect searchable label={t('langs')} data={[...new Set([...languages, ...typed.langs])].map((code) => ({ value: code, label: label(code) }))} value={typed.langs} maxValues={10} onChange={(langs) => type({ langs })} />
          <TagsInput label={t('topics')} description={t('topicsHint')} maxTags={30} value={typed.topics} onChange={(topics) => type({ topics })} />
          <Switch label={t('public')} checked={typed.public} onChange={(event) => type({ public: event.currentTarget.checked })} />
          <ProblemNote error={save.error} />
          <Group justify="flex-end" gap={8}><Button variant="default" onClick={given.close}>{t('cancel')}</Button><Button type="submit" loading={save.isPending}>{t('save')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  )
}
