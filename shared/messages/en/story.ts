export const story = {} as const satisfies Record<`story.${string}`, string>
