import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core'
import { modKey, useLayers, type Key } from '#ui/keys.ts'
import { useWords } from '#ui/words.ts'
import { words as own } from '#ui/own-words.ts'

const shown = (key: string): string => (key === 'mod' ? modKey() : key === 'shift' ? '⇧' : key.length === 1 ? key.toUpperCase() : key)

function Row({ of }: { of: Key }) {
  return (
    <Group justify="space-between" wrap="nowrap" py={4}>
      <Text size="sm">{of.says}</Text>
      <Group gap={4} wrap="nowrap">{of.keys.split(/[ +]/).map((part) => <Kbd key={part}>{shown(part)}</Kbd>)}</Group>
    </Group>
  )
}

/** Every key that works right now. */
export function Help({ close }: { close: () => void }) {
  const t = useWords(own)
  const layers = useLayers()
  const of = (level: 'here' | 'everywhere') => layers.filter((layer) => layer.level === level).flatMap((layer) => layer.keys)
  return (
    <Modal opened onClose={close} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap={16}>
        {(['here', 'everywhere'] as const).map((level) => of(level).length === 0 ? null : (
          <section key={level}>
            <Title order={3} fz={13} c="dimmed" fw={550} mb={4}>{t(`keys.${level}`)}</Title>
            {of(level).map((key) => <Row key={`${key.keys}${key.says}`} of={key} />)}
          </section>
        ))}
      </Stack>
    </Modal>
  )
}
