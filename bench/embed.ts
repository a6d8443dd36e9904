// The comments of other sites: how much a page loads for them, as it is served to a browser that takes Brotli.
import { request } from 'node:http'
import { openStoa } from './open.ts'
import { report } from './run.mjs'

const stoa = await openStoa('story')
const sites = 'https://blog.fournos.example'
const served = async (path: string): Promise<number> => {
  // What fetch unpacks it does not count: the length on the wire is asked of the answer itself.
  return await new Promise((done, fail) => {
    const asked = request(new URL(path, stoa.origin), { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0
      if (response.statusCode !== 200) fail(new Error(`${path} answered ${response.statusCode}`))
      response.on('data', (chunk: Buffer) => { bytes += chunk.length }).on('end', () => { done(bytes) })
    })
    asked.on('error', fail).end()
  })
}
try {
  const made = await fetch(`${stoa.origin}/api/v1/accounts`, { method: 'POST', headers: { cookie: stoa.cookie, 'content-type': 'application/json' }, body: JSON.stringify({ channel: 'comments', settings: { sites } }) })
  if (made.status !== 201) throw new Error(await made.text())
  const [script, frameScript, frame] = [await served('/comments/embed.js'), await served('/comments/frame.js'), await served(`/comments/frame?page=${encodeURIComponent(`${sites}/psomi`)}&title=x`)]
  report({
    name: 'embed',
    figures: { 'script on the page, bytes': script, 'window with form and style, bytes': frame, 'script in the window, bytes': frameScript, 'all of it, bytes': script + frame + frameScript },
    targets: { 'script on the page, bytes': { max: 15_000 }, 'all of it, bytes': { max: 15_000 } },
  })
} finally { await stoa.close() }
