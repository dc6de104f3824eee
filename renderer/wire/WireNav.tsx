import { useStore } from 'zustand'
import { mayRunWire } from '#shared/story/workflow.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { useMessages } from '../messages/use-messages.ts'
import { InboxIcon, ServerIcon, WarningIcon, WireIcon } from '../ui/icons.tsx'
import { routeLink, useRoute } from '../window/routes.ts'
import { WIRE_PAGES } from './wire-pages.ts'
import styles from './WireNav.module.css'

const ICONS = { intake: InboxIcon, deliveries: WireIcon, destinations: ServerIcon }

/** The links to the wire desk's pages, each with a count of what waits there. */
export function WireNav() {
  const { t, format } = useMessages()
  const { person, wireDesk } = useNewsroom()
  const { deliveries, intake } = useStore(wireDesk.state)
  const { page } = useRoute()
  if (!mayRunWire(person.role)) return null
  const waiting = {
    intake: {
      count: intake === null ? 0 : intake.new + intake.quarantined,
      trouble:
        intake === null || intake.quarantined === 0 ? null : t('wire.nav.quarantined', { count: intake.quarantined }),
    },
    deliveries: {
      count: deliveries === null ? 0 : deliveries.queued + deliveries.failed + deliveries.dead,
      trouble: deliveries === null || deliveries.dead === 0 ? null : t('wire.nav.failed', { count: deliveries.dead }),
    },
    destinations: { count: 0, trouble: null },
  }
  return (
    <nav className={styles.nav} aria-label={t('wire.nav')}>
      <ul>
        {WIRE_PAGES.map((name) => {
          const Icon = ICONS[name]
          const { count, trouble } = waiting[name]
          return (
            <li key={name}>
              <a className={styles.link} href={routeLink(name)} aria-current={name === page ? 'page' : undefined}>
                <Icon size={14} />
                <span className={styles.label}>{t(`app.wire-page.${name}`)}</span>
                {trouble !== null && (
                  <span className={styles.trouble}>
                    <WarningIcon size={12} /> {trouble}
                  </span>
                )}
                {count > 0 && <span className={styles.count}>{format.number(count)}</span>}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
