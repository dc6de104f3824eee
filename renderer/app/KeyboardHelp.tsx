import { Dialog } from '../ui/Dialog.tsx'
import type { DialogProps } from '../window/dialogs.tsx'
import { Keys } from '../ui/Keys.tsx'
import { COMMAND_GROUPS, useAllCommands } from '../commands/commands.ts'
import styles from './KeyboardHelp.module.css'

/** Lists the shortcuts of all registered commands. */
export function KeyboardHelp({ onClose }: DialogProps<void>) {
  const commands = useAllCommands().filter((command) => command.shortcuts?.[0] !== undefined)
  return (
    <Dialog
      open
      wide
      title="Keyboard shortcuts"
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
                <h3 className={styles.heading}>{group}</h3>
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
          <h3 className={styles.heading}>In the queue</h3>
          <dl className={styles.list}>
            <div className={styles.row}>
              <dt>Walk the stories</dt>
              <dd>
                <Keys shortcut="ArrowUp" /> <Keys shortcut="ArrowDown" />
              </dd>
            </div>
            <div className={styles.row}>
              <dt>Open</dt>
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
