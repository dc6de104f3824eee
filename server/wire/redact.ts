/** Hides how the wire is set up, such as addresses and what receivers answer, from those who do not run it. */
import type { Delivery, IntakeSource, LiveEvent, Publication } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { mayRunWire } from '#shared/story/workflow.ts'

/** Returns a delivery without its address and errors. Why it was skipped is about the story, and stays. */
export function deliveryFor<Shown extends Delivery>(person: Pick<Person, 'role'>, delivery: Shown): Shown {
  return mayRunWire(person.role) ? delivery : withoutDetails(delivery)
}

function withoutDetails<Shown extends Delivery>(delivery: Shown): Shown {
  return { ...delivery, response: null, detail: delivery.status === 'skipped' ? delivery.detail : null }
}

export function publicationFor(person: Pick<Person, 'role'>, publication: Publication): Publication {
  return mayRunWire(person.role) ? publication : withoutDeliveryDetails(publication)
}

function withoutDeliveryDetails(publication: Publication): Publication {
  return { ...publication, deliveries: publication.deliveries.map(withoutDetails) }
}

export function sourceFor(person: Pick<Person, 'role'>, source: IntakeSource): IntakeSource {
  return mayRunWire(person.role) ? source : withoutSettings(source)
}

function withoutSettings(source: IntakeSource): IntakeSource {
  return { ...source, settings: {}, fault: null }
}

/** Returns the live event for those who do not run the wire; the same event if it hides nothing. */
export function redactEvent(event: LiveEvent): LiveEvent {
  switch (event.type) {
    case 'delivery':
      return { ...event, delivery: withoutDetails(event.delivery) }
    case 'publication':
      return { ...event, publication: withoutDeliveryDetails(event.publication) }
    case 'intake-source':
      return { ...event, source: withoutSettings(event.source) }
    default:
      return event
  }
}
