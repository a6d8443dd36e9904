/** Lets at most so many run at once; the others wait in line. */
export function limited(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const line: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((next) => { line.push(next) })
    else running++
    try { return await work() } finally { const next = line.shift(); if (next) next(); else running-- }
  }
}
