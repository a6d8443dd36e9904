import { defineChannel, type Channel, type Listen } from '#kit/channel.ts'
import type { Database } from '#db/database.ts'
import { letterAnswered } from './by-mail.ts'
import { fields } from './form.ts'
import { startPost } from './post.ts'
import { publish } from './publish.ts'
import { chatRoutes } from './routes.ts'
import { ChatSettings, chatLimits, type ChatWire } from './wire.ts'

/** What visitors say is handed over as it comes (`Host.within`); there is nothing to pull. */
const listen: Listen<ChatSettings, null> = { hears: ['messages'] }

/** A window on the brand's own sites in which a visitor and the team talk. */
export const chat: Channel<ChatSettings, ChatWire, null> = defineChannel({
  id: 'chat', name: 'Chat', called: { en: 'Website chat', el: 'Συνομιλία στον ιστότοπο' },
  about: {
    en: 'A chat window for your own websites: one line of script, your people by name, and a message when you are closed.',
    el: 'Ένα παράθυρο συνομιλίας για τους ιστότοπούς σας: μία γραμμή κώδικα, οι άνθρωποί σας με το όνομά τους και ένα μήνυμα όταν είστε κλειστά.',
  },
  settings: ChatSettings, fields, sealed: ['identitySecret'],
  verify: async (settings) => ({ id: 'chat', handle: settings.name, name: settings.name }),
  limits: () => ({ text: { max: chatLimits.text, unit: 'codepoint' }, answers: { files: { max: chatLimits.files, maxBytes: chatLimits.fileBytes, maxTotal: chatLimits.files * chatLimits.fileBytes } } }),
  publish, listen, letterAnswered,
  routes: (hosts) => chatRoutes(hosts),
  background: (hosts, log) => startPost(hosts, { database: hosts.lend('database') as Database, now: () => new Date(), log }),
})
