import { errorCode } from '../../error-code.ts'
import { PrivateAddressError } from '../private-addresses.ts'
import { DeliveryError } from './destination.ts'

/** Returns a delivery error in words that say what to do. */
export function describeFailure(error: unknown, where: string): DeliveryError {
  if (error instanceof DeliveryError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof PrivateAddressError) return new DeliveryError(message, { permanent: true, cause: error })
  return new DeliveryError(sentence(errorCode(error), message, where), { cause: error })
}

function sentence(code: string | undefined, message: string, where: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no ${where} to be found. See that its name is right and this server can resolve names.`
    case 'ECONNREFUSED':
      return `Nothing answers at ${where}. See that the receiver runs, and that its port is right.`
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${where} cannot be reached. See that this server may go there, and that the receiver is up.`
    case 'ECONNRESET':
    case 'EPIPE':
      return `${where} hung up in the middle. It is tried again.`
    case 'CERT_HAS_EXPIRED':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${where} is not good (${message}). Ask its people to renew it, or give Galley the one that vouches for it.`
    default:
      return `${where} could not be sent to: ${message}`
  }
}
