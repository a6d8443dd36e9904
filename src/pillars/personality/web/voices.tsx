import { Badge, Button, Group, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from '#ui/page.tsx'
import { Face } from '#ui/person.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { languageName, membersQuery, voicesQuery, type Member, type Voice } from './calls.ts'
import { VoiceForm } from './voice-form.tsx'
import { words } from './words.ts'

/** The team's public people. */
export function Voices() {
  const { data: members } = useSuspenseQuery(membersQuery)
  const { data: voices } = useSuspenseQuery(voicesQuery)
  const [changing, setChanging] = useState<Member>()
  const here = members.items.filter((one) => one.leftAt === null)
  const voiceOf = (id: string) => voices.items.find((voice) => voice.memberId === id)
  return (
    <>
      {here.map((member) => <div key={member.id} style={{ marginBottom: 16 }}><Card><One member={member} voice={voiceOf(member.id)} change={() => setChanging(member)} /></Card></div>)}
      {changing ? <VoiceForm member={changing} voice={voiceOf(changing.id)} close={() => setChanging(undefined)} /> : null}
    </>
  )
}

function One({ member, voice, change }: { member: Member; voice: Voice | undefined; change: () => void }) {
  const t = useWords(words)
  const { me, may } = useSession()
  const mayChange = may('manage') || (member.id === me.id && may('answer'))
  return (
    <Group align="flex-start" wrap="nowrap" gap={16}>
      <Face name={voice?.name ?? member.name} picture={voice?.picture} size={64} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={620} fz={18}>{voice?.name ?? member.name}</Text>
        {voice ? (
          <>
            <Text style={{ textWrap: 'pretty' }}>{voice.about}</Text>
            {voice.signOff ? <Text c="dimmed" fs="italic">{voice.signOff}</Text> : null}
            <Group gap={6} mt={8}>
              {voice.langs.map((lang) => <Badge key={lang} lang={lang} color="sea">{languageName(lang)}</Badge>)}
              {voice.topics.map((topic) => <Badge key={topic} color="stone">{topic}</Badge>)}
            </Group>
            {voice.public ? null : <Text size="sm" c="dimmed" mt={6}>{t('hidden')}</Text>}
          </>
        ) : <Text c="dimmed">{t('none')}</Text>}
      </div>
      {mayChange ? <Button size="xs" variant={voice ? 'default' : 'light'} onClick={change}>{t(voice ? 'change' : 'make')}</Button> : null}
    </Group>
  )
}
