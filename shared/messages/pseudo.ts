/** The pseudo-language, made from English. */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'

const PLAIN = 'AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz'
const ACCENTED = 'ÅåÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž'
const accents = new Map(Array.from(PLAIN, (letter, index) => [letter, ACCENTED.charAt(index)]))

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
  const letters = Array.from(text)
  const accented = letters.map((letter) => accents.get(letter) ?? letter).join('')
  const count = letters.filter((letter) => accents.has(letter)).length
  if (count < 2) return accented
  const end = accented.trimEnd()
  return end + '~'.repeat(Math.ceil(count * LONGER)) + accented.slice(end.length)
}

function literal(value: string): MessageFormatElement {
  return { type: TYPE.literal, value }
}
