import { raw } from 'hono/html'

// A pediment, five columns of a scorecard's five heights, and the step they stand on.
const drawing = 'M16 2 30.5 10.6H1.5z '
  + 'M3.6 17.4h3.4v8.2H3.6z M8.95 14.6h3.4v11h-3.4z M14.3 12.6h3.4v13h-3.4z M19.65 15.4h3.4v10.2h-3.4z M25 13.4h3.4v12.2H25z '
  + 'M1.5 27h29v3h-29z'

export const mark = raw(`<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
<path fill="currentColor" d="${drawing}"/></svg>`)

export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<style>path{fill:#0f5e8c}@media(prefers-color-scheme:dark){path{fill:#5fb2de}}</style>
<path d="${drawing}"/></svg>\n`
