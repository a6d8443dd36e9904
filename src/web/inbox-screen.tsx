import { Inbox } from '#pillars/connectivity/web/inbox.tsx'
import { checks } from './checks.ts'

/** The inbox with what all pillars check while an answer is written. */
export const InboxScreen = () => <Inbox checks={checks} />
