import type { Notice } from '../bridge.ts'

/** The part of Electron's Notification that is used. */
export interface SystemNotification {
  on(event: 'click' | 'close', listener: () => void): unknown
  show(): void
}

/**
 * Shows notices as the system's notifications; choosing one opens its story.
 * @param create makes a notification; null where the system has none
 */
export function createNotifier(
  create: ((content: { title: string; body: string }) => SystemNotification) | null,
  openStory: (storyId: string) => void,
): (notice: Notice) => void {
  // Held while they are shown: a collected notification no longer hears its click.
  const shown = new Set<SystemNotification>()
  return ({ title, body, storyId }) => {
    const notification = create?.({ title, body })
    if (notification === undefined) return
    shown.add(notification)
    notification.on('click', () => openStory(storyId))
    notification.on('close', () => shown.delete(notification))
    notification.show()
  }
}
