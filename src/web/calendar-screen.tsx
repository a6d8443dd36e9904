import { Calendar } from '#pillars/imagination/web/calendar/calendar.tsx'
import { useChecks } from './use-checks.ts'

/** The calendar with what all pillars check while a post is written. */
export const CalendarScreen = () => <Calendar checks={useChecks()} />
