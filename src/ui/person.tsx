import { Avatar, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

const initials = (name: string): string => {
  const parts = name.trim().split(/\s+/)
  return [parts[0], parts.length > 1 ? parts.at(-1) : ''].map((part) => Array.from(part ?? '')[0] ?? '').join('').toLocaleUpperCase().normalize('NFD').replace(/\p{M}/gu, '')
}

/** A face, or the initials of one. */
export const Face = ({ name, picture, size = 32 }: { name: string; picture?: string | null | undefined; size?: number }) => (
  <Avatar src={picture ?? null} alt="" aria-hidden size={size} radius="50%" color="stone" variant="light" styles={{ placeholder: { background: 'color-mix(in srgb, var(--ink) 8%, transparent)', color: 'var(--ink)', fontSize: Math.max(11, size * 0.36), fontWeight: 600 } }}>{initials(name)}</Avatar>
)

/** Face and name; under it, what is worth knowing of them. */
export function Person({ name, picture, under, size = 32 }: { name: string; picture?: string | null | undefined; under?: ReactNode; size?: number }) {
  return (
    <Group gap={10} wrap="nowrap" miw={0}>
      <Face name={name} picture={picture} size={size} />
      <div style={{ minWidth: 0 }}>
        <Text fw={550} truncate>{name}</Text>
        {under ? <Text size="xs" c="dimmed" truncate>{under}</Text> : null}
      </div>
    </Group>
  )
}
