/** How a process that runs a task ends. */

/** Tells the last that there is to tell, and leaves when it has gone out: closing the channel drops what still waits in it. */
export function tellLast(message: object): void {
  process.send!(message, undefined, undefined, () => {
    if (process.connected) process.disconnect()
  })
}
