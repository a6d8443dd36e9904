import { EVERY } from '#db/database.ts'
import { messageById } from '../conversations/places.ts'
import type { Handler } from '../events/dispatch.ts'
import { publicationById } from '../publications/store.ts'
import { workspaceById } from '../workspaces/store.ts'
import { tellFollowers } from './store.ts'

/** Whenever an answer stands, whoever follows what it answers gets a letter. */
export const followHandler: Handler = {
  id: 'follows.tell', names: ['message.received', 'publication.confirmed'],
  take: async (events, tx, house) => {
    for (const event of events) {
      const id = event.name === 'message.received' ? event.data.messageId
        : event.name === 'publication.confirmed' && event.data.kind === 'reply' ? (await publicationById(tx, event.data.publicationId))?.messageId : undefined
      const answer = id ? await messageById(tx, id) : undefined
      if (!answer?.parentId) continue
      const site = await house.database.read(EVERY, (db) => workspaceById(db, tx.workspace))
      await tellFollowers(tx, answer, { site: site?.name ?? '', at: house.now() })
    }
  },
}
