import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanPicture } from './picture.ts'

const bread = (width = 300, height = 200) => sharp({ create: { width, height, channels: 3, background: '#c08040' } })
const frames = async (many: number, side = 20): Promise<Buffer> => sharp(await Promise.all(Array.from({ length: many }, (_, n) => sharp({ create: { width: side, height: side, channels: 3, background: { r: (n * 37) % 256, g: (n * 91) % 256, b: n % 256 } } }).png().toBuffer())), { join: { animated: true } }).gif({ loop: 0, delay: Array.from({ length: many }, () => 100) }).toBuffer()

/** A PNG whose header claims what its body does not hold. */
function claiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), data])
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    size.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([size, named, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))), chunk('IEND', Buffer.alloc(0))])
}

describe('a picture', () => {
  test('does not tell where and with what it was taken', async () => {
    const told = await bread().withExif({ IFD0: { Model: 'Η κάμερα της Ελένης', Copyright: 'Ελένη' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 14/1 47/1', GPSLongitude: '21/1 44/1 4/1' } }).jpeg().toBuffer()
    expect((await sharp(told).metadata()).exif).toBeDefined()
    const { data } = await cleanPicture(told)
    const facts = await sharp(data).metadata()
    expect([facts.exif, facts.xmp, facts.iptc, facts.format]).toEqual([undefined, undefined, undefined, 'webp'])
    expect(data.includes('Exif')).toBe(false)
  })
  test('lying on its side stands up', async () => {
    const lying = await bread().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await cleanPicture(lying)).toMatchObject({ width: 200, height: 300, animated: false })
  })
  test('that is large becomes as large as is kept', async () => {
    expect(await cleanPicture(await bread(5000, 2500).jpeg().toBuffer())).toMatchObject({ width: 2048, height: 1024 })
  })
  test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('in %s is taken', async (format) => {
    expect(await cleanPicture(await bread(64, 48).toFormat(format).toBuffer())).toMatchObject({ width: 64, height: 48 })
  })
  test('that moves goes on moving', async () => {
    const { data, animated } = await cleanPicture(await frames(5))
    expect([animated, (await sharp(data).metadata()).pages]).toEqual([true, 5])
  })
})

describe('a malicious set', () => {
  const script = '<script>alert(document.domain)</script>'
  test('a polyglot comes out as a picture and nothing else', async () => {
    const both = Buffer.concat([await bread().jpeg().toBuffer(), Buffer.from(`${script}<?php system($_GET[0]); ?>`)])
    const commented = await bread().withExif({ IFD0: { ImageDescription: script } }).png().toBuffer()
    for (const bytes of [both, commented]) {
      const { data } = await cleanPicture(bytes)
      expect(data.includes('script')).toBe(false)
      expect(data.includes('<?php')).toBe(false)
    }
  })
  test.each([
    ['an SVG', `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>`], ['an SVG with a declaration', `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>`],
    ['a page', `<!doctype html>${script}`], ['a PDF', '%PDF-1.7'], ['a script', '#!/bin/sh'], ['a TIFF', 'II*\0'], ['a BMP', 'BM......'], ['a zip', 'PK\x03\x04'], ['a program', 'MZ'], ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
  ])('%s under the name of a PNG is refused', async (_, text) => {
    await expect(cleanPicture(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code: 'file_type_not_allowed' })
  })
  test('HEIC with the place it was taken is refused by name, under whatever brand it comes', async () => {
    const boxed = (type: string, ...inside: Buffer[]): Buffer => { const content = Buffer.concat(inside); const head = Buffer.alloc(8); head.writeUInt32BE(content.length + 8); head.write(type, 4, 'latin1'); return Buffer.concat([head, content]) }
    const exif = (await bread().withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 14/1 47/1' } }).jpeg().toBuffer()).subarray(0, 300)
    for (const brand of ['heic', 'heix', 'mif1', 'msf1', 'hevc']) {
      const bytes = Buffer.concat([boxed('ftyp', Buffer.from(`${brand}\0\0\0\0mif1heicmp42`, 'latin1')), boxed('meta', exif), boxed('mdat', Buffer.alloc(5_000, 7))])
      await expect(cleanPicture(bytes), brand).rejects.toMatchObject({ code: 'file_type_not_allowed', params: { allowed: expect.stringContaining('JPEG') as string } })
    }
  })
  test('60,000 × 60,000 is refused by its header, at once', async () => {
    const began = performance.now()
    await expect(cleanPicture(claiming(60_000, 60_000))).rejects.toMatchObject({ code: 'picture_too_large', params: { width: 60_000, height: 60_000, limit: 60 } })
    expect(performance.now() - began).toBeLessThan(1_000)
  })
  test('an animation without end is refused', async () => {
    await expect(cleanPicture(await frames(401, 2))).rejects.toMatchObject({ code: 'animation_too_long', params: { frames: 401, limit: 400 } })
  })
  test('a file that is empty, cut short or holds another’s header is refused', async () => {
    const whole = await sharp(Buffer.from(Uint8Array.from({ length: 300 * 300 * 3 }, (_, n) => (n * 2_654_435_761) >>> 24)), { raw: { width: 300, height: 300, channels: 3 } }).jpeg().toBuffer()
    const png = await sharp(whole).png().toBuffer()
    for (const bytes of [new Uint8Array(), whole.subarray(0, whole.length / 2), png.subarray(0, png.length / 2), Buffer.concat([whole.subarray(0, 20), Buffer.alloc(5_000, 7)])]) {
      await expect(cleanPicture(bytes), String(bytes.length)).rejects.toMatchObject({ code: 'file_broken' })
    }
  })
})
