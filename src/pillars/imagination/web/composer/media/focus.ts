import { cropOf } from '#core/media/rules.ts'

interface Size { readonly width: number; readonly height: number }
export interface Focus { readonly x: number; readonly y: number }

export const middle: Focus = { x: 0.5, y: 0.5 }
const within = (value: number): number => Math.min(1, Math.max(0, value))

/** How a picture lies in a box it fills, cut as the server cuts it: CSS object-position. */
export function cropTo(focus: Focus, picture: Size, box: Size): string {
  const shape = box.width / box.height
  const seen = cropOf({ ...picture, focus }, { min: shape, max: shape })
  const share = (start: number, whole: number, part: number) => (whole - part < 1 ? 50 : Math.round((start / (whole - part)) * 1000) / 10)
  return `${share(seen.left, picture.width, seen.width)}% ${share(seen.top, picture.height, seen.height)}%`
}

/** The focus after an arrow key; undefined for any other. */
export function nudged({ x, y }: Focus, key: string, isLarge: boolean): Focus | undefined {
  const by = isLarge ? 0.1 : 0.02
  const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }
  const step = steps[key]
  return step && { x: round2(within(x + step[0])), y: round2(within(y + step[1])) }
}
const round2 = (value: number): number => Math.round(value * 100) / 100
export const pointed = (at: Focus): Focus => ({ x: round2(within(at.x)), y: round2(within(at.y)) })
