import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { Page } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import { ScorecardView } from './scorecard-view.tsx'
import { words } from './words.ts'

/** The scorecard of the whole workspace. */
export function Scorecard() {
  const t = useWords(words)
  const { signal } = useSearch({ from: '/inside/campaigns/scorecard' })
  return (
    <Page title={t('scorecard.title')} lead={t('campaigns.scorecardSays')} acts={<Button component={Link} to="/campaigns" variant="subtle" color="stone" leftSection={<IconArrowLeft size={18} stroke={1.5} />}>{t('scorecard.back')}</Button>}>
      <ScorecardView signal={signal} />
    </Page>
  )
}
