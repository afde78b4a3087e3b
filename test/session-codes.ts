/** Codes that a session reports; the others are told by commands. */
export const OF_SESSIONS = /^(ad|lower|misuse|name|run|subset|syntax|type)\./
