import { useMessages } from '../messages/use-messages.ts'
import { Dialog } from '../ui/Dialog.tsx'
import type { DialogProps } from '../window/dialogs.tsx'
import { Keys } from '../ui/Keys.tsx'
import { COMMAND_GROUPS, useAllCommands } from '../commands/commands.ts'
import styles from './KeyboardHelp.module.css'

/** Lists the shortcuts of all registered commands. */
export function KeyboardHelp({ onClose }: DialogProps<void>) {
  const { t } = useMessages()
  const commands = useAllCommands().filter((command) => command.shortcuts?.[0] !== undefined)
  return (
    <Dialog
      open
      wide
      title={t('app.keyboard-shortcuts')}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <div className={styles.groups}>
        {COMMAND_GROUPS.map((group) => {
          const own = commands.filter((command) => command.group === group)
          return (
            own.length > 0 && (
              <section key={group} className={styles.group}>
                <h3 className={styles.heading}>{t(`app.group.${group}`)}</h3>
                <dl className={styles.list}>
                  {own.map((command) => (
                    <div key={command.id} className={styles.row}>
                      <dt>{command.label}</dt>
                      <dd>
                        <Keys shortcut={command.shortcuts?.[0] ?? ''} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )
          )
        })}
        <section className={styles.group}>
          <h3 className={styles.heading}>{t('app.keyboard.in-queue')}</h3>
          <dl className={styles.list}>
            <div className={styles.row}>
              <dt>{t('app.keyboard.move')}</dt>
              <dd className={styles.several}>
                <Keys shortcut="ArrowUp" />
                <Keys shortcut="ArrowDown" />
              </dd>
            </div>
            <div className={styles.row}>
              <dt>{t('app.keyboard.open')}</dt>
              <dd>
                <Keys shortcut="Enter" />
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </Dialog>
  )
}
