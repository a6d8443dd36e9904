declare module '#kit/events.ts' {
  interface Events {
    'account.connected': { accountId: string; channel: string; handle: string; again: boolean }
    'account.removed': { accountId: string; channel: string; handle: string; cancelled: number }
    /** Once when it begins: it needs a person, or it fails without end. */
    'account.troubled': { accountId: string; channel: string; handle: string; because: string }
    /** It answers, yet says nothing for longer than it ever did. */
    'account.silent': { accountId: string; channel: string; handle: string; heardAt: string | null }
    /** Its access ends soon, and nothing of ours can renew it. */
    'account.ending': { accountId: string; channel: string; handle: string; endsAt: string }
    'account.well': { accountId: string; channel: string; handle: string }
  }
}
export {}
