import { Button, Code, CopyButton, Text } from '@mantine/core'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import type { Account } from './calls.ts'
import { commentsWords } from './channels-comments-words.ts'

/** The line that goes onto the pages of the site, where their comments should stand. */
export function CommentsTag({ account }: { account: Account }) {
  const t = useWords(commentsWords)
  const { workspace } = useSession()
  const tag = `<script async src="${workspace.origin}/comments/embed.js"></script>`
  return (
    <div>
      <Text size="sm" fw={550} mt={8}>{t('tag')}</Text>
      <Text size="sm" c="dimmed" mb={8} style={{ textWrap: 'pretty' }}>{t('help', { sites: (account.settings['sites'] ?? '').split(' ').join(', ') })}</Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{tag}</Code>
      <CopyButton value={tag}>{({ copied, copy }) => <Button mt={8} size="compact-sm" variant="default" aria-label={`${t(copied ? 'copied' : 'copy')}: ${t('tag')}`} onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
    </div>
  )
}
