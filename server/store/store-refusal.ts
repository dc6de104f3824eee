/** The newsroom's data cannot be used. The message says why, and what to do. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal'
}
