// What both programs share: they tell the test one JSON line per noteworthy thing, and leave when they are asked to.

export const { SANDBOX } = process.env

export function tell(event, more = {}) {
  process.stdout.write(`${JSON.stringify({ event, ...more })}\n`)
}

export function leaveOnTerm(close) {
  process.once("SIGTERM", async () => {
    await close()
    process.exit(0)
  })
}
