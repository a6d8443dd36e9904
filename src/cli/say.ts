/** A line for the person at the terminal. */
export const say = (text: string): void => { process.stdout.write(`${text}\n`) }
export const sayWrong = (text: string): void => { process.stderr.write(`${text}\n`) }
