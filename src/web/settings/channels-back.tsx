import { Anchor } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { take } from '#ui/api.ts'
import { Waiting } from '#ui/columns-mark.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { accountsQuery, connecting } from './calls.ts'
import { channelWords } from './channels-words.ts'

/** Back from a network's own page: its answer is handed over once, and the address is cleaned of it. */
export function ChannelBack() {
  const t = useWords(channelWords)
  const { channel } = useParams({ from: '/inside/settings/channels/back/$channel' })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const begun = useRef(false)
  const { mutate, error } = useMutation({
    mutationFn: (answer: string) => take(connecting.accounts.login.finish.$post({ json: { channel, answer } })),
    onSuccess: async ({ handle }) => {
      await queries.invalidateQueries({ queryKey: accountsQuery.queryKey })
      told(t('connected', { name: handle }))
      await navigate({ to: '/settings/channels', replace: true })
    },
  })
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const answer = window.location.search
    window.history.replaceState(window.history.state, '', window.location.pathname)
    mutate(answer)
  }, [mutate])
  if (!error) return <div role="status" aria-label={t('finishing')}><Waiting /></div>
  return <><ProblemNote error={error} /><Anchor component={Link} to="/settings/channels">{t('backToList')}</Anchor></>
}
