import { Anchor } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** A way inside the workspace that is only known as text: from a nudge or an event. `to` begins with a slash. */
export function GoTo({ to, children, className }: { to: string; children: ReactNode; className?: string | undefined }) {
  const { history } = useRouter()
  const href = `/app${to}`
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    history.push(href)
  }
  if (className !== undefined) return <a href={href} className={className} onClick={go}>{children}</a>
  return <Anchor href={href} onClick={go} size="sm">{children}</Anchor>
}
