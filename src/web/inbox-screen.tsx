import { Inbox } from '#pillars/connectivity/web/inbox.tsx'
import { useChecks } from './use-checks.ts'

/** The inbox with what all pillars check while an answer is written. */
export const InboxScreen = () => <Inbox checks={useChecks()} />
