/** The pseudo-language, made from English. */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'

const PLAIN = 'AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz'
const ACCENTED = 'ÅåÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž'
const accents = new Map(Array.from(PLAIN).map((letter, index) => [letter, Array.from(ACCENTED)[index] ?? letter]))

/** How much longer than English a translation may well be. */
const LONGER = 0.35

/** Returns the message with its words accented and lengthened, in brackets; its parameters stay as they are. */
export function pseudoMessage(text: string): MessageFormatElement[] {
  return [literal('['), ...lengthen(parse(text)), literal(']')]
}

function lengthen(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    switch (element.type) {
      case TYPE.literal:
        return literal(accent(element.value))
      case TYPE.tag:
        return { ...element, children: lengthen(element.children) }
      case TYPE.select:
      case TYPE.plural:
        return {
          ...element,
          options: Object.fromEntries(
            Object.entries(element.options).map(([name, option]) => [
              name,
              { ...option, value: lengthen(option.value) },
            ]),
          ),
        }
      default:
        return element
    }
  })
}

function accent(text: string): string {
  const accented = Array.from(text)
    .map((letter) => accents.get(letter) ?? letter)
    .join('')
  const letters = Array.from(text).filter((letter) => accents.has(letter)).length
  return letters < 2
    ? accented
    : `${accented.trimEnd()}${'~'.repeat(Math.ceil(letters * LONGER))}${/\s*$/.exec(accented)?.[0] ?? ''}`
}

function literal(value: string): MessageFormatElement {
  return { type: TYPE.literal, value }
}
