import { FeedDialog } from './feed-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { OutDialog } from './out-dialog.tsx'
import { RepeatDialog } from './repeat-dialog.tsx'
import { RulesDialog } from './rules-dialog.tsx'
import { ScopeDialog } from './scope-dialog.tsx'
import { SeriesDialog } from './series-dialog.tsx'
import { SlotsDialog } from './slots-dialog.tsx'
import type { Acts } from './use-acts.ts'
import type { Desk } from './use-desk.ts'

/** The question that is open, if any. */
export function Dialogs({ desk, acts, zone, onOpen }: { desk: Desk; acts: Acts; zone: string; onOpen: (id: string) => void }) {
  const { asked, ask } = desk
  const close = () => ask(undefined)
  switch (asked?.kind) {
    case undefined: return null
    case 'time': return <MoveDialog {...asked} acts={acts} zone={zone} onMove={desk.move} onClose={close} />
    case 'out': return <OutDialog item={asked.item} wall={asked.wall} onClose={close} />
    case 'scope': return <ScopeDialog item={asked.item} goal={asked.goal} wall={asked.wall} acts={acts} onClose={close} />
    case 'repeat': return <RepeatDialog item={asked.item} zone={zone} onClose={close} />
    case 'series': return <SeriesDialog item={asked.item} onOpen={onOpen} onChange={(item) => ask({ kind: 'repeat', item })} onClose={close} />
    case 'slots': return <SlotsDialog zone={zone} onClose={close} />
    case 'rules': return <RulesDialog onClose={close} />
    case 'feed': return <FeedDialog onClose={close} />
    case 'import': return <ImportDialog zone={zone} onClose={close} />
  }
}
