/** The wire desk's pages, in the order of its links. */
export const WIRE_PAGES = ['intake', 'deliveries', 'destinations'] as const
