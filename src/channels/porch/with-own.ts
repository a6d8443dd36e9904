import type { Host, Utterance } from '#kit/host.ts'

/** The talk as whoever wrote one comment of it sees it: with what stands before their eyes alone, in its place. */
export async function withOwn(host: Host, own: { readonly accountId: string; readonly id: string }, thread: readonly Utterance[]): Promise<readonly Utterance[]> {
  if (thread.some((said) => said.ref?.id === own.id)) return thread
  const alone = (await host.ownWords(own.accountId, own.id))?.alone
  if (!alone) return thread
  const after = thread.findIndex((said) => said.at > alone.at)
  return after === -1 ? [...thread, alone] : thread.toSpliced(after, 0, alone)
}
