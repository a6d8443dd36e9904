/** A value as JSON carries it: instants become text. Lets a screen take the types of its server. */
export type Wire<T> = T extends Date ? string
  : T extends readonly (infer One)[] ? readonly Wire<One>[]
    : T extends object ? { readonly [K in keyof T]: Wire<T[K]> }
      : T
