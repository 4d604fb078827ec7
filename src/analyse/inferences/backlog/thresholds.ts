/** A part of the queue this small beside the other does not make it stand in both places. */
export const SMALL_SHARE = 0.05;
export const SMALL_PART = 3;
/** The fullest value must be seen in so many looks to be a queue's end where its limit is not known. */
export const LOOKS_AT_FULL = 2;
/** Two counts of one queue agree within so much: snapshots lag behind events. */
export const SAME_SHARE = 0.1;
export const SAME = 2;
/** So much of the longest queue must have been seen in one look for its place to be that of the whole. */
export const PLACED_SHARE = 0.5;
/** … and so much of one inside the server, where looks are so far apart that one alone saw it: the server may accept no more by then. */
export const PLACED_IN_ONE = 0.75;
/** Snapshots further apart than this can miss the highest queue, ms. */
export const SPARSE_MS = 3000;
/** A queue this short that one look shows is a connection about to be accepted. */
export const PASSING = 2;
