/**
 * A file that is dropped where nothing takes it would be opened by the browser in the app's place. What takes files
 * says so itself, by preventing what the browser would do; this listens last.
 */
export function refuseStrayDrops(target: Pick<Window, 'addEventListener'>): void {
  target.addEventListener('dragover', (event) => {
    if (event.defaultPrevented || !hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none'
  })
  target.addEventListener('drop', (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true
