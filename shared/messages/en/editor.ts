export const editor = {} as const satisfies Record<`editor.${string}`, string>
