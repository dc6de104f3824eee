export const desk = {} as const satisfies Record<`desk.${string}`, string>
