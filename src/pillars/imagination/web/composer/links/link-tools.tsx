import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconChartBar, IconScissors } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { partsOf, type Face } from '#core/posts/rules.ts'
import { utmOf, withoutUtm, withUtm, type Utm } from '#text/utm.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { useWords } from '#ui/words.ts'
import { campaignsQuery } from '../../calls.ts'
import { shorten } from '../calls.ts'
import { faceOfParts } from '../parts.ts'
import { shownLink } from '../preview/facets.ts'
import { words } from '../words/words.ts'
import type { Words } from '../writing.ts'
import { remember, remembered } from './campaign-marks.ts'

interface Given { readonly link: string; readonly page: Words; readonly face: Face; readonly postId: string | undefined; readonly onFace: (change: Partial<Face>) => void }

/** The same words with another address in the place of one. */
export const relinked = (face: Face, from: string, to: string): Partial<Face> => ({
  ...faceOfParts(partsOf(face).map((part) => ({ ...part, text: part.text.replaceAll(from, () => to) }))), firstComment: face.firstComment.replaceAll(from, () => to),
})

/** Marks an address so that its visits can be told apart, and makes a short one of our own whose clicks are counted. */
export function LinkTools({ link, page, face, postId, onFace, children }: Given & { children?: ReactNode }) {
  const t = useWords(words)
  const short = useMutation({
    mutationFn: () => shorten({ target: link, ...(postId ? { postId } : {}), ...(page.campaignId ? { campaignId: page.campaignId } : {}) }),
    onSuccess: (made) => onFace(relinked(face, link, made.url)),
  })
  const isShort = /\/l\/[\w-]+$/.test(link)
  return (
    <>
      <Group gap={4} mt={6} ml={-8}>
        {children}
        <Marks link={link} page={page} face={face} onFace={onFace} />
        {isShort ? <Text span size="sm" c="dimmed">{t('links.isShort', { link: shownLink(link, 40) })}</Text>
          : <Button size="compact-sm" variant="subtle" loading={short.isPending} leftSection={<IconScissors size={16} stroke={1.5} aria-hidden />} onClick={() => short.mutate()}>{t('links.shorten')}</Button>}
      </Group>
      <ProblemNote error={short.error} />
    </>
  )
}

const fields = ['source', 'medium', 'campaign', 'content'] as const

function Marks({ link, page, face, onFace }: Omit<Given, 'postId'>) {
  const t = useWords(words)
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(campaignsQuery)
  const campaign = data?.items.find((one) => one.id === page.campaignId)?.name
  const [typed, setTyped] = useState<Utm>()
  const now: Utm = typed ?? { ...remembered(page.campaignId, { channel: 'social', ...(campaign ? { campaign } : {}) }), ...utmOf(link) }
  const marked = withUtm(withoutUtm(link), now)
  const put = () => { remember(page.campaignId, now); onFace(relinked(face, link, marked)); setOpen(false); setTyped(undefined) }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={340} trapFocus withinPortal>
      <Popover.Target><Button size="compact-sm" variant="subtle" leftSection={<IconChartBar size={16} stroke={1.5} aria-hidden />} onClick={() => setOpen(!isOpen)}>{t('links.marks')}</Button></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); put() }}>
          <Stack gap={8}>
            <Text size="xs" c="dimmed">{t('links.marksAbout')}</Text>
            {fields.map((field) => <TextInput key={field} size="xs" label={t(`links.utm.${field}`)} value={now[field] ?? ''} maxLength={100} onChange={(event) => setTyped({ ...now, [field]: event.currentTarget.value })} />)}
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{marked}</Text>
            <Group justify="space-between">
              <Button size="compact-sm" variant="subtle" color="stone" disabled={withoutUtm(link) === link} onClick={() => { onFace(relinked(face, link, withoutUtm(link))); setOpen(false) }}>{t('links.unmark')}</Button>
              <Button size="compact-sm" type="submit">{t('links.mark')}</Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
