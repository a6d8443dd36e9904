import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { useSession } from '#ui/session.ts'
import { answer, chosen, note, type Along, type Message, type Thread } from './calls.ts'

type Boxes = Thread['canAnswer']['copies']
interface Sending { readonly text: string; readonly reasons: Readonly<Record<string, string>>; readonly files: readonly Along[]; readonly copies: Boxes }
interface Shown { readonly text: string; readonly direction: 'out' | 'note'; readonly files: readonly Along[]; readonly copies: Boxes }
const key = (id: string) => ['conversations', id] as const

/** The answer as it stands in the thread before the server has it. */
function onItsWay(thread: Thread, given: Shown & { readonly name: string; readonly memberId: string }): Message {
  const at = new Date().toISOString()
  return {
    id: `here-${at}`, direction: given.direction, author: { name: given.name, picture: null, memberId: given.memberId, contactId: null }, text: given.text, html: null,
    lang: thread.conversation.lang, at, heardAt: at, channel: thread.conversation.channel, url: null, visibility: thread.conversation.visibility, moderation: 'shown',
    heldBecause: null, heldSigns: null, appeal: null, withdrawn: false, editedAt: null, parentId: null,
    attachments: given.files.length > 0 ? [...given.files] : null, copies: given.copies.length > 0 ? [...given.copies] : null, folded: null, automatic: false, byHand: null, mentions: [], publication: given.direction === 'out' ? { id: '', state: 'scheduled', because: null, why: null } : null,
  }
}

/** Sends an answer or keeps a note: shown at once, taken back with its problem if the server says no. */
export function useAnswer(thread: Thread, done: { readonly onGone: () => void; readonly onBack: (text: string, files: readonly Along[]) => void }) {
  const queries = useQueryClient()
  const { me } = useSession()
  const id = thread.conversation.id
  const [held, setHeld] = useState<readonly Finding[]>([])

  const show = async (given: Shown) => {
    const { direction } = given
    await queries.cancelQueries({ queryKey: key(id) })
    const before = queries.getQueryData<Thread>(key(id))
    const message = onItsWay(thread, { ...given, memberId: me.id, name: direction === 'out' ? me.voice?.name ?? me.name : me.name })
    queries.setQueryData<Thread>(key(id), (now) => now && { ...now, messages: [...now.messages, message], draft: direction === 'out' ? null : now.draft })
    done.onGone()
    return before
  }
  const goBack = (before: Thread | undefined, { text, files }: Pick<Sending, 'text' | 'files'>) => {
    if (before) queries.setQueryData(key(id), before)
    done.onBack(text, files)
  }
  const again = () => queries.invalidateQueries({ queryKey: key(id) })

  const send = useMutation({
    mutationFn: ({ text, reasons, files, copies }: Sending) => answer(id, { text, reasons, seen: lastSaid(thread), files: chosen(files), copies: copies.map(({ address }) => address) }),
    onMutate: ({ text, files, copies }) => { setHeld([]); return show({ text, files, copies, direction: 'out' }) },
    onError: (error, sending, before) => {
      goBack(before, sending)
      if (error instanceof Problem && error.code === 'held_by_check') setHeld((error.extra['findings'] as readonly Finding[] | undefined) ?? [])
      if (error instanceof Problem && error.code === 'answered_meanwhile') void again()
    },
    onSuccess: again,
  })
  const jot = useMutation({
    mutationFn: (text: string) => note(id, text),
    onMutate: (text) => show({ text, files: [], copies: [], direction: 'note' }),
    onError: (_, text, before) => goBack(before, { text, files: [] }),
    onSuccess: again,
  })
  return { send, jot, held }
}

/** The newest message the member had before their eyes. */
const lastSaid = (thread: Thread): string => thread.messages.findLast((message) => !message.id.startsWith('here-'))?.id ?? thread.conversation.id
