import { expect, test } from 'vitest'
import { doubtful, planningZone, retimed } from './zones.ts'

test('a campaign is planned by the clock of its audience, all else by that of the workspace', () => {
  expect(planningZone({ campaign: 'America/New_York', workspace: 'Europe/Athens' })).toBe('America/New_York')
  expect(planningZone({ campaign: null, workspace: 'Europe/Athens' })).toBe('Europe/Athens')
})
test('a time is doubtful where the reader\'s clock shows another hour', () => {
  const at = new Date('2026-10-20T09:00:00Z')
  expect(doubtful({ workspace: 'Europe/Athens', member: 'Europe/Bucharest' }, at)).toBe(false)
  expect(doubtful({ workspace: 'Europe/Athens', member: 'Europe/Berlin' }, at)).toBe(true)
  expect(doubtful({ workspace: 'Europe/Athens', campaign: 'America/New_York' }, at)).toBe(true)
})
test('a planned time that the zone\'s rules moved is told, and one that means the same is left alone', () => {
  const athens = (wall: string, dueAt: string) => retimed({ wall, zone: 'Europe/Athens', dueAt: new Date(dueAt) })
  expect(athens('2026-12-01T09:30', '2026-12-01T07:30:00Z')).toBeUndefined()
  expect(athens('2026-12-01T09:30', '2026-12-01T06:30:00Z')).toEqual({ wall: '2026-12-01T09:30', at: new Date('2026-12-01T07:30:00Z'), because: 'zone-rules' })
  expect(athens('2026-10-25T03:30', '2026-10-25T01:30:00Z')).toBeUndefined()
  expect(athens('2027-03-28T03:30', '2027-03-28T00:30:00Z')).toEqual({ wall: '2027-03-28T04:30', at: new Date('2027-03-28T01:30:00Z'), because: 'hour-skipped' })
})
