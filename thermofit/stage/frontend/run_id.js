// The name of a run, "<session>-<number>": the server counts up, so of two runs of a session the later has the higher number.

const parts = (run) => {
  const dash = run.lastIndexOf("-");
  return { session: run.slice(0, dash), number: Number(run.slice(dash + 1)) };
};

/** Whether a session that knows nothing of `before` answers for the run: the server was started anew, or has forgotten us. */
export const isOtherSession = (run, before) => parts(run).session !== parts(before).session;

/** Whether the run was replaced by `shown`: an answer about it has been overtaken. */
export const isOvertaken = (run, shown) => !isOtherSession(run, shown) && parts(run).number < parts(shown).number;
