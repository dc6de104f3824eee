import { message, type Message } from '#shared/messages/message.ts'
import { errorCode } from '../../error-code.ts'
import { PrivateAddressError } from '../private-addresses.ts'
import { DeliveryError } from './destination.ts'

/** Returns a delivery error that says what to do. */
export function describeFailure(error: unknown, where: string): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof PrivateAddressError) return new DeliveryError(error.said, { permanent: true, cause: error })
  const reason = error instanceof Error ? error.message : String(error)
  return new DeliveryError(failureOf(errorCode(error), reason, where), { cause: error })
}

function failureOf(code: string | undefined, reason: string, where: string): Message {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return message('server.delivery.not-found', { where })
    case 'ECONNREFUSED':
      return message('server.delivery.refused-connection', { where })
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return message('server.delivery.unreachable', { where })
    case 'ECONNRESET':
    case 'EPIPE':
      return message('server.delivery.hung-up', { where })
    case 'CERT_HAS_EXPIRED':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return message('server.delivery.certificate', { where, reason })
    default:
      return message('server.delivery.failed', { where, reason })
  }
}
