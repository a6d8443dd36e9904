import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Mark } from './columns-mark.tsx'

/** An empty place teaches: one picture, one sentence, one action. */
export function Empty({ title, says, act, order = 2 }: { title: string; says: string; act?: ReactNode; /** 1 where it is the whole page. */ order?: 1 | 2 }) {
  return (
    <Stack align="center" gap={12} py={56} px={16} ta="center">
      <Mark size={72} />
      <Title order={order} fz={18} mt={8}>{title}</Title>
      <Text c="dimmed" maw={440} style={{ textWrap: 'pretty' }}>{says}</Text>
      {act}
    </Stack>
  )
}
