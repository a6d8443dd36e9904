import { useState, type ReactNode } from 'react'
import { AlongList, AttachButton, DropPlace } from './attach.tsx'
import type { Thread } from './calls.ts'
import { Copies } from './copies.tsx'
import { useAttach } from './use-attach.ts'
import type { useDraft } from './use-draft.ts'

/** What goes along with an answer, and who else gets it. */
export function useAlong(thread: Thread, draft: ReturnType<typeof useDraft>) {
  const { files: takes, copies: all } = thread.canAnswer
  const attach = useAttach({ takes, files: draft.files, onFiles: draft.attach })
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const list = takes ? <AlongList takes={takes} files={draft.files} attach={attach} onFiles={draft.attach} /> : null
  return {
    takes, attach, list, all, without, setWithout, name: thread.contact.name, busy: attach.busy, button: takes ? <AttachButton takes={takes} attach={attach} /> : null,
    given: { files: draft.files, copies: all.filter(({ address }) => !without.has(address)) },
  }
}

/** Around the answer: to whom it also goes, the place for files, and those that are there. */
export function AlongPlace({ along, children }: { along: ReturnType<typeof useAlong>; children: ReactNode }) {
  return (
    <DropPlace attach={along.attach} off={along.takes === null}>
      <Copies all={along.all} without={along.without} name={along.name} onWithout={along.setWithout} />
      {children}
    </DropPlace>
  )
}
