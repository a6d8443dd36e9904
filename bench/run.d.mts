export interface Target { readonly max?: number; readonly min?: number }
export function report(given: {
  readonly name: string
  readonly figures: Readonly<Record<string, unknown>>
  readonly targets?: Readonly<Record<string, Target>>
}): void
