import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

/** Where short words and undo appear; loaded after the first screen. */
export const Toasts = () => <Notifications position="bottom-center" limit={3} />
