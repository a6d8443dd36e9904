import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cropTo, middle, nudged, pointed } from './focus.ts'

test('the middle lies in the middle, and a focus at the edge brings the edge into view', () => {
  const [wide, square] = [{ width: 1600, height: 800 }, { width: 400, height: 400 }]
  expect(cropTo(middle, wide, square)).toBe('50% 50%')
  expect(cropTo({ x: 0, y: 0.5 }, wide, square)).toBe('0% 50%')
  expect(cropTo({ x: 1, y: 0.5 }, wide, square)).toBe('100% 50%')
})

test('wherever the focus is, it is seen', () => {
  const size = fc.record({ width: fc.integer({ min: 20, max: 4000 }), height: fc.integer({ min: 20, max: 4000 }) })
  fc.assert(fc.property(size, size, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (picture, box, x, y) => {
    const [left, top] = cropTo({ x, y }, picture, box).split(' ').map((part) => parseFloat(part) / 100) as [number, number]
    const scale = Math.max(box.width / picture.width, box.height / picture.height)
    const seen = (share: number, whole: number, room: number, at: number) => { const start = share * (whole - room); return at * whole >= start - 2 - whole / 50 && at * whole <= start + room + 2 + whole / 50 }
    expect(seen(left, picture.width * scale, box.width, x)).toBe(true)
    expect(seen(top, picture.height * scale, box.height, y)).toBe(true)
  }))
})

test('the arrow keys move the focus and stop at the edge', () => {
  expect(nudged(middle, 'ArrowLeft', false)).toEqual({ x: 0.48, y: 0.5 })
  expect(nudged({ x: 0.95, y: 0.5 }, 'ArrowRight', true)).toEqual({ x: 1, y: 0.5 })
  expect(nudged(middle, 'Enter', false)).toBeUndefined()
  expect(pointed({ x: -0.2, y: 1.4 })).toEqual({ x: 0, y: 1 })
})
