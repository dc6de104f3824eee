export const desktop = {} as const satisfies Record<`desktop.${string}`, string>
