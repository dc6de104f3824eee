/**
 * The parameters of an ICU message, read from its text by the compiler: `{slug}` is a string, `{count, plural, …}` and
 * `{count, number}` are numbers, `{at, date}` and `{at, time}` are dates, `{kind, select, …}` is a string, and each
 * `<tag>…</tag>` is a function. Braces that ICU quotes are not understood; a test keeps them out of the catalogue.
 */

type Space = ' ' | '\n'
type Trim<Text extends string> = Text extends `${Space}${infer Rest}`
  ? Trim<Rest>
  : Text extends `${infer Rest}${Space}`
    ? Trim<Rest>
    : Text

/** The first brace, what stands before it, and what follows; null when there is none. */
type FirstBrace<Text extends string> = Text extends `${infer Before}{${infer After}`
  ? Before extends `${infer Nearer}}${infer Between}`
    ? ['}', Nearer, `${Between}{${After}`]
    : ['{', Before, After]
  : Text extends `${infer Before}}${infer After}`
    ? ['}', Before, After]
    : null

type ValueOf<Kind extends string> = Kind extends 'plural' | 'selectordinal' | 'number'
  ? number
  : Kind extends 'date' | 'time'
    ? Date
    : string

/** `name` or `name, kind` or `name, kind, …`, as the parameter that it declares. */
type Declared<Head extends string> = Head extends `${infer Name},${infer Rest}`
  ? Record<Trim<Name>, ValueOf<Rest extends `${infer Kind},${string}` ? Trim<Kind> : Trim<Rest>>>
  : Record<Trim<Head>, string>

/** `Inside` says, innermost first, whether the walk is in a message or among the options of a plural or select. */
type WalkArguments<Text extends string, Inside extends readonly ('message' | 'options')[], Params> =
  FirstBrace<Text> extends [infer Brace, string, infer After extends string]
    ? Brace extends '}'
      ? Inside extends readonly [unknown, ...infer Outer extends readonly ('message' | 'options')[]]
        ? WalkArguments<After, Outer, Params>
        : Params
      : Inside[0] extends 'options'
        ? WalkArguments<After, ['message', ...Inside], Params>
        : FirstBrace<After> extends [infer Next, infer Head extends string, infer Rest extends string]
          ? Next extends '}'
            ? WalkArguments<Rest, Inside, Params & Declared<Head>>
            : WalkArguments<Rest, ['message', 'options', ...Inside], Params & Declared<Head>>
          : Params
    : Params

type TagNames<Text extends string> = Text extends `${string}</${infer Name}>${infer Rest}`
  ? Name | TagNames<Rest>
  : never

type Flat<Type> = { [Key in keyof Type]: Type[Key] }

/** The values that a message's text asks for. */
export type ArgumentsOf<Text extends string> = Flat<WalkArguments<Text, ['message'], unknown>>

/** The names of the tags in a message's text. */
export type TagsOf<Text extends string> = TagNames<Text>
