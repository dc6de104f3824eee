/** The wire desk's pages, in the order of its links. */
export const WIRE_PAGES = [
  { name: 'intake', label: 'Intake' },
  { name: 'deliveries', label: 'Deliveries' },
  { name: 'destinations', label: 'Destinations' },
] as const
