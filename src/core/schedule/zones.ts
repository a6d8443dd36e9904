import { resolveWall, wallOf } from '../posts/wall-time.ts'

interface Zones { readonly campaign?: string | null | undefined; readonly workspace: string; readonly member?: string | null | undefined }

/** By whose clock a time is planned: that of the campaign's audience, else the workspace's. A member's own zone never moves a post. */
export const planningZone = ({ campaign, workspace }: Omit<Zones, 'member'>): string => campaign ?? workspace

/** Whether whoever looks could read a time wrongly: the clock it was planned by shows another hour than their own. */
export function doubtful({ campaign, workspace, member }: Zones, at: Date): boolean {
  const planned = wallOf(at, planningZone({ campaign, workspace }))
  return [workspace, member ?? workspace].some((zone) => wallOf(at, zone) !== planned)
}

export interface Planned { readonly wall: string; readonly zone: string; readonly dueAt: Date }
export interface Retimed { readonly wall: string; readonly at: Date; readonly because: 'zone-rules' | 'hour-skipped' }
/**
 * What a planned time means now that the zone's rules may have changed; undefined while it means the same. Of an hour that
 * comes twice both stay as they are: one of them was chosen.
 */
export function retimed({ wall, zone, dueAt }: Planned): Retimed | undefined {
  const found = resolveWall(wall, zone)
  const meant = 'at' in found ? [found.at] : 'twice' in found ? found.twice : []
  if (meant.some((at) => at.getTime() === dueAt.getTime())) return undefined
  if ('gap' in found) {
    const later = resolveWall(found.gap[1], zone, 'first')
    return 'at' in later ? { wall: found.gap[1], at: later.at, because: 'hour-skipped' } : undefined
  }
  const nearest = meant.reduce((best, at) => (Math.abs(at.getTime() - dueAt.getTime()) < Math.abs(best.getTime() - dueAt.getTime()) ? at : best))
  return { wall, at: nearest, because: 'zone-rules' }
}
