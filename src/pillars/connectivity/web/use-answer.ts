import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding } from '#kit/pillar.ts'
import { Problem } from '#ui/api.ts'
import { useSession } from '#ui/session.ts'
import { answer, note, type Message, type Thread } from './calls.ts'

interface Sending { readonly text: string; readonly reasons: Readonly<Record<string, string>> }
const key = (id: string) => ['conversations', id] as const

/** The answer as it stands in the thread before the server has it. */
function onItsWay(thread: Thread, given: { readonly text: string; readonly name: string; readonly memberId: string; readonly direction: 'out' | 'note' }): Message {
  const at = new Date().toISOString()
  return {
    id: `here-${at}`, direction: given.direction, author: { name: given.name, picture: null, memberId: given.memberId, contactId: null }, text: given.text, html: null,
    lang: thread.conversation.lang, at, heardAt: at, channel: thread.conversation.channel, url: null, visibility: thread.conversation.visibility, moderation: 'shown',
    heldBecause: null, withdrawn: false, editedAt: null, parentId: null,
    attachments: null, folded: null, automatic: false, byHand: null, mentions: [], publication: given.direction === 'out' ? { id: '', state: 'scheduled', because: null, why: null } : null,
  }
}

/** Sends an answer or keeps a note: shown at once, taken back with its problem if the server says no. */
export function useAnswer(thread: Thread, done: { readonly onGone: () => void; readonly onBack: (text: string) => void }) {
  const queries = useQueryClient()
  const { me } = useSession()
  const id = thread.conversation.id
  const [held, setHeld] = useState<readonly Finding[]>([])

  const show = async (text: string, direction: 'out' | 'note') => {
    await queries.cancelQueries({ queryKey: key(id) })
    const before = queries.getQueryData<Thread>(key(id))
    const message = onItsWay(thread, { text, direction, memberId: me.id, name: direction === 'out' ? me.voice?.name ?? me.name : me.name })
    queries.setQueryData<Thread>(key(id), (now) => now && { ...now, messages: [...now.messages, message], draft: direction === 'out' ? null : now.draft })
    done.onGone()
    return before
  }
  const goBack = (before: Thread | undefined, text: string) => {
    if (before) queries.setQueryData(key(id), before)
    done.onBack(text)
  }
  const again = () => queries.invalidateQueries({ queryKey: key(id) })

  const send = useMutation({
    mutationFn: ({ text, reasons }: Sending) => answer(id, { text, reasons, seen: lastSaid(thread) }),
    onMutate: ({ text }) => { setHeld([]); return show(text, 'out') },
    onError: (error, { text }, before) => {
      goBack(before, text)
      if (error instanceof Problem && error.code === 'held_by_check') setHeld((error.extra['findings'] as readonly Finding[] | undefined) ?? [])
      if (error instanceof Problem && error.code === 'answered_meanwhile') void again()
    },
    onSuccess: again,
  })
  const jot = useMutation({
    mutationFn: (text: string) => note(id, text),
    onMutate: (text) => show(text, 'note'),
    onError: (_, text, before) => goBack(before, text),
    onSuccess: again,
  })
  return { send, jot, held }
}

/** The newest message the member had before their eyes. */
const lastSaid = (thread: Thread): string => thread.messages.findLast((message) => !message.id.startsWith('here-'))?.id ?? thread.conversation.id
