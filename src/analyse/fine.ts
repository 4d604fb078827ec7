/** A clock with steps up to this shows which of two requests came first, and any wait that matters, ms. */
export const FINE_MS = 100;
/** A wait shorter than this is a scheduling hiccup, ms. */
export const MIN_WAIT_MS = 100;
/** In the first moments JMeter's own start-up delays requests: there a wait must be longer than the whole of it, ms. */
export const WARM_UP_MS = 500;
