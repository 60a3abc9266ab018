/**
 * Asks one question at a time: while an answer is awaited, only the last of the new questions is kept. An answer is
 * shown only if nothing newer was asked meanwhile.
 */
export function newest<Q, A>(
  ask: (question: Q) => Promise<A>,
  show: (answer: A, question: Q) => void,
  tell: (error: unknown) => void,
): (question: Q) => void {
  let waiting: { question: Q } | undefined;
  let busy = false;
  async function work(): Promise<void> {
    busy = true;
    while (waiting) {
      const { question } = waiting;
      waiting = undefined;
      try {
        const answer = await ask(question);
        if (!waiting) show(answer, question);
      } catch (error) {
        if (!waiting) tell(error);
      }
    }
    busy = false;
  }
  return (question) => {
    waiting = { question };
    if (!busy) void work();
  };
}
