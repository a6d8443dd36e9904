import { useEffect, useState } from 'react'
import type { Check } from '#kit/pillar.ts'

const none: readonly Check[] = []

/** What the pillars check, fetched beside the screen: nobody waits for it to read. */
export function useChecks(): readonly Check[] {
  const [checks, setChecks] = useState(none)
  useEffect(() => { void import('./checks.ts').then((all) => setChecks(all.checks)) }, [])
  return checks
}
