export const ui = {} as const satisfies Record<`ui.${string}`, string>
