/** Runs in the page's process, sandboxed, before the page: exposes the bridge and nothing else. */
import { contextBridge, ipcRenderer } from 'electron'
import { createBridge } from './create-bridge.ts'

contextBridge.exposeInMainWorld('galley', createBridge(ipcRenderer, process.argv))
