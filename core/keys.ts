/** Redis keys of requests that are answered; see `requests.ts`. The leading `pp1` is the schema version. */
export const requestKey = (id: string): string => `pp1:{${id}}:request`;
/** The answer, as JSON of `answerEnvelope`, until it runs out. */
export const answerKey = (id: string): string => `pp1:{${id}}:answer`;
/** Where a process that asks listens for answers. */
export const answersChannel = (processId: string): string => `pp1:{${processId}}:answers`;
