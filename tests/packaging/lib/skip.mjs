/** Thrown by a case that this machine cannot run; in CI that is a failure. */
export class Skip extends Error {}
