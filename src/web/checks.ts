import type { Check } from '#kit/pillar.ts'
import { checks as connectivity } from '#pillars/connectivity/checks.ts'
import { checks as generosity } from '#pillars/generosity/checks.ts'
import { checks as honesty } from '#pillars/honesty/checks.ts'
import { checks as imagination } from '#pillars/imagination/checks.ts'
import { checks as personality } from '#pillars/personality/checks.ts'

/** What every pillar checks while somebody writes; the server runs the same list before anything leaves. */
export const checks: readonly Check[] = [...connectivity, ...generosity, ...honesty, ...personality, ...imagination]
